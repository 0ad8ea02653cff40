// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.hibernate.StatelessSession;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Keeps the ids of calls in a table of our own beside {@code [database]}, where {@code
 * nova-compat-migrate} has made it. To insert a row is the check: of two nodes that get one call at
 * the same time, one inserts. A row is the SHA-256 of access key and id, so that neither is told
 * and no collation matters.
 *
 * <p>Times are the database's own. A row is deleted an hour after its call's date has passed at the
 * node that took the call, so that nodes' clocks may differ by an hour.
 */
public final class SharedRequestIds implements RequestIds {
  private static final Logger LOG = System.getLogger(SharedRequestIds.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long PURGE_PAUSE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int PURGE_BATCH = 10_000;
  private static final int ATTEMPTS = 3;

  private static final String LOOK = "select 1 from nova_compat_seen_requests limit 1";

  private static final String INSERT =
      """
      insert ignore into nova_compat_seen_requests (digest, expires_at)
      values (:digest, utc_timestamp() + interval :seconds second)
      """;

  private static final String PURGE =
      """
      delete from nova_compat_seen_requests
      where expires_at < utc_timestamp() - interval 1 hour limit\s"""
          + PURGE_BATCH;

  private final NovaDatabase database;
  private final AtomicReference<Optional<Boolean>> isThere =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean mayNotPurge = new AtomicBoolean();
  private final AtomicLong purgedAt = new AtomicLong(System.nanoTime() - PURGE_PAUSE_NANOS);

  /**
   * Keeps them in a database.
   *
   * @param database nova's databases
   */
  public SharedRequestIds(NovaDatabase database) {
    this.database = database;
  }

  /** Looks in the background whether the table is there, for the log. */
  public void prepare() {
    Thread thread = new Thread(this::tellWhetherItIsThere, "request ids");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Sighting look(String accessKey, String id, Duration validFor)
      throws StoreUnavailableException {
    byte[] digest = digest(accessKey + " " + id);
    return database.ask(
        Cell.LOCAL,
        Deadline.in(PATIENCE),
        session -> {
          try {
            int inserted = insert(session, digest, validFor);
            note(true);
            tryToPurge(session);
            return inserted == 0 ? Sighting.AGAIN : Sighting.FIRST;
          } catch (PersistenceException e) {
            requireWantOfTable(e);
            return Sighting.UNKNOWN;
          }
        });
  }

  void tellWhetherItIsThere() {
    try {
      database.ask(
          Cell.LOCAL,
          Deadline.in(PATIENCE),
          session -> {
            try {
              session.createNativeQuery(LOOK, Integer.class).getResultList();
              note(true);
              tryToPurge(session);
            } catch (PersistenceException e) {
              requireWantOfTable(e);
            }
            return true;
          });
    } catch (StoreUnavailableException e) {
      LOG.log(Level.DEBUG, "the first call will tell whether ids are remembered", e);
    }
  }

  private static int insert(StatelessSession session, byte[] digest, Duration validFor) {
    for (int attempt = 1; ; attempt++) {
      try {
        return session
            .createNativeMutationQuery(INSERT)
            .setParameter("digest", digest)
            .setParameter("seconds", validFor.toSeconds())
            .executeUpdate();
      } catch (PersistenceException e) {
        if (attempt == ATTEMPTS || !NovaCustomMetadata.isConflict(e)) {
          throw e;
        }
      }
    }
  }

  /** What fails is done a minute later: the call that came upon it is let in all the same. */
  private void tryToPurge(StatelessSession session) {
    try {
      purgeWhenDue(session);
    } catch (PersistenceException e) {
      if (NovaDatabase.refusal(e).filter(OurTable::isWantOfIt).isPresent()
          && mayNotPurge.compareAndSet(false, true)) {
        LOG.log(
            Level.WARNING,
            "OpenAPI: [database] lets us remove no calls that are past from nova_compat_seen_requests,"
                + " which grows until its user has the right to DELETE there");
      }
      LOG.log(Level.DEBUG, "calls that are past are not removed yet", e);
    }
  }

  /** As long as a batch is full, the next caller goes on. */
  private void purgeWhenDue(StatelessSession session) {
    long before = purgedAt.get();
    long now = System.nanoTime();
    if (now - before >= PURGE_PAUSE_NANOS
        && purgedAt.compareAndSet(before, now)
        && session.createNativeMutationQuery(PURGE).executeUpdate() == PURGE_BATCH) {
      purgedAt.set(before);
    }
  }

  private void requireWantOfTable(PersistenceException failure) {
    if (NovaDatabase.refusal(failure).filter(OurTable::isWantOfIt).isEmpty()) {
      throw failure;
    }
    note(false);
  }

  private void note(boolean there) {
    Optional<Boolean> before = isThere.getAndSet(Optional.of(there));
    if (before.equals(Optional.of(there))) {
      return;
    }
    if (there) {
      LOG.log(Level.INFO, "OpenAPI: [database] remembers each call, so no node takes one twice");
    } else {
      LOG.log(
          Level.WARNING,
          "OpenAPI: [database] has no nova_compat_seen_requests that may be written to, which"
              + " nova-compat-migrate up adds: calls dated before this start are refused, and another node may take"
              + " a call once more");
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
