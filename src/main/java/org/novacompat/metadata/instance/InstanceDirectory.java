// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * Finds instances: in the cache, else in the store, once however many ask at the same time. An
 * instance is kept together with a view of it that is costly to make.
 *
 * <p>Finding a cached instance takes one look into a hash table: no lock, no I/O.
 *
 * @param <V> what is kept beside an instance
 */
public final class InstanceDirectory<V> {
  /** The most that may be kept, in bytes as {@link #weight} estimates them. */
  private static final long MOST_BYTES = 192L << 20;

  /** An instance with its documents, all rendered, but for what grows with its user data. */
  private static final int TYPICAL_BYTES = 8 << 10;

  private final InstanceStore store;
  private final Function<Instance, V> viewOf;
  private final boolean keeps;
  private final ConcurrentMap<String, CompletableFuture<Entry<V>>> entries;

  /**
   * An instance that was found.
   *
   * @param instance the instance
   * @param view what is kept beside it
   * @param <V> the view's type
   */
  public record Entry<V>(Instance instance, V view) {}

  /**
   * Finds instances in a store.
   *
   * @param store where they come from
   * @param viewOf makes the view of an instance that was loaded
   * @param expiry how long a loaded instance is believed; with zero only those who ask at the same
   *     time share a load
   */
  public InstanceDirectory(InstanceStore store, Function<Instance, V> viewOf, Duration expiry) {
    this.store = store;
    this.viewOf = viewOf;
    this.keeps = !expiry.isZero();
    Caffeine<String, CompletableFuture<Entry<V>>> cache =
        Caffeine.newBuilder()
            .maximumWeight(MOST_BYTES)
            .weigher((String uuid, CompletableFuture<Entry<V>> entry) -> weight(entry));
    if (keeps) {
      cache.expireAfterWrite(expiry);
    }
    this.entries = cache.build().asMap();
  }

  /**
   * Finds an instance. An instance that is not there is asked for again at the next call.
   *
   * @param uuid the instance's UUID; any text
   * @return the instance; empty when there is none
   * @throws StoreUnavailableException when it is not cached and the store cannot be asked now
   */
  public Optional<Entry<V>> find(String uuid) throws StoreUnavailableException {
    CompletableFuture<Entry<V>> kept = entries.get(uuid);
    if (kept == null) {
      CompletableFuture<Entry<V>> loading = new CompletableFuture<>();
      kept = entries.putIfAbsent(uuid, loading);
      if (kept == null) {
        return load(uuid, loading);
      }
    }
    return Optional.ofNullable(await(kept));
  }

  /**
   * Drops an instance, because it was changed. Who asked before may still be given what it was.
   *
   * @param uuid the instance's UUID, as it was asked for
   */
  public void forget(String uuid) {
    entries.remove(uuid);
  }

  private Optional<Entry<V>> load(String uuid, CompletableFuture<Entry<V>> loading)
      throws StoreUnavailableException {
    try {
      Optional<Entry<V>> entry =
          store.load(uuid).map(instance -> new Entry<>(instance, viewOf.apply(instance)));
      if (!keeps || entry.isEmpty()) {
        entries.remove(uuid, loading);
      }
      loading.complete(entry.orElse(null));
      entries.replace(uuid, loading, loading); // weighed anew, now that it is known
      return entry;
    } catch (StoreUnavailableException | RuntimeException | Error e) {
      entries.remove(uuid, loading);
      loading.completeExceptionally(e);
      throw e;
    }
  }

  /** Decoded user data is kept in the model and in the document made of it. */
  private static <V> int weight(CompletableFuture<Entry<V>> entry) {
    Entry<V> loaded = entry.getNow(null);
    int userData =
        loaded == null ? 0 : loaded.instance().userData().map(UserData::length).orElse(0);
    return TYPICAL_BYTES + 2 * userData;
  }

  private static <T> T await(CompletableFuture<T> loading) throws StoreUnavailableException {
    try {
      return loading.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StoreUnavailableException unavailable) {
        throw unavailable;
      }
      throw e;
    }
  }
}
