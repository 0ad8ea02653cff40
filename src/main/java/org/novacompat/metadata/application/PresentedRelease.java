// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.novacompat.metadata.config.ApiRelease;

/** The release whose API is presented, once it is known, and who is to learn of it. */
final class PresentedRelease {
  private final List<Consumer<ApiRelease>> listeners = new ArrayList<>();
  private volatile Optional<ApiRelease> release = Optional.empty();

  /** The release; empty until it is known. */
  Optional<ApiRelease> known() {
    return release;
  }

  /** Has someone learn of the release, now if it is known, and of every other one later. */
  synchronized void subscribe(Consumer<ApiRelease> listener) {
    listeners.add(listener);
    release.ifPresent(listener);
  }

  /** Presents a release from now on. */
  synchronized void present(ApiRelease another) {
    release = Optional.of(another);
    listeners.forEach(listener -> listener.accept(another));
  }
}
