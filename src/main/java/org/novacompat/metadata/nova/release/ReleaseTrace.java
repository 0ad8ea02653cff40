// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.release;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Query;
import org.novacompat.metadata.nova.database.Sql;
import org.novacompat.metadata.nova.database.SqlFailure;

/**
 * What one of nova's databases tells of the release.
 *
 * @param label what an operator knows the database by
 * @param services the services in it, by binary and version; none in the API database
 * @param flaw why the services cannot be read; empty when they can
 * @param revision the revision of its schema; empty when it tells none
 */
record ReleaseTrace(
    String label, List<Services> services, Optional<String> flaw, Optional<String> revision) {

  /**
   * Services of one kind and version.
   *
   * @param binary {@code nova-compute}
   * @param version what they wrote last
   * @param total how many there are
   * @param heard how many of them were heard of within a day
   */
  record Services(String binary, int version, int total, int heard) {
    /**
     * What is not soft-deleted and not forced down, as in {@code nova/db/main/api.py:
     * service_get_minimum_version}; since Liberty nova writes no row without a version. When a
     * service was last heard of is as in {@code nova/servicegroup/drivers/db.py: is_up}, with a day
     * in the place of {@code service_down_time}: a compute that restarts for an upgrade still is
     * one of the older services. The table is small: a row for each service of each host.
     */
    private static final Query<Services> QUERY =
        new Query<>(
            Services.class,
            """
            select coalesce(`binary`, '') as `binary`, version, count(*) as total,
              sum(case when coalesce(last_seen_up, created_at) < utc_timestamp() - interval 1 day
                then 0 else 1 end) as heard
            from services
            where coalesce(deleted, 0) = 0 and coalesce(forced_down, 0) = 0 and version > 0
            group by `binary`, version
            """);
  }

  private record Revision(Optional<String> name) {
    /** Since Xena ({@code nova/db/migration.py: db_version}). */
    private static final Query<Revision> ALEMBIC =
        new Query<>(Revision.class, "select version_num as name from alembic_version");

    /** Until Wallaby, and left behind where Alembic took over. */
    private static final Query<Revision> MIGRATE =
        new Query<>(Revision.class, "select max(version) as name from migrate_version");
  }

  private static final Sql WAIT_FOR_NO_LOCK = new Sql("set lock_wait_timeout = 1");
  private static final Sql WAIT_AS_USUAL = new Sql("set lock_wait_timeout = default");

  /**
   * Reads a cell's database.
   *
   * @throws SQLException when it does not answer at all; unreadable services are a flaw
   */
  static ReleaseTrace ofCell(CellSession session) throws SQLException {
    session.execute(WAIT_FOR_NO_LOCK);
    ReleaseTrace trace = unlocked(session);
    session.execute(WAIT_AS_USUAL);
    return trace;
  }

  /** A locked table cannot be read, but does not make the database unavailable. */
  private static ReleaseTrace unlocked(CellSession session) throws SQLException {
    String label = session.cell().label();
    Optional<String> revision = revision(session);
    try {
      List<Services> services = session.list(Services.QUERY, Map.of());
      return new ReleaseTrace(label, services, Optional.empty(), revision);
    } catch (SQLException e) {
      if (revision.isEmpty()) {
        requireAnswer(e);
      }
      String flaw = String.valueOf(e.getMessage());
      return new ReleaseTrace(label, List.of(), Optional.of(flaw), revision);
    }
  }

  /**
   * Reads the API database, which has no services.
   *
   * @throws SQLException when it does not answer
   */
  static ReleaseTrace ofApi(CellSession session) throws SQLException {
    return new ReleaseTrace(session.cell().label(), List.of(), Optional.empty(), revision(session));
  }

  /** A cell whose services and schema cannot be read though its instances can. */
  static ReleaseTrace unreadable(String label, String why) {
    return new ReleaseTrace(label, List.of(), Optional.of(why), Optional.empty());
  }

  /** What is told now, but for services that could be read before. */
  ReleaseTrace updated(ReleaseTrace now) {
    return now.flaw.isPresent() && flaw.isEmpty()
        ? new ReleaseTrace(label, services, flaw, now.revision)
        : now;
  }

  private static Optional<String> revision(CellSession session) throws SQLException {
    Optional<String> alembic = revision(session, Revision.ALEMBIC);
    return alembic.isPresent() ? alembic : revision(session, Revision.MIGRATE);
  }

  /** Empty where the table cannot be read. */
  private static Optional<String> revision(CellSession session, Query<Revision> query)
      throws SQLException {
    try {
      return session.list(query, Map.of()).stream()
          .flatMap(revision -> revision.name.stream())
          .findFirst();
    } catch (SQLException e) {
      requireAnswer(e);
      return Optional.empty();
    }
  }

  private static void requireAnswer(SQLException failure) throws SQLException {
    if (SqlFailure.of(failure) == SqlFailure.CONNECTION_LOST) {
      throw failure;
    }
  }
}
