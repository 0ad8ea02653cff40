// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceClient;
import org.novacompat.metadata.tree.SecurityGroups;

/**
 * The security groups of instances, asked of Neutron when a guest asks for them, and then believed
 * for as long as the rest of what is known of an instance.
 */
final class NeutronSecurityGroups implements SecurityGroups {
  private static final long MOST_INSTANCES = 200_000;

  private final ServiceClient<NeutronApi> neutron;
  private final Gathering gathering;
  private final boolean keeps;
  private final ConcurrentMap<String, CompletableFuture<List<String>>> answers;

  /**
   * Knows nothing yet.
   *
   * @param neutron who is asked
   * @param expiry how long an answer is believed; with zero only those who ask at the same time
   *     share one
   */
  NeutronSecurityGroups(ServiceClient<NeutronApi> neutron, Duration expiry) {
    this.neutron = neutron;
    this.gathering = new Gathering(new GroupNames(neutron)::of, neutron.workers());
    this.keeps = !expiry.isZero();
    Caffeine<Object, Object> cache = Caffeine.newBuilder().maximumSize(MOST_INSTANCES);
    if (keeps) {
      cache.expireAfterWrite(expiry);
    }
    this.answers = cache.<String, CompletableFuture<List<String>>>build().asMap();
  }

  @Override
  public List<String> namesOf(Instance instance) throws StoreUnavailableException {
    String uuid = instance.uuid();
    CompletableFuture<List<String>> kept = answers.get(uuid);
    if (kept == null) {
      if (neutron.isPausing()) {
        throw new StoreUnavailableException("Neutron is left alone after failures", null);
      }
      Asked asked = new Asked(uuid);
      kept = answers.putIfAbsent(uuid, asked.answer);
      if (kept == null) {
        kept = asked.answer;
        gathering.add(uuid, asked);
      }
    }
    return neutron.await(kept);
  }

  /** An instance that is asked for; what is not to be kept is gone before anyone sees it. */
  private final class Asked implements Gathering.Asker {
    private final String uuid;
    private final CompletableFuture<List<String>> answer = new CompletableFuture<>();

    Asked(String uuid) {
      this.uuid = uuid;
    }

    @Override
    public void told(List<String> names) {
      if (!keeps) {
        answers.remove(uuid, answer);
      }
      answer.complete(names);
    }

    @Override
    public void failed(Throwable why) {
      answers.remove(uuid, answer);
      answer.completeExceptionally(why);
    }
  }
}
