// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceClient;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.tree.SecurityGroups;

/**
 * The security groups of instances, asked of Neutron when a guest asks for them, and then believed
 * for as long as the rest of what is known of an instance. When Neutron cannot be asked, they are
 * shown as they were, as instances are. A guest whose groups are not known at all is refused a few
 * times, in which it may ask again, and then shown none: otherwise cloud-init ({@code
 * sources/helpers/ec2.py: MetadataMaterializer}) would drop the whole EC2 tree.
 */
final class NeutronSecurityGroups implements SecurityGroups {
  private static final System.Logger LOG = System.getLogger(NeutronSecurityGroups.class.getName());
  private static final long MAX_INSTANCES = 50_000;

  /** How often a guest is refused in a minute: cloud-init asks six times. */
  private static final int MAX_REFUSALS = 3;

  /**
   * The least time between two refusals that count: a little less than cloud-init's pause of a
   * second. Who asks again at once is refused without using them up.
   */
  private static final long MIN_REFUSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** How long one waits who can be shown what was. */
  private static final long STALE_PATIENCE_MILLIS = 250;

  /** For how long a call is waited for before another, and a late answer kept. */
  private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ServiceClient neutron;
  private final Gathering gathering;
  private final long expiry;
  private final long staleAge;
  private final LongSupplier clock;
  private final Cache<String, Groups> known;
  private final RateLimitedLog ofStale =
      new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);
  private final RateLimitedLog ofNone =
      new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);

  /**
   * Knows nothing yet.
   *
   * @param neutron who is asked
   * @param expiry how long an answer is believed; with zero only those who ask at the same time
   *     share one
   * @param serveStale for how long after that it is shown while Neutron cannot be asked
   * @param clock {@link System#nanoTime}
   */
  NeutronSecurityGroups(
      ServiceClient neutron, Duration expiry, Duration serveStale, LongSupplier clock) {
    this.neutron = neutron;
    this.gathering = new Gathering(new GroupNames(neutron)::of, neutron.workers());
    this.expiry = expiry.toNanos();
    this.staleAge = expiry.isZero() ? 0 : expiry.plus(serveStale).toNanos();
    this.clock = clock;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MAX_INSTANCES)
            .expireAfterAccess(Duration.ofNanos(Math.max(staleAge, MINUTE_NANOS)))
            .build();
  }

  @Override
  public List<String> namesOf(Instance instance) throws StoreUnavailableException {
    Groups groups = known.get(instance.uuid(), uuid -> new Groups(clock));
    long now = clock.getAsLong();
    Optional<Told> fresh = groups.told(now, expiry);
    if (fresh.isPresent()) {
      return fresh.get().names;
    }
    Optional<Told> stale = groups.told(now, staleAge);
    try {
      if (neutron.isPausing()) {
        throw new StoreUnavailableException("Neutron is left alone after failures", null);
      }
      CompletableFuture<Told> answer = groups.asked(now, () -> gathering.add(instance.uuid()));
      return stale.isPresent() ? soon(answer, stale.get()) : neutron.await(answer).names;
    } catch (StoreUnavailableException e) {
      if (stale.isEmpty() && groups.refusals(now) <= MAX_REFUSALS) {
        throw e;
      }
      return stale.isPresent() ? shown(stale.get(), e.getMessage()) : shownNone(e.getMessage());
    }
  }

  private List<String> soon(CompletableFuture<Told> answer, Told stale) {
    try {
      return answer.get(STALE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS).names;
    } catch (TimeoutException | ExecutionException e) {
      return shown(stale, "Neutron does not answer at once");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stale.names;
    }
  }

  private List<String> shown(Told stale, String why) {
    long age = TimeUnit.NANOSECONDS.toSeconds(clock.getAsLong() - stale.at);
    ofStale.log(
        Level.WARNING,
        () -> "A guest is shown its security groups as they were " + age + " s ago: " + why);
    return stale.names;
  }

  private List<String> shownNone(String why) {
    ofNone.log(
        Level.WARNING, () -> "A guest is shown no security groups, which are not known: " + why);
    return List.of();
  }

  /** What Neutron said of an instance, and when. */
  private record Told(List<String> names, long at) {}

  private record Question(CompletableFuture<Told> answer, long at) {
    boolean isUnderWay(long now) {
      return !answer.isDone() && now - at < LOST_NANOS;
    }
  }

  /** What is known of an instance's groups. */
  private static final class Groups {
    private final LongSupplier clock;
    private Optional<Told> told = Optional.empty();
    private Optional<Question> question = Optional.empty();
    private Optional<Long> refusedSince = Optional.empty();
    private long counted;
    private int refusals;

    Groups(LongSupplier clock) {
      this.clock = clock;
    }

    /** What was said no longer ago than that, or what came too late for a guest just refused. */
    synchronized Optional<Told> told(long now, long age) {
      Optional<Told> shown =
          told.filter(last -> now - last.at < (isAfterRefusal(last) ? LOST_NANOS + age : age));
      if (shown.isPresent()) {
        refusedSince = Optional.empty();
      }
      return shown;
    }

    private boolean isAfterRefusal(Told last) {
      return refusedSince.filter(since -> last.at - since > 0).isPresent();
    }

    /** What is being asked, or else is asked now. */
    synchronized CompletableFuture<Told> asked(
        long now, Supplier<CompletableFuture<List<String>>> ask) {
      if (question.filter(last -> last.isUnderWay(now)).isEmpty()) {
        question = Optional.of(new Question(ask.get().thenApply(this::tell), now));
      }
      return question.get().answer;
    }

    private synchronized Told tell(List<String> names) {
      Told now = new Told(names, clock.getAsLong());
      told = Optional.of(now);
      question = Optional.empty();
      return now;
    }

    /** Notes a refusal, and tells how many count in the last minute. */
    synchronized int refusals(long now) {
      if (refusedSince.filter(since -> now - since < MINUTE_NANOS).isEmpty()) {
        refusedSince = Optional.of(now);
        refusals = 0;
      }
      if (refusals == 0 || now - counted >= MIN_REFUSAL_NANOS) {
        counted = now;
        refusals++;
      }
      return refusals;
    }
  }
}
