// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import static java.util.Map.entry;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.SessionFactory;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.bytecode.internal.none.BytecodeProviderImpl;
import org.hibernate.bytecode.spi.BytecodeProvider;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.jdbc.connections.internal.UserSuppliedConnectionProviderImpl;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.database.CellSession.Work;

/**
 * Does work on databases, each of which has a pool of its own, so that an unavailable one takes no
 * connection from another.
 */
final class Databases implements AutoCloseable {
  /** As often nova tries when a deadlock costs it a transaction. */
  private static final int MAX_ATTEMPTS = 6;

  /** A start without a connection and without what is not used here; callers log errors. */
  private static final Map<String, Object> SETTINGS =
      Map.ofEntries(
          entry(AvailableSettings.CONNECTION_PROVIDER, new UserSuppliedConnectionProviderImpl()),
          entry(AvailableSettings.JAKARTA_HBM2DDL_DB_NAME, "MariaDB"),
          entry(AvailableSettings.ALLOW_METADATA_ON_BOOT, false),
          entry(AvailableSettings.LOG_JDBC_ERRORS, false),
          entry(AvailableSettings.LOG_JDBC_WARNINGS, false),
          entry(AvailableSettings.JAKARTA_VALIDATION_MODE, "none"),
          entry(AvailableSettings.XML_MAPPING_ENABLED, false),
          entry(AvailableSettings.USE_SECOND_LEVEL_CACHE, false),
          entry(AvailableSettings.USE_QUERY_CACHE, false));

  private final Map<String, CellPool> pools = new ConcurrentHashMap<>();
  private final SessionFactory transactions = transactions();

  /**
   * Sets where a database is. No connection is opened; where the database has moved, its old
   * connections are closed in the background.
   *
   * @throws SQLException when the driver does not take the URL
   */
  void register(Cell cell, DatabaseUrl url, PoolSettings settings) throws SQLException {
    CellPool known = pools.get(cell.tenant());
    if (known != null && known.leadsTo(url)) {
      return;
    }
    closeInBackground(pools.put(cell.tenant(), new CellPool(cell, url, settings)), cell.tenant());
  }

  /**
   * Closes the connections to other cells in the background.
   *
   * @param cells those that there are, beside {@link Cell#LOCAL} and {@link Cell#API}
   */
  void retainOnly(Collection<Cell> cells) {
    Set<String> kept =
        Stream.concat(cells.stream(), Stream.of(Cell.LOCAL, Cell.API))
            .map(Cell::tenant)
            .collect(Collectors.toSet());
    for (String tenant : pools.keySet()) {
      if (!kept.contains(tenant)) {
        closeInBackground(pools.remove(tenant), tenant);
      }
    }
  }

  private static void closeInBackground(CellPool pool, String tenant) {
    if (pool != null) {
      new Thread(pool::close, "closing " + tenant).start();
    }
  }

  /** Whether a database takes longer to answer than a guest may wait. */
  boolean isSlow(Cell cell) {
    CellPool pool = pools.get(cell.tenant());
    return pool != null && pool.isSlow();
  }

  /**
   * Does work on a database: again where it met a conflict, and once more where a connection was
   * lost before anything was changed.
   *
   * @param deadline until when an answer must be there
   * @return the work's result
   * @throws StoreUnavailableException when the database does not answer in time, or refuses
   * @throws E when the work fails otherwise
   */
  <T, E extends Exception> T on(Cell cell, Deadline deadline, Work<T, E> work)
      throws StoreUnavailableException, E {
    requireUsable(cell);
    for (int attempt = 1; ; attempt++) {
      Attempt<T, E> made = new Attempt<>(cell, deadline, work);
      try {
        return made.run();
      } catch (SQLException e) {
        if (deadline.isOver() || attempt == MAX_ATTEMPTS || !made.isWorthAnother(e, attempt)) {
          throw new StoreUnavailableException(cell.label() + verb(e) + e.getMessage(), e);
        }
        pause(attempt);
      } catch (PersistenceException e) {
        throw new StoreUnavailableException(cell.label() + " cannot be asked", e);
      }
    }
  }

  /** One attempt at a piece of work. */
  private final class Attempt<T, E extends Exception> {
    private final Cell cell;
    private final Deadline deadline;
    private final Work<T, E> work;
    private boolean hasChanged;

    Attempt(Cell cell, Deadline deadline, Work<T, E> work) {
      this.cell = cell;
      this.deadline = deadline;
      this.work = work;
    }

    T run() throws SQLException, StoreUnavailableException, E {
      CellPool pool = pools.get(cell.tenant());
      if (pool == null) {
        throw new SQLNonTransientConnectionException("no address is known", "08001");
      }
      return pool.ask(
          deadline,
          (connection, left) -> {
            CellSession session = new CellSession(cell, connection, left, transactions);
            try {
              return work.in(session);
            } finally {
              hasChanged = session.hasChanged();
            }
          });
    }

    boolean isWorthAnother(SQLException failure, int attempt) {
      boolean isLost =
          failure instanceof DatabaseUnavailableException away && away.isConnectionLoss();
      return SqlFailure.of(failure) == SqlFailure.CONFLICT || isLost && attempt == 1 && !hasChanged;
    }
  }

  private static void requireUsable(Cell cell) throws StoreUnavailableException {
    if (cell.flaw().isPresent()) {
      String flaw = cell.label() + ": " + cell.flaw().get();
      throw new StoreUnavailableException(flaw, new IllegalStateException(flaw));
    }
  }

  /** The first repetition comes at once. */
  private static void pause(int attempt) {
    if (attempt > 1) {
      try {
        Thread.sleep(ThreadLocalRandom.current().nextLong(TimeBudget.MAX_PAUSE.toMillis()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String verb(SQLException failure) {
    if (failure instanceof DatabaseUnavailableException) {
      return " does not answer: ";
    }
    return SqlFailure.of(failure) == SqlFailure.OUT_OF_TIME ? " is too busy: " : " refuses: ";
  }

  @Override
  public void close() {
    transactions.close();
    pools.values().forEach(CellPool::close);
  }

  private static SessionFactory transactions() {
    BootstrapServiceRegistryBuilder classes =
        new BootstrapServiceRegistryBuilder().applyClassLoader(Databases.class.getClassLoader());
    StandardServiceRegistry services =
        new StandardServiceRegistryBuilder(classes.build())
            .applySettings(SETTINGS)
            .addService(BytecodeProvider.class, new BytecodeProviderImpl())
            .enableAutoClose()
            .build();
    return new MetadataSources(services).buildMetadata().buildSessionFactory();
  }
}
