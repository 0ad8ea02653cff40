// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.InstanceStore;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.tree.InstanceDocuments;

/**
 * Finds instances with their documents: in memory, else in the store, with one load for all who ask
 * for an instance at the same time.
 *
 * <p>Until its expiry a cached instance is found by one look into a hash table: no lock, no I/O. If
 * it is asked for in the last third of that time, it is loaded again in the background. Past the
 * expiry a request waits for a load; but while the store cannot be asked, or takes long, the
 * instance is served as it was, for as long as {@link CacheSettings#serveStale} says.
 *
 * <p>Loads run on threads of their own: a store that hangs holds no request for longer than {@link
 * LoadTimeouts} says.
 */
public final class InstanceCache implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InstanceCache.class.getName());

  /** After a failed load, a stale instance is served without waiting for this long. */
  private static final long FAILURE_NANOS = Duration.ofSeconds(3).toNanos();

  /** The time between a failed load and the next one in the background. */
  private static final long RETRY_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** When it is not served any more, an instance is kept for the load that renews it. */
  private static final Duration MAX_RENEWAL = Duration.ofSeconds(10);

  private static final int MAX_BACKGROUND_LOADS = 8;

  /** With so many overdue loads the store is taken to hang for all instances. */
  private static final int MAX_OVERDUE_LOADS = 32;

  /** The share of the memory that is for what instances have in common. */
  private static final int COMMON_SHARE = 16;

  private final InstanceStore store;
  private final LoadTimeouts timeouts;
  private final LongSupplier clock;
  private final long expiry;
  private final long refreshAge;
  private final long staleAge;
  private final Interner interner;

  // A load under way stands in for its instance, so that whatever removes it ends its effect.
  private final AsyncCache<String, CachedInstance> instances;
  private final LoaderThreads threads = new LoaderThreads();
  private final Semaphore background = new Semaphore(MAX_BACKGROUND_LOADS);
  private final Set<Load> overdue = ConcurrentHashMap.newKeySet();
  private final StoreHealth health;
  private final CacheStatistics statistics;
  private final RateLimitedLog limitedLog = new RateLimitedLog(LOG);

  /**
   * How long after the beginning of a load a request waits for it.
   *
   * @param withoutStale when there is no other answer: longer than a store takes that hangs, which
   *     ends by itself, so that a slow machine answers late rather than not at all
   * @param withStale when the instance can be served as it was
   */
  record LoadTimeouts(Duration withoutStale, Duration withStale) {
    static final LoadTimeouts DEFAULT =
        new LoadTimeouts(Duration.ofSeconds(5), Duration.ofMillis(250));
  }

  /**
   * Caches the instances of a store.
   *
   * @param store where they come from
   * @param settings how they are kept
   */
  public InstanceCache(InstanceStore store, CacheSettings settings) {
    this(store, settings, LoadTimeouts.DEFAULT, System::nanoTime);
  }

  InstanceCache(
      InstanceStore store, CacheSettings settings, LoadTimeouts timeouts, LongSupplier clock) {
    this.store = store;
    this.timeouts = timeouts;
    this.clock = clock;
    this.expiry = settings.expiry().toNanos();
    this.refreshAge = expiry - expiry / 3;
    this.staleAge = expiry + settings.serveStale().toNanos();
    this.interner = new Interner(settings.maxBytes() / COMMON_SHARE);
    this.health = new StoreHealth(LOG, clock);
    this.instances =
        Caffeine.newBuilder()
            .maximumWeight(settings.maxBytes() - settings.maxBytes() / COMMON_SHARE)
            .weigher((String uuid, CachedInstance cached) -> InstanceWeight.of(cached.instance()))
            .expireAfterWrite(Duration.ofNanos(staleAge).plus(MAX_RENEWAL))
            .ticker(clock::getAsLong)
            .executor(Runnable::run) // what little there is to do is not worth a thread's waking
            .evictionListener((uuid, cached, cause) -> countEviction(cause))
            .buildAsync();
    this.statistics =
        new CacheStatistics(
            instances.synchronous(), interner, settings.maxBytes(), health::failingSince);
  }

  /**
   * Finds an instance. An instance that does not exist is asked for again by the next call.
   *
   * @param uuid the instance's UUID; any text, whose case does not matter
   * @return the instance; empty when there is none
   * @throws StoreUnavailableException when it is not cached and the store cannot be asked now
   */
  public Optional<InstanceDocuments> find(String uuid) throws StoreUnavailableException {
    String key = uuid.toLowerCase(Locale.ROOT);
    CompletableFuture<CachedInstance> future = instances.getIfPresent(key);
    CachedInstance cached = future == null ? null : future.getNow(null);
    if (cached == null) {
      statistics.misses.increment();
      return await(load(key), timeouts.withoutStale);
    }
    long now = clock.getAsLong();
    long age = cached.age(now);
    if (age < expiry) {
      statistics.hits.increment();
      if (age >= refreshAge) {
        renewInBackground(key, future, cached, now);
      }
      return Optional.of(cached.documents());
    }
    statistics.misses.increment();
    return age < staleAge
        ? renewed(key, future, cached, now)
        : await(renewal(key, future, cached), timeouts.withoutStale);
  }

  /**
   * Drops an instance that was changed. A request that came before may still be answered with what
   * it was; one that comes from now on is not.
   *
   * @param uuid the instance's UUID, whose case does not matter
   */
  public void forget(String uuid) {
    instances.synchronous().invalidate(uuid.toLowerCase(Locale.ROOT));
  }

  /** Gives the figures since the cache was created. */
  public InstanceCacheMXBean statistics() {
    return statistics;
  }

  /** Gives up loads under way; requests that wait for them are told that the store is away. */
  @Override
  public void close() {
    threads.close();
  }

  /** The load under way of an instance that is not cached, begun now if there is none. */
  private Load load(String key) {
    while (true) {
      Load mine = Load.first(key);
      CompletableFuture<CachedInstance> future = instances.get(key, (any, executor) -> mine);
      if (future == mine) {
        begin(mine);
        return mine;
      }
      if (!(future instanceof Load other)) {
        return Load.ended(key, future.getNow(null));
      }
      if (!other.isLost()) {
        return other;
      }
      instances.asMap().remove(key, other);
    }
  }

  /** The load under way that renews a cached instance, or the one that has, or one begun now. */
  private Load renewal(
      String key, CompletableFuture<CachedInstance> future, CachedInstance cached) {
    Load mine = Load.again(key, future, cached);
    Load chosen = cached.renewal(mine);
    if (chosen == mine) {
      begin(mine);
    }
    return chosen;
  }

  /** Past the expiry: what the store says, or what was when it says nothing. */
  private Optional<InstanceDocuments> renewed(
      String key, CompletableFuture<CachedInstance> future, CachedInstance cached, long now)
      throws StoreUnavailableException {
    if (cached.failedWithin(FAILURE_NANOS, now) || overdue.size() >= MAX_OVERDUE_LOADS) {
      renewInBackground(key, future, cached, now);
      return stale(cached);
    }
    try {
      return await(renewal(key, future, cached), timeouts.withStale);
    } catch (StoreUnavailableException e) {
      cached.failed(now);
      return stale(cached);
    }
  }

  private Optional<InstanceDocuments> stale(CachedInstance cached) {
    statistics.staleAnswers.increment();
    health.servedStale();
    return Optional.of(cached.documents());
  }

  private void renewInBackground(
      String key, CompletableFuture<CachedInstance> future, CachedInstance cached, long now) {
    if (cached.failedWithin(RETRY_PAUSE_NANOS, now)
        || cached.isBeingRenewed()
        || !background.tryAcquire()) {
      return;
    }
    Load mine = Load.inBackground(key, future, cached);
    if (cached.renewal(mine) == mine) {
      statistics.refreshes.increment();
      begin(mine);
    } else {
      background.release();
    }
  }

  private Optional<InstanceDocuments> await(Load load, Duration timeout)
      throws StoreUnavailableException {
    try {
      return load.await(timeout).map(CachedInstance::documents);
    } catch (Load.OverdueException e) {
      if (overdue.add(load)) {
        health.failed(e.getMessage());
      }
      if (load.hasEnded()) {
        overdue.remove(load);
      }
      throw new StoreUnavailableException(e.getMessage(), e);
    }
  }

  private void begin(Load load) {
    if (load.seen().isEmpty()) {
      statistics.firstLoads.incrementAndGet();
    }
    try {
      threads.execute(() -> run(load));
    } catch (RejectedExecutionException e) {
      failed(load, new StoreUnavailableException("no thread is left to ask with", e));
    }
  }

  private void run(Load load) {
    statistics.loads.increment();
    try {
      Optional<CachedInstance> found =
          store.load(load.key(), load::fail).map(instance -> cached(load, instance));
      health.answered();
      replace(load, found);
      end(load);
      load.succeed(found);
    } catch (StoreUnavailableException e) {
      failed(load, e);
    } catch (RuntimeException | Error e) {
      broke(load, e);
    }
  }

  /**
   * An instance that is still the same keeps its place in memory. One that is not kept shares
   * nothing with others.
   */
  private CachedInstance cached(Load load, Instance loaded) {
    int weight = InstanceWeight.of(loaded);
    InstanceDocuments documents =
        expiry == 0
            ? new InstanceDocuments(loaded, UnaryOperator.identity(), weight)
            : new InstanceDocuments(shared(load, loaded), interner::intern, weight);
    return new CachedInstance(documents, clock.getAsLong(), FAILURE_NANOS);
  }

  private Instance shared(Load load, Instance loaded) {
    return load.seen()
        .map(CachedInstance::instance)
        .filter(loaded::equals)
        .orElseGet(() -> interner.intern(load.key(), loaded));
  }

  /** Without effect where what the load was to replace has been dropped since. */
  private void replace(Load load, Optional<CachedInstance> found) {
    if (found.isPresent() && expiry > 0) {
      instances
          .asMap()
          .replace(load.key(), load.replaced(), CompletableFuture.completedFuture(found.get()));
    } else {
      instances.asMap().remove(load.key(), load.replaced());
    }
  }

  private void failed(Load load, StoreUnavailableException why) {
    load.seen().ifPresent(cached -> cached.failed(clock.getAsLong()));
    health.failed(why.getMessage());
    fail(load, why);
  }

  /** Past the expiry a broken instance is not served as it was: the request sees it fail. */
  private void broke(Load load, Throwable why) {
    long now = clock.getAsLong();
    load.seen().filter(cached -> cached.age(now) < expiry).ifPresent(cached -> cached.failed(now));
    if (load.isInBackground()) {
      limitedLog.log(Level.ERROR, () -> "cannot load instance " + load.key() + ": " + why);
    }
    fail(load, why);
  }

  private void fail(Load load, Throwable why) {
    statistics.loadFailures.increment();
    load.seen()
        .ifPresentOrElse(
            cached -> cached.endRenewal(load), () -> instances.asMap().remove(load.key(), load));
    end(load);
    load.fail(why);
  }

  private void end(Load load) {
    load.end();
    overdue.remove(load);
    if (load.seen().isEmpty()) {
      statistics.firstLoads.decrementAndGet();
    }
    if (load.isInBackground()) {
      background.release();
    }
  }

  private void countEviction(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      statistics.evictions.increment();
    }
  }
}
