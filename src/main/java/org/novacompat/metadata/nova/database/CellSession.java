// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hibernate.HibernateException;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;

/**
 * Runs statements on one database, each of which gets what those before it have left of the time. A
 * statement commits by itself but in {@link #inTransaction}, which is Hibernate's. Used by one
 * thread.
 */
public final class CellSession {
  private final Cell cell;
  private final Connection connection;
  private final Deadline deadline;
  private final SessionFactory transactions;
  private boolean changed;

  /**
   * What is done in a session.
   *
   * @param <T> its result
   * @param <E> how it fails beside for the database
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /**
     * Does it; again from the start where the database asks for that.
     *
     * @throws SQLException when the database does not answer in time, or refuses
     */
    T in(CellSession session) throws SQLException, E;
  }

  CellSession(Cell cell, Connection connection, Deadline deadline, SessionFactory transactions) {
    this.cell = cell;
    this.connection = connection;
    this.deadline = deadline;
    this.transactions = transactions;
  }

  /** Until when its statements must be done. */
  public Deadline deadline() {
    return deadline;
  }

  /** The database that is asked. */
  public Cell cell() {
    return cell;
  }

  /**
   * Reads rows.
   *
   * @param parameters the statement's, by name
   * @return the rows, in a list of the caller's own
   */
  public <R extends Record> List<R> list(Query<R> query, Map<String, ?> parameters)
      throws SQLException {
    prepareForNext();
    try (PreparedStatement statement = query.sql().prepare(connection, parameters);
        ResultSet rows = statement.executeQuery()) {
      return query.read(rows);
    }
  }

  /**
   * Changes rows.
   *
   * @param parameters the statement's, by name
   * @return how many were changed
   */
  public int change(Sql statement, Map<String, ?> parameters) throws SQLException {
    changed = true;
    prepareForNext();
    try (PreparedStatement prepared = statement.prepare(connection, parameters)) {
      return prepared.executeUpdate();
    }
  }

  /** Sets a variable of the connection, or the like. */
  public void execute(Sql statement) throws SQLException {
    prepareForNext();
    try (PreparedStatement prepared = statement.prepare(connection, Map.of())) {
      prepared.execute();
    }
  }

  /** Does work in a transaction, which is rolled back where the work fails. */
  public <T, E extends Exception> T inTransaction(Work<T, E> work) throws SQLException, E {
    return inTransaction(result -> true, work);
  }

  /**
   * Does work in a transaction.
   *
   * @param commits whether a result is to be committed; otherwise, and where the work fails, the
   *     transaction is rolled back
   */
  public <T, E extends Exception> T inTransaction(Predicate<T> commits, Work<T, E> work)
      throws SQLException, E {
    changed = true;
    prepareForNext();
    try (StatelessSession session = transactions.openStatelessSession(connection)) {
      Transaction transaction = session.beginTransaction();
      try {
        T result = work.in(this);
        if (commits.test(result)) {
          prepareForNext();
          transaction.commit();
        }
        return result;
      } finally {
        rollBack(transaction);
      }
    } catch (HibernateException e) {
      throw refusal(e);
    }
  }

  /** Whether anything may have been changed, so that the work is not to be repeated blindly. */
  boolean hasChanged() {
    return changed;
  }

  private void prepareForNext() throws SQLException {
    connection.setNetworkTimeout(Runnable::run, deadline.leftMillis());
  }

  /** A failure here hides none before; the server itself rolls back what was lost. */
  private static void rollBack(Transaction transaction) {
    try {
      if (transaction.isActive()) {
        transaction.rollback();
      }
    } catch (RuntimeException e) {
      System.getLogger(CellSession.class.getName())
          .log(System.Logger.Level.DEBUG, "a transaction cannot be rolled back", e);
    }
  }

  /** What the database said, which Hibernate's exceptions hide. */
  private static SQLException refusal(HibernateException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst()
        .orElseThrow(() -> failure);
  }
}
