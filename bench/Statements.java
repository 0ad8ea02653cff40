// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a cold request costs at least: runs its statements on bare JDBC, in several threads that
 * each have a connection of their own to every database, and reads every column of every row.
 * Prints its findings as one line of JSON.
 */
public final class Statements {
  private static final long SECOND = 1_000_000_000L;

  /** As the service has its connections. */
  private static final String OPTIONS =
      "&sslMode=disable&useServerPrepStmts=true&prepStmtCacheSize=16";

  private Statements() {}

  /** A statement of a request, with the instance's UUID for each of its parameters. */
  private record Step(String database, String sql) {}

  /**
   * Runs the command.
   *
   * @param arguments a file of statements ({@code JDBC URL}, tab, SQL), a file of instances whose
   *     first column is the UUID, the number of threads, seconds to leave out of account, seconds
   *     to count
   * @throws IOException when a file cannot be read
   * @throws InterruptedException when it is interrupted
   * @throws ExecutionException when a statement fails
   */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    List<Step> steps =
        Files.readAllLines(Path.of(arguments[0])).stream()
            .map(line -> line.split("\t", 2))
            .map(parts -> new Step(parts[0] + OPTIONS, parts[1]))
            .toList();
    List<String> instances =
        Files.readAllLines(Path.of(arguments[1])).stream()
            .map(line -> line.split("\t")[0])
            .toList();
    int threads = Integer.parseInt(arguments[2]);
    long from = System.nanoTime() + SECOND * Integer.parseInt(arguments[3]);
    long until = from + SECOND * Integer.parseInt(arguments[4]);
    ExecutorService guests = Executors.newFixedThreadPool(threads);
    List<Future<long[]>> found = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int first = i * instances.size() / threads;
      found.add(guests.submit(() -> ask(steps, instances, first, from, until)));
    }
    List<long[]> nanos = new ArrayList<>();
    for (Future<long[]> each : found) {
      nanos.add(each.get());
    }
    guests.shutdown();
    report(nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray(), (until - from) / 1e9);
  }

  /** How long each request took that began while it counts. */
  private static long[] ask(
      List<Step> steps, List<String> instances, int first, long from, long until)
      throws SQLException {
    Map<String, Connection> connections = new LinkedHashMap<>();
    try {
      for (Step step : steps) {
        if (!connections.containsKey(step.database)) {
          connections.put(step.database, DriverManager.getConnection(step.database));
        }
      }
      long[] nanos = new long[1 << 12];
      int count = 0;
      int next = first;
      for (long begun = System.nanoTime(); begun < until; begun = System.nanoTime()) {
        for (Step step : steps) {
          run(connections.get(step.database), step.sql, instances.get(next));
        }
        next = (next + 1) % instances.size();
        if (begun >= from) {
          nanos = count == nanos.length ? Arrays.copyOf(nanos, 2 * count) : nanos;
          nanos[count++] = System.nanoTime() - begun;
        }
      }
      return Arrays.copyOf(nanos, count);
    } finally {
      for (Connection connection : connections.values()) {
        connection.close();
      }
    }
  }

  private static void run(Connection connection, String sql, String instance) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 1; i <= sql.chars().filter(c -> c == '?').count(); i++) {
        statement.setString(i, instance);
      }
      try (ResultSet rows = statement.executeQuery()) {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
          for (int i = 1; i <= columns; i++) {
            rows.getString(i);
          }
        }
      }
    }
  }

  private static void report(long[] nanos, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "{\"requests\": %d, \"rps\": %.1f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"errors\": 0}%n",
        nanos.length,
        nanos.length / seconds,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6);
  }
}
