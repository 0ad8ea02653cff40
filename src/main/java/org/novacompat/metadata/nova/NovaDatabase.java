// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.hibernate.JDBCException;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.exception.JDBCConnectionException;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Nova's databases, each asked through a Hibernate session of its own: the API database, {@code
 * [database]}, and the cells' that the API database knows of.
 *
 * <p>Opening it connects to nothing. Questions run without a transaction unless they begin one, so
 * that nothing but their own statements is sent.
 */
public final class NovaDatabase implements AutoCloseable {
  private final CellPools pools = new CellPools();
  private final SessionFactory sessions;
  private final Cells cells;

  private NovaDatabase(NovaDatabaseSettings settings) throws SQLException {
    pools.lead(Cell.LOCAL, settings.database(), settings.pool());
    if (settings.apiDatabase().isPresent()) {
      pools.lead(Cell.API, settings.apiDatabase().get(), settings.apiPool());
    }
    sessions = sessions(pools);
    cells = new Cells(this, pools, settings);
  }

  /**
   * Prepares to ask; no database need be there yet.
   *
   * @param settings where the databases are
   * @return the databases
   * @throws IllegalArgumentException when the driver does not take one of the addresses
   */
  public static NovaDatabase open(NovaDatabaseSettings settings) {
    try {
      return new NovaDatabase(settings);
    } catch (SQLException e) {
      throw new IllegalArgumentException("a database's address is not usable", e);
    }
  }

  /** The cells, and which one holds an instance. */
  Cells cells() {
    return cells;
  }

  /**
   * Asks one database.
   *
   * @param cell which
   * @param question what to do in a session of that database
   * @return the question's answer
   * @throws StoreUnavailableException when the database does not answer, or refuses
   */
  <T> T ask(Cell cell, Function<StatelessSession, T> question) throws StoreUnavailableException {
    if (cell.flaw().isPresent()) {
      String flaw = cell.label() + ": " + cell.flaw().get();
      throw new StoreUnavailableException(flaw, new IllegalStateException(flaw));
    }
    try (StatelessSession session =
        sessions
            .withStatelessOptions()
            .tenantIdentifier((Object) cell.tenant())
            .openStatelessSession()) {
      return question.apply(session);
    } catch (JDBCConnectionException e) {
      throw new StoreUnavailableException(
          cell.label() + " does not answer: " + e.getSQLException().getMessage(), e);
    } catch (JDBCException e) {
      throw new StoreUnavailableException(
          cell.label() + " refuses: " + e.getSQLException().getMessage(), e);
    } catch (PersistenceException e) {
      throw new StoreUnavailableException(cell.label() + " cannot be asked", e);
    }
  }

  /**
   * The ways to the cells where instances run; cell0 is none. A cell that cannot be asked is there
   * too, and fails when asked.
   */
  Map<String, CellConnections.Way> connections() throws SQLException {
    try {
      Map<String, CellConnections.Way> ways = new LinkedHashMap<>();
      for (Cell cell : cells.all()) {
        if (!cell.isCell0()) {
          ways.put(cell.label(), () -> pools.getConnection(cell.tenant()));
        }
      }
      return ways;
    } catch (StoreUnavailableException e) {
      throw new SQLException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    sessions.close();
    pools.close();
  }

  private static SessionFactory sessions(CellPools pools) {
    BootstrapServiceRegistryBuilder classes =
        new BootstrapServiceRegistryBuilder().applyClassLoader(NovaDatabase.class.getClassLoader());
    StandardServiceRegistry services =
        new StandardServiceRegistryBuilder(classes.build())
            .applySettings(settings(pools))
            .enableAutoClose()
            .build();
    return new MetadataSources(services)
        .addAnnotatedClasses(Tables.ALL.toArray(Class<?>[]::new))
        .buildMetadata()
        .buildSessionFactory();
  }

  /** A start without a connection and without what is not used here; errors are ours to log. */
  private static Map<String, Object> settings(CellPools pools) {
    return Map.ofEntries(
        Map.entry(AvailableSettings.MULTI_TENANT_CONNECTION_PROVIDER, pools),
        Map.entry(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, "MariaDB"),
        Map.entry(AvailableSettings.ALLOW_UPDATE_OUTSIDE_TRANSACTION, true),
        Map.entry(AvailableSettings.ALLOW_METADATA_ON_BOOT, false),
        Map.entry(AvailableSettings.LOG_JDBC_ERRORS, false),
        Map.entry(AvailableSettings.LOG_JDBC_WARNINGS, false),
        Map.entry(AvailableSettings.JAKARTA_VALIDATION_MODE, "none"),
        Map.entry(AvailableSettings.XML_MAPPING_ENABLED, false),
        Map.entry(AvailableSettings.USE_SECOND_LEVEL_CACHE, false),
        Map.entry(AvailableSettings.USE_QUERY_CACHE, false));
  }
}
