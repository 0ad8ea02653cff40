// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.instance.PasswordStore;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.Sql;
import org.novacompat.metadata.nova.database.SqlFailure;
import org.novacompat.metadata.nova.database.WhenSlow;

/**
 * Writes passwords to the nova database as nova does when it saves an instance ({@code
 * nova/api/metadata/password.py: handle_password}, {@code nova/db/main/api.py: _instance_update,
 * _instance_metadata_update_in_place}): the first row of a key is updated where its value changes,
 * further rows of that key are deleted, a missing one is inserted.
 *
 * <p>Unlike nova, this checks again whether there is a password, with the instance's row locked: of
 * several writers at the same time, nova's own processes included, none overwrites another here.
 */
public final class NovaPasswords implements PasswordStore {
  /** Nova notes the time at each save of an instance; the row stays locked until the end. */
  private static final Sql LOCK =
      new Sql(
          "update instances set updated_at = utc_timestamp() where uuid = :uuid and deleted = 0");

  private static final Sql INSERT =
      new Sql(
          """
          insert into instance_system_metadata
            (instance_uuid, `key`, `value`, created_at, deleted)
          values (:uuid, :key, :value, utc_timestamp(), 0)
          """);

  private static final Sql UPDATE =
      new Sql(
          """
          update instance_system_metadata set `value` = :value, updated_at = utc_timestamp()
          where id = :id
          """);

  private static final Sql DELETE = new Sql("delete from instance_system_metadata where id = :id");

  private final NovaDatabase database;

  /**
   * Writes to these databases.
   *
   * @param database nova's databases
   */
  public NovaPasswords(NovaDatabase database) {
    this.database = database;
  }

  /** {@inheritDoc} The guest waits, and could not be told later: a slow database is not asked. */
  @Override
  public Outcome store(String instance, String password) throws StoreUnavailableException {
    Deadline deadline = Deadline.forGuest(WhenSlow.refuse("no password is stored"));
    try {
      return database.onCellOf(
          instance,
          deadline,
          session ->
              session.inTransaction(
                  outcome -> outcome == Outcome.STORED, open -> write(open, instance, password)));
    } catch (StoreUnavailableException e) {
      if (SqlFailure.of(e) == SqlFailure.UNSTORABLE) {
        return Outcome.UNSTORABLE;
      }
      throw e;
    }
  }

  private static Outcome write(CellSession session, String instance, String password)
      throws SQLException {
    if (session.change(LOCK, Map.of("uuid", instance)) == 0) {
      return Outcome.NO_INSTANCE;
    }
    List<ChildRow> children = ChildRow.read(session, instance);
    if (Password.joined(children).isPresent()) {
      return Outcome.ALREADY_SET;
    }
    MetadataRows rows = new MetadataRows(instance, children);
    for (Map.Entry<String, String> piece : Password.cut(password).entrySet()) {
      List<ChildRow> before = rows.of(ChildRow.Kind.SYSTEM_METADATA, piece.getKey());
      write(session, instance, piece.getKey(), piece.getValue(), before);
    }
    return Outcome.STORED;
  }

  private static void write(
      CellSession session, String instance, String key, String value, List<ChildRow> before)
      throws SQLException {
    if (before.isEmpty()) {
      session.change(INSERT, Map.of("uuid", instance, "key", key, "value", value));
      return;
    }
    ChildRow first = before.get(0);
    if (!first.value().equals(Optional.of(value))) {
      session.change(UPDATE, Map.of("id", first.id(), "value", value));
    }
    for (ChildRow further : before.subList(1, before.size())) {
      session.change(DELETE, Map.of("id", further.id()));
    }
  }
}
