// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.hibernate.JDBCException;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.novacompat.metadata.instance.PasswordStore;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Writes passwords to the nova database as nova does when it saves an instance ({@code
 * nova/api/metadata/password.py: handle_password}, {@code nova/db/main/api.py: _instance_update,
 * _instance_metadata_update_in_place}): the first row of a key is updated where its value changes,
 * further rows of that key are deleted, a missing one is inserted.
 *
 * <p>Unlike nova, this looks once more whether there is a password, with the instance's row locked:
 * of several who write at the same time, nova's own processes included, none overwrites the other
 * here.
 */
public final class NovaPasswords implements PasswordStore {
  /** As often nova tries when a deadlock costs it a transaction. */
  private static final int MAX_ATTEMPTS = 6;

  private final NovaDatabase database;

  /**
   * Writes to these databases.
   *
   * @param database nova's databases
   */
  public NovaPasswords(NovaDatabase database) {
    this.database = database;
  }

  @Override
  public Outcome store(String instance, String password) throws StoreUnavailableException {
    Deadline deadline = Deadline.forGuest();
    requireInTime(database.cells().localOnly() ? Cell.LOCAL : Cell.API);
    Cell cell = database.cells().holding(instance, deadline);
    requireInTime(cell);
    for (int attempt = 1; ; attempt++) {
      try {
        return database.ask(
            cell,
            deadline,
            (session, left) ->
                inTransaction(session, open -> write(open, left, instance, password)));
      } catch (StoreUnavailableException e) {
        if (attempt == MAX_ATTEMPTS || !NovaInstances.isDeadlock(e)) {
          throw e;
        }
      }
    }
  }

  /** The guest waits, and nothing tells it later what came of it. */
  private void requireInTime(Cell cell) throws StoreUnavailableException {
    if (database.isSlow(cell)) {
      String why = cell.label() + " is slow: no password is stored";
      throw new StoreUnavailableException(why, new TimeoutException(why));
    }
  }

  private static Outcome inTransaction(
      StatelessSession session, Function<StatelessSession, Outcome> work) {
    Transaction transaction = session.beginTransaction();
    boolean stored = false;
    try {
      Outcome outcome = work.apply(session);
      stored = outcome == Outcome.STORED;
      if (stored) {
        transaction.commit();
      }
      return outcome;
    } catch (JDBCException e) {
      if (UnstorableException.isWhy(e.getSQLException())) {
        return Outcome.UNSTORABLE;
      }
      throw e;
    } finally {
      if (!stored) {
        NovaDatabase.rollBack(transaction);
      }
    }
  }

  private static Outcome write(
      StatelessSession session, Deadline deadline, String instance, String password) {
    if (!lock(session, instance)) {
      return Outcome.NO_INSTANCE;
    }
    List<SatelliteRow> satellites =
        session.doReturningWork(connection -> SatelliteRow.read(connection, deadline, instance));
    if (Password.joined(satellites).isPresent()) {
      return Outcome.ALREADY_SET;
    }
    for (Map.Entry<String, String> piece : Password.cut(password).entrySet()) {
      List<SatelliteRow> before =
          satellites.stream()
              .filter(row -> row.kind() == SatelliteRow.SYSTEM_METADATA)
              .filter(row -> row.first().equals(piece.getKey()))
              .toList();
      write(session, instance, piece, before);
    }
    return Outcome.STORED;
  }

  /** Nova notes the time at each save of an instance; the row stays ours until the end. */
  private static boolean lock(StatelessSession session, String instance) {
    return session
            .createNativeMutationQuery(
                "update instances set updated_at = utc_timestamp()"
                    + " where uuid = :uuid and deleted = 0")
            .setParameter("uuid", instance)
            .executeUpdate()
        > 0;
  }

  private static void write(
      StatelessSession session,
      String instance,
      Map.Entry<String, String> piece,
      List<SatelliteRow> before) {
    if (before.isEmpty()) {
      insert(session, instance, piece);
      return;
    }
    SatelliteRow first = before.get(0);
    if (!piece.getValue().equals(first.second())) {
      update(session, first.id(), piece.getValue());
    }
    before.stream().skip(1).forEach(row -> delete(session, row.id()));
  }

  private static void insert(
      StatelessSession session, String instance, Map.Entry<String, String> piece) {
    session
        .createNativeMutationQuery(
            "insert into instance_system_metadata"
                + " (instance_uuid, `key`, `value`, created_at, deleted)"
                + " values (:uuid, :key, :value, utc_timestamp(), 0)")
        .setParameter("uuid", instance)
        .setParameter("key", piece.getKey())
        .setParameter("value", piece.getValue())
        .executeUpdate();
  }

  private static void update(StatelessSession session, int id, String value) {
    session
        .createNativeMutationQuery(
            "update instance_system_metadata set `value` = :value, updated_at = utc_timestamp()"
                + " where id = :id")
        .setParameter("value", value)
        .setParameter("id", id)
        .executeUpdate();
  }

  private static void delete(StatelessSession session, int id) {
    session
        .createNativeMutationQuery("delete from instance_system_metadata where id = :id")
        .setParameter("id", id)
        .executeUpdate();
  }
}
