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
import org.novacompat.metadata.cache.SingleFlightCache;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.ServiceClient;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.tree.SecurityGroups;

/**
 * The security groups of instances, asked of Neutron when a guest asks for them, and then kept for
 * as long as the instance itself. While Neutron cannot be asked, they are served stale, as
 * instances are. A guest whose groups are not known at all is refused a few times, in which it may
 * ask again, and then shown none: otherwise cloud-init ({@code sources/helpers/ec2.py:
 * MetadataMaterializer}) would drop the whole EC2 tree.
 */
final class NeutronSecurityGroups implements SecurityGroups {
  private static final System.Logger LOG = System.getLogger(NeutronSecurityGroups.class.getName());
  private static final long MAX_INSTANCES = 50_000;

  /** How often a guest is refused in a minute: cloud-init asks six times. */
  private static final int MAX_REFUSALS = 3;

  /**
   * The least time between two refusals that count: a little less than cloud-init's pause of a
   * second. A guest that asks again at once is refused without using them up.
   */
  private static final long MIN_REFUSAL_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** How long a guest waits that can be shown a stale answer. */
  private static final long STALE_PATIENCE_MILLIS = 250;

  private final ServiceClient neutron;
  private final RequestBatcher batcher;
  private final long expiry;
  private final long staleAge;
  private final LongSupplier clock;
  private final Cache<String, Groups> known;
  private final SingleFlightCache<String, Answer> questions;
  private final RateLimitedLog staleLog =
      new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);
  private final RateLimitedLog noneLog =
      new RateLimitedLog(LOG, Duration.ofMinutes(1), System::nanoTime);

  /**
   * Knows nothing yet.
   *
   * @param neutron asks Neutron
   * @param expiry how long an answer is kept; with zero only those who ask at the same time share
   *     one
   * @param serveStale for how long after that it is shown while Neutron cannot be asked
   * @param clock {@link System#nanoTime}
   */
  NeutronSecurityGroups(
      ServiceClient neutron, Duration expiry, Duration serveStale, LongSupplier clock) {
    this.neutron = neutron;
    this.batcher = new RequestBatcher(new GroupNames(neutron)::of, neutron.workers());
    this.expiry = expiry.toNanos();
    this.staleAge = expiry.isZero() ? 0 : expiry.plus(serveStale).toNanos();
    this.clock = clock;
    this.questions = new SingleFlightCache<>(neutron.times().lost());
    this.known =
        Caffeine.newBuilder()
            .maximumSize(MAX_INSTANCES)
            .expireAfterAccess(Duration.ofNanos(Math.max(staleAge, MINUTE_NANOS)))
            .build();
  }

  @Override
  public List<String> namesOf(Instance instance) throws StoreUnavailableException {
    Groups groups = known.get(instance.uuid(), uuid -> new Groups(neutron.times().lost()));
    long now = clock.getAsLong();
    Optional<Answer> fresh = groups.answer(now, expiry);
    if (fresh.isPresent()) {
      return fresh.get().names;
    }
    Optional<Answer> stale = groups.answer(now, staleAge);
    try {
      if (neutron.isPausing()) {
        throw new StoreUnavailableException("Neutron is left alone after failures", null);
      }
      CompletableFuture<Answer> answer =
          questions.join(
              instance.uuid(),
              uuid ->
                  batcher
                      .add(uuid)
                      .thenApply(names -> groups.keep(new Answer(names, clock.getAsLong()))));
      return stale.isPresent() ? soon(answer, stale.get()) : neutron.await(answer).names;
    } catch (StoreUnavailableException e) {
      if (stale.isPresent()) {
        return shown(stale.get(), e.getMessage());
      }
      if (groups.refuse(now) <= MAX_REFUSALS) {
        throw e;
      }
      noneLog.log(
          Level.WARNING,
          () -> "A guest is shown no security groups, which are not known: " + e.getMessage());
      return List.of();
    }
  }

  private List<String> soon(CompletableFuture<Answer> answer, Answer stale) {
    try {
      return answer.get(STALE_PATIENCE_MILLIS, TimeUnit.MILLISECONDS).names;
    } catch (TimeoutException | ExecutionException e) {
      return shown(stale, "Neutron does not answer at once");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stale.names;
    }
  }

  private List<String> shown(Answer stale, String why) {
    long age = TimeUnit.NANOSECONDS.toSeconds(clock.getAsLong() - stale.at);
    staleLog.log(
        Level.WARNING,
        () -> "A guest is shown its security groups as they were " + age + " s ago: " + why);
    return stale.names;
  }

  /** What Neutron answered about an instance, and when. */
  private record Answer(List<String> names, long at) {}

  /** The last answer about an instance's groups, and the refusals since. */
  private static final class Groups {
    private final long maxLateAge;
    private Optional<Answer> last = Optional.empty();
    private Optional<Long> refusedSince = Optional.empty();
    private long counted;
    private int refusals;

    Groups(Duration maxLateAge) {
      this.maxLateAge = maxLateAge.toNanos();
    }

    synchronized Answer keep(Answer answer) {
      last = Optional.of(answer);
      return answer;
    }

    /** The last answer if it is no older, or if it came too late for a guest just refused. */
    synchronized Optional<Answer> answer(long now, long maxAge) {
      Optional<Answer> shown =
          last.filter(answer -> now - answer.at < (isLate(answer) ? maxLateAge : 0) + maxAge);
      if (shown.isPresent()) {
        refusedSince = Optional.empty();
      }
      return shown;
    }

    private boolean isLate(Answer answer) {
      return refusedSince.filter(since -> answer.at - since > 0).isPresent();
    }

    /** Notes a refusal, and tells how many count in the last minute. */
    synchronized int refuse(long now) {
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
