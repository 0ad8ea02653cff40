// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** The ways to the cells' databases, for those who ask in plain SQL. */
@FunctionalInterface
interface CellConnections {
  /**
   * Lists the cells as they are known now.
   *
   * @return the way to each, by the name that an operator knows it by
   * @throws SQLException when it cannot be known now
   */
  Map<String, Way> now(Deadline deadline) throws SQLException;

  /** The way to one database. */
  @FunctionalInterface
  interface Way {
    /**
     * Borrows a connection; closing it gives it back.
     *
     * @return a connection
     * @throws SQLException when none is to be had in time
     */
    Connection connect(Deadline deadline) throws SQLException;

    /** Whether the database takes longer to answer than a guest may wait. */
    default boolean isSlow() {
      return false;
    }

    /** Until when it may take to answer what was to be answered by a deadline. */
    default Deadline extended(Deadline deadline) {
      return deadline;
    }

    /** Learns that a question failed after a time, and says what to make of it. */
    default SQLException judged(SQLException failure, Duration time) {
      return failure;
    }

    /**
     * Asks, and gives up at the deadline.
     *
     * @throws AwayException when the database does not answer
     * @throws SQLException when it refuses
     */
    default <T> T ask(Deadline deadline, Question<T> question) throws SQLException {
      long start = System.nanoTime();
      try (Connection connection = connect(deadline)) {
        connection.setNetworkTimeout(Runnable::run, deadline.leftMillis());
        return question.ask(connection);
      } catch (SQLException e) {
        throw judged(e, Duration.ofNanos(System.nanoTime() - start));
      }
    }
  }

  /** What to ask over a connection. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }
}
