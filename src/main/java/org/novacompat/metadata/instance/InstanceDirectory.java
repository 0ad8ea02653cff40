// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.novacompat.metadata.log.RateLimitedLog;

/**
 * Finds instances: in memory, else in the store, once however many ask at the same time. An
 * instance is kept together with a view of it that is costly to make.
 *
 * <p>Until its expiry a kept instance is found by one look into a hash table: no lock, no I/O. If
 * it is asked for in the last third of that time, it is loaded anew in the background, so that
 * nobody waits. Past the expiry whoever asks waits for a load; but when the store cannot be asked,
 * or takes its time, the instance is shown as it was, for as long as {@link
 * CacheSettings#serveStale} says, and loaded in the background as soon as that works again.
 *
 * <p>Loads run on threads of their own: nobody who asks is held by a store that hangs.
 *
 * @param <V> what is kept beside an instance
 */
public final class InstanceDirectory<V> implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InstanceDirectory.class.getName());

  /** For how long after a failure nobody waits for a load who can be shown what was. */
  private static final long FAILURE_LASTS_NANOS = Duration.ofSeconds(3).toNanos();

  /** How long after a failure an instance is loaded again in the background. */
  private static final long RETRY_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

  /** What the tables take for an instance, beside its key. */
  private static final int BYTES_IN_TABLES = 160;

  /** How much a view may grow before the cache is told. */
  private static final int BYTES_TO_GROW = 256;

  private final InstanceStore store;
  private final Function<Instance, V> viewOf;
  private final ToIntFunction<V> bytesOf;
  private final Patience patience;
  private final LongSupplier clock;
  private final long expiry;
  private final long refreshAge;
  private final long staleAge;
  private final Cache<String, Entry<V>> entries;
  private final Loads<Entry<V>> loads = new Loads<>(new Keeping());
  private final Counters counters = new Counters();
  private final StoreHealth health;
  private final RateLimitedLog limitedLog = new RateLimitedLog(LOG);

  /**
   * How long after a load began one waits for it.
   *
   * @param withNothing whoever has no other answer: longer than a store takes that hangs, which
   *     ends by itself, so that a machine that is merely slow answers late rather than not at all
   * @param withStale whoever can be shown what was
   */
  record Patience(Duration withNothing, Duration withStale) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(5), Duration.ofMillis(250));
  }

  /**
   * An instance that was found.
   *
   * @param <V> the view's type
   */
  public static final class Entry<V> {
    private final Instance instance;
    private final V view;
    private final int instanceBytes;
    private final long loadedAt;
    private volatile int viewBytes;
    private volatile long failedAt;

    private Entry(Instance instance, V view, int instanceBytes, int viewBytes, long loadedAt) {
      this.instance = instance;
      this.view = view;
      this.instanceBytes = instanceBytes;
      this.viewBytes = viewBytes;
      this.loadedAt = loadedAt;
      this.failedAt = loadedAt - FAILURE_LASTS_NANOS;
    }

    /**
     * Gives the instance.
     *
     * @return the instance as it was loaded
     */
    public Instance instance() {
      return instance;
    }

    /**
     * Gives what is kept beside it.
     *
     * @return its view
     */
    public V view() {
      return view;
    }

    private boolean failedWithin(long nanos, long now) {
      return now - failedAt < nanos;
    }
  }

  /**
   * Finds instances in a store.
   *
   * @param store where they come from
   * @param viewOf makes the view of an instance that was loaded
   * @param bytesOf tells how much memory a view takes beside its instance; it may grow
   * @param settings how they are kept
   */
  public InstanceDirectory(
      InstanceStore store,
      Function<Instance, V> viewOf,
      ToIntFunction<V> bytesOf,
      CacheSettings settings) {
    this(store, viewOf, bytesOf, settings, Patience.USUAL, System::nanoTime);
  }

  InstanceDirectory(
      InstanceStore store,
      Function<Instance, V> viewOf,
      ToIntFunction<V> bytesOf,
      CacheSettings settings,
      Patience patience,
      LongSupplier clock) {
    this.store = store;
    this.viewOf = viewOf;
    this.bytesOf = bytesOf;
    this.patience = patience;
    this.clock = clock;
    this.expiry = settings.expiry().toNanos();
    this.refreshAge = expiry - expiry / 3;
    this.staleAge = expiry + settings.serveStale().toNanos();
    this.health = new StoreHealth(LOG, clock);
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(settings.mostBytes())
            .weigher((String uuid, Entry<V> entry) -> weight(uuid, entry))
            .expireAfterWrite(Duration.ofNanos(staleAge))
            .ticker(clock::getAsLong)
            .executor(Runnable::run) // what little there is to do is not worth a thread's waking
            .evictionListener((uuid, entry, cause) -> countEviction(cause))
            .build();
  }

  /**
   * Finds an instance. An instance that is not there is asked for again at the next call.
   *
   * @param uuid the instance's UUID; any text, whose case does not matter
   * @return the instance; empty when there is none
   * @throws StoreUnavailableException when it is not kept and the store cannot be asked now
   */
  public Optional<Entry<V>> find(String uuid) throws StoreUnavailableException {
    return found(uuid.toLowerCase(Locale.ROOT));
  }

  private Optional<Entry<V>> found(String uuid) throws StoreUnavailableException {
    Entry<V> kept = entries.getIfPresent(uuid);
    if (kept == null) {
      counters.misses.increment();
      return awaited(uuid, Optional.empty());
    }
    long now = clock.getAsLong();
    long age = now - kept.loadedAt;
    if (age < expiry) {
      counters.hits.increment();
      if (age >= refreshAge) {
        renewInBackground(uuid, kept, now);
      }
      weighAnew(uuid, kept);
      return Optional.of(kept);
    }
    counters.misses.increment();
    return age < staleAge ? renewed(uuid, kept, now) : awaited(uuid, Optional.of(kept));
  }

  /**
   * Drops an instance, because it was changed. Who asked before may still be given what it was;
   * whoever asks from now on will not.
   *
   * @param uuid the instance's UUID, whose case does not matter
   */
  public void forget(String uuid) {
    loads.forget(uuid.toLowerCase(Locale.ROOT));
  }

  /**
   * Counts.
   *
   * @return what became of the questions so far
   */
  public CacheCounts counts() {
    Policy.Eviction<String, Entry<V>> size = entries.policy().eviction().orElseThrow();
    return new CacheCounts(
        counters.hits.sum(),
        counters.misses.sum(),
        counters.staleAnswers.sum(),
        counters.loads.sum(),
        counters.loadFailures.sum(),
        counters.refreshes.sum(),
        counters.evictions.sum(),
        entries.estimatedSize(),
        size.weightedSize().orElseThrow(),
        size.getMaximum(),
        health.failingSince());
  }

  /** Gives up what is being loaded; whoever waits for it is told that the store is away. */
  @Override
  public void close() {
    loads.close();
  }

  private Optional<Entry<V>> awaited(String uuid, Optional<Entry<V>> seen)
      throws StoreUnavailableException {
    return loads.await(uuid, seen, patience.withNothing);
  }

  /** Past the expiry: what the store says, or what was when it says nothing. */
  private Optional<Entry<V>> renewed(String uuid, Entry<V> kept, long now) {
    if (kept.failedWithin(FAILURE_LASTS_NANOS, now) || loads.areHanging()) {
      renewInBackground(uuid, kept, now);
      return stale(kept);
    }
    try {
      return loads.await(uuid, Optional.of(kept), patience.withStale);
    } catch (StoreUnavailableException e) {
      kept.failedAt = now;
      return stale(kept);
    }
  }

  private Optional<Entry<V>> stale(Entry<V> kept) {
    counters.staleAnswers.increment();
    health.servedStale();
    return Optional.of(kept);
  }

  private void renewInBackground(String uuid, Entry<V> kept, long now) {
    if (!kept.failedWithin(RETRY_PAUSE_NANOS, now)
        && loads.beginInBackground(uuid, Optional.of(kept))) {
      counters.refreshes.increment();
    }
  }

  private void countEviction(RemovalCause cause) {
    if (cause == RemovalCause.SIZE) {
      counters.evictions.increment();
    }
  }

  private void weighAnew(String uuid, Entry<V> kept) {
    int bytes = bytesOf.applyAsInt(kept.view);
    if (bytes > kept.viewBytes) {
      kept.viewBytes = bytes + BYTES_TO_GROW;
      entries.asMap().replace(uuid, kept, kept);
    }
  }

  private static int weight(String uuid, Entry<?> entry) {
    int key = uuid == entry.instance.uuid() ? 0 : Footprint.of(uuid);
    return BYTES_IN_TABLES + key + entry.instanceBytes + entry.viewBytes;
  }

  /** What loads do to what is kept. */
  private final class Keeping implements Loads.Directory<Entry<V>> {
    @Override
    public Optional<Entry<V>> load(
        String uuid, Optional<Entry<V>> seen, Consumer<StoreUnavailableException> late)
        throws StoreUnavailableException {
      counters.loads.increment();
      Optional<Entry<V>> loaded = store.load(uuid, late).map(instance -> entry(instance, seen));
      health.answered();
      return loaded;
    }

    private Entry<V> entry(Instance loaded, Optional<Entry<V>> seen) {
      return seen.filter(before -> before.instance.equals(loaded))
          .map(this::renewed)
          .orElseGet(() -> entry(loaded));
    }

    private Entry<V> entry(Instance instance) {
      V view = viewOf.apply(instance);
      int viewBytes = bytesOf.applyAsInt(view) + BYTES_TO_GROW;
      return new Entry<>(instance, view, Footprint.of(instance), viewBytes, clock.getAsLong());
    }

    /** An instance that is still the same keeps its place in memory, and will grow as large. */
    private Entry<V> renewed(Entry<V> before) {
      return new Entry<>(
          before.instance,
          viewOf.apply(before.instance),
          before.instanceBytes,
          before.viewBytes,
          clock.getAsLong());
    }

    @Override
    public Optional<Entry<V>> kept(String uuid) {
      return Optional.ofNullable(entries.getIfPresent(uuid));
    }

    @Override
    public void replace(String uuid, Optional<Entry<V>> found) {
      if (found.isPresent() && expiry > 0) {
        entries.put(key(uuid, found.get()), found.get());
      } else {
        entries.invalidate(uuid);
      }
    }

    /** The instance's own text where it is the same, for that is kept anyway. */
    private String key(String uuid, Entry<V> found) {
      String own = found.instance.uuid();
      return own.equals(uuid) ? own : uuid;
    }

    @Override
    public void overdue(StoreUnavailableException why) {
      health.failed(why.getMessage());
    }

    @Override
    public void failed(Load<Entry<V>> load, StoreUnavailableException why) {
      counters.loadFailures.increment();
      load.seen().ifPresent(kept -> kept.failedAt = clock.getAsLong());
      health.failed(why.getMessage());
    }

    /** Past the expiry a broken instance is not shown as it was: whoever asks sees it fail. */
    @Override
    public void broke(Load<Entry<V>> load, Throwable why) {
      counters.loadFailures.increment();
      long now = clock.getAsLong();
      load.seen()
          .filter(kept -> now - kept.loadedAt < expiry)
          .ifPresent(kept -> kept.failedAt = now);
      if (load.isInBackground()) {
        limitedLog.log(Level.ERROR, () -> "cannot load instance " + load.uuid() + ": " + why);
      }
    }
  }
}
