// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import static java.util.Map.entry;

import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.bytecode.internal.none.BytecodeProviderImpl;
import org.hibernate.bytecode.spi.BytecodeProvider;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.jdbc.connections.internal.UserSuppliedConnectionProviderImpl;
import org.hibernate.exception.JDBCConnectionException;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Nova's databases: the API database, {@code [database]}, and the cells' that the API database
 * knows of. What is read for guests is read over JDBC ({@link Query}), everything else in a
 * Hibernate session.
 *
 * <p>Opening it connects to nothing. Questions run without a transaction unless they begin one, so
 * that nothing but their own statements is sent.
 */
public final class NovaDatabase implements AutoCloseable {
  private static final Logger LOG = System.getLogger(NovaDatabase.class.getName());

  /** A start without a connection and without what is not used here; errors are ours to log. */
  private static final Map<String, Object> SETTINGS =
      Map.ofEntries(
          entry(AvailableSettings.CONNECTION_PROVIDER, new UserSuppliedConnectionProviderImpl()),
          entry(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, "MariaDB"),
          entry(AvailableSettings.ALLOW_UPDATE_OUTSIDE_TRANSACTION, true),
          entry(AvailableSettings.ALLOW_METADATA_ON_BOOT, false),
          entry(AvailableSettings.LOG_JDBC_ERRORS, false),
          entry(AvailableSettings.LOG_JDBC_WARNINGS, false),
          entry(AvailableSettings.JAKARTA_VALIDATION_MODE, "none"),
          entry(AvailableSettings.XML_MAPPING_ENABLED, false),
          entry(AvailableSettings.USE_SECOND_LEVEL_CACHE, false),
          entry(AvailableSettings.USE_QUERY_CACHE, false));

  private final CellPools pools = new CellPools();
  private final SessionFactory sessions;
  private final Cells cells;

  private NovaDatabase(NovaDatabaseSettings settings) throws SQLException {
    pools.lead(Cell.LOCAL, settings.database(), settings.pool());
    if (settings.apiDatabase().isPresent()) {
      pools.lead(Cell.API, settings.apiDatabase().get(), settings.apiPool());
    }
    sessions = sessions();
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
      throw new IllegalArgumentException(
          "a database's address is not usable: " + e.getMessage(), e);
    }
  }

  /** Whether a database takes longer to answer than a guest may wait. */
  boolean isSlow(Cell cell) {
    return pools.to(cell).isSlow();
  }

  /** The cells, and which one holds an instance. */
  Cells cells() {
    return cells;
  }

  /** What to read over a connection, each statement until the deadline. */
  @FunctionalInterface
  interface Reading<T> {
    T from(Connection connection, Deadline deadline) throws SQLException;
  }

  /**
   * Reads from one database.
   *
   * @param cell which
   * @param deadline until when an answer must be there
   * @return what was read
   * @throws StoreUnavailableException when the database does not answer in time, or refuses
   */
  <T> T read(Cell cell, Deadline deadline, Reading<T> reading) throws StoreUnavailableException {
    if (cell.flaw().isPresent()) {
      String flaw = cell.label() + ": " + cell.flaw().get();
      throw new StoreUnavailableException(flaw, new IllegalStateException(flaw));
    }
    try {
      CellConnections.Way way = pools.to(cell);
      Deadline extended = way.extended(deadline);
      return way.ask(extended, connection -> reading.from(connection, extended));
    } catch (SQLException e) {
      throw new StoreUnavailableException(cell.label() + verb(e) + e.getMessage(), e);
    } catch (PersistenceException e) {
      throw new StoreUnavailableException(cell.label() + " cannot be asked", e);
    }
  }

  /**
   * Asks one database.
   *
   * @param cell which
   * @param deadline until when an answer must be there
   * @param question what to do in a session of that database
   * @return the question's answer
   * @throws StoreUnavailableException when the database does not answer in time, or refuses
   */
  <T> T ask(Cell cell, Deadline deadline, Function<StatelessSession, T> question)
      throws StoreUnavailableException {
    return ask(cell, deadline, (session, left) -> question.apply(session));
  }

  /**
   * Asks one database, with a question that reads over JDBC, too.
   *
   * @param question what to do in a session, until the deadline it is given
   */
  <T> T ask(Cell cell, Deadline deadline, BiFunction<StatelessSession, Deadline, T> question)
      throws StoreUnavailableException {
    return read(
        cell,
        deadline,
        (connection, left) ->
            inSession(connection, left, session -> question.apply(session, left)));
  }

  /** Ends a transaction without effect; if that fails, it hides nothing that failed before. */
  static void rollBack(Transaction transaction) {
    try {
      if (transaction.isActive()) {
        transaction.rollback();
      }
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the server itself rolls back what was lost", e);
    }
  }

  private static String verb(SQLException failure) {
    if (failure instanceof AwayException) {
      return " does not answer: ";
    }
    return CellPool.OUT_OF_TIME.equals(failure.getSQLState()) ? " is too busy: " : " refuses: ";
  }

  private <T> T inSession(
      Connection connection, Deadline deadline, Function<StatelessSession, T> question)
      throws SQLException {
    UnaryOperator<String> inTime = sql -> within(deadline, connection, sql);
    try (StatelessSession session =
        sessions
            .withStatelessOptions()
            .connection(connection)
            .statementInspector(inTime)
            .openStatelessSession()) {
      return question.apply(session);
    } catch (PersistenceException e) {
      throw refusal(e).orElseThrow(() -> e);
    }
  }

  /** What the database said, which JPA's exceptions for locks and deadlocks hide. */
  static Optional<SQLException> refusal(PersistenceException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }

  /** Each statement gets what those before it left of the time. */
  private static String within(Deadline deadline, Connection connection, String sql) {
    try {
      connection.setNetworkTimeout(Runnable::run, deadline.leftMillis());
      return sql;
    } catch (SQLException e) {
      throw new JDBCConnectionException("before a statement", e, sql);
    }
  }

  /**
   * The ways to the cells where instances run; cell0 is none. A cell that cannot be asked is there
   * too, and fails when asked.
   */
  Map<String, CellConnections.Way> connections(Deadline deadline) throws SQLException {
    try {
      Map<String, CellConnections.Way> ways = new LinkedHashMap<>();
      for (Cell cell : cells.all(deadline)) {
        if (!cell.isCell0()) {
          ways.put(cell.label(), pools.to(cell));
        }
      }
      return ways;
    } catch (StoreUnavailableException e) {
      throw e.getCause() instanceof SQLException cause
          ? cause
          : new SQLException(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    sessions.close();
    pools.close();
  }

  private static SessionFactory sessions() {
    BootstrapServiceRegistryBuilder classes =
        new BootstrapServiceRegistryBuilder().applyClassLoader(NovaDatabase.class.getClassLoader());
    StandardServiceRegistry services =
        new StandardServiceRegistryBuilder(classes.build())
            .applySettings(SETTINGS)
            .addService(BytecodeProvider.class, new BytecodeProviderImpl())
            .enableAutoClose()
            .build();
    return new MetadataSources(services).buildMetadata().buildSessionFactory();
  }
}
