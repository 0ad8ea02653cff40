// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.custommetadata;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.database.Cell;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.Query;
import org.novacompat.metadata.nova.database.Sql;
import org.novacompat.metadata.nova.database.SqlFailure;
import org.novacompat.metadata.nova.database.TimeBudget;

/**
 * Keeps the ids of calls in a table beside {@code [database]}, where {@code nova-compat-migrate}
 * has made it. Inserting a row is the check: of two nodes that get one call at the same time, one
 * inserts. A row is the SHA-256 of access key and id, so that it reveals neither and no collation
 * matters.
 *
 * <p>Times are the database's own. A row is deleted an hour after its call's date has passed at the
 * node that took the call, so that nodes' clocks may differ by an hour.
 */
public final class SharedRequestIds implements RequestIds {
  private static final Logger LOG = System.getLogger(SharedRequestIds.class.getName());
  private static final int PURGE_BATCH = 10_000;

  private static final Query<Seen> LOOK =
      new Query<>(Seen.class, "select 1 as seen from nova_compat_seen_requests limit 1");

  private static final Sql INSERT =
      new Sql(
          """
          insert ignore into nova_compat_seen_requests (digest, expires_at)
          values (:digest, utc_timestamp() + interval :seconds second)
          """);

  private static final Sql PURGE =
      new Sql(
          """
          delete from nova_compat_seen_requests
          where expires_at < utc_timestamp() - interval 1 hour limit :batch
          """);

  private record Seen(int seen) {}

  private final NovaDatabase database;
  private final AtomicReference<Optional<Boolean>> isThere =
      new AtomicReference<>(Optional.empty());
  private final AtomicBoolean mayNotPurge = new AtomicBoolean();
  private final AtomicLong purgedAt =
      new AtomicLong(System.nanoTime() - TimeBudget.BETWEEN_PURGES.toNanos());

  /**
   * Keeps them in a database.
   *
   * @param database nova's databases
   */
  public SharedRequestIds(NovaDatabase database) {
    this.database = database;
  }

  /** Checks in the background whether the table is there, for the log. */
  public void prepare() {
    Thread thread = new Thread(this::tellWhetherItIsThere, "request ids");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Sighting look(String accessKey, String id, Duration validFor)
      throws StoreUnavailableException {
    byte[] digest = digest(accessKey + " " + id);
    try {
      int inserted =
          ask(
              session ->
                  session.change(
                      INSERT, Map.of("digest", digest, "seconds", validFor.toSeconds())));
      noteTable();
      return inserted == 0 ? Sighting.AGAIN : Sighting.FIRST;
    } catch (StoreUnavailableException e) {
      noteNoTable(e);
      return Sighting.UNKNOWN;
    }
  }

  void tellWhetherItIsThere() {
    try {
      ask(session -> session.list(LOOK, Map.of()));
      noteTable();
    } catch (StoreUnavailableException e) {
      try {
        noteNoTable(e);
      } catch (StoreUnavailableException away) {
        LOG.log(Level.DEBUG, "the first call will tell whether ids are remembered", away);
      }
    }
  }

  private <T> T ask(CellSession.Work<T, RuntimeException> work) throws StoreUnavailableException {
    return database.on(Cell.LOCAL, Deadline.in(TimeBudget.REQUEST_ID), work);
  }

  /** What fails is done a minute later; the call that caused it is answered all the same. */
  private void purgeWhenDue() {
    long before = purgedAt.get();
    long now = System.nanoTime();
    if (now - before < TimeBudget.BETWEEN_PURGES.toNanos()
        || !purgedAt.compareAndSet(before, now)) {
      return;
    }
    try {
      int purged = ask(session -> session.change(PURGE, Map.of("batch", PURGE_BATCH)));
      if (purged == PURGE_BATCH) {
        purgedAt.set(before);
      }
    } catch (StoreUnavailableException e) {
      if (SqlFailure.of(e) == SqlFailure.NO_TABLE && mayNotPurge.compareAndSet(false, true)) {
        LOG.log(
            Level.WARNING,
            "OpenAPI: [database] refuses to remove past calls from nova_compat_seen_requests,"
                + " which grows until its user has the right to DELETE there");
      }
      LOG.log(Level.DEBUG, "past calls are not removed yet", e);
    }
  }

  private void noteTable() {
    note(true);
    purgeWhenDue();
  }

  private void noteNoTable(StoreUnavailableException failure) throws StoreUnavailableException {
    if (SqlFailure.of(failure) != SqlFailure.NO_TABLE) {
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
