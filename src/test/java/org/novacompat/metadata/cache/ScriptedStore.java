// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.InstanceStore;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * A store that answers, fails or hangs as a test wants it to. Instances that it gives have the
 * number of their load as their display name.
 */
final class ScriptedStore implements InstanceStore {
  /** What the store does when it is asked. */
  enum Mood {
    ANSWERS,
    KNOWS_NOTHING,
    IS_AWAY,
    IS_BROKEN,
    HANGS
  }

  private final AtomicInteger asked = new AtomicInteger();
  private final Semaphore resumed = new Semaphore(0);
  private volatile Mood mood = Mood.ANSWERS;
  private volatile String userData = "";

  void is(Mood now) {
    mood = now;
  }

  /** Gives every instance user data. */
  void gives(String text) {
    userData = text;
  }

  /** Lets some of those who hang get the answer of their time. */
  void resume(int howMany) {
    resumed.release(howMany);
  }

  int asked() {
    return asked.get();
  }

  @Override
  public Optional<Instance> load(String uuid) throws StoreUnavailableException {
    String number = String.valueOf(asked.incrementAndGet());
    Mood then = mood;
    if (then == Mood.HANGS) {
      hang();
    }
    return switch (then) {
      case KNOWS_NOTHING -> Optional.empty();
      case IS_AWAY -> throw new StoreUnavailableException("away", new IllegalStateException());
      case IS_BROKEN -> throw new IllegalArgumentException("broken");
      case ANSWERS, HANGS ->
          Optional.of(
              Instances.typical()
                  .uuid(uuid)
                  .displayName(number)
                  .userData(userData.getBytes())
                  .build());
    };
  }

  private void hang() throws StoreUnavailableException {
    try {
      resumed.acquire();
    } catch (InterruptedException e) {
      throw new StoreUnavailableException("interrupted", e);
    }
  }
}
