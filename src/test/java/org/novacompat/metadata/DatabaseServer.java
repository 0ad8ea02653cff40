// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;

/**
 * A MariaDB server that comes and goes: always on the same port and with the same data, whatever is
 * done to its process. Anybody may log in.
 */
final class DatabaseServer implements AutoCloseable {
  private static final Path EMBEDDED = Path.of("target", "mariadb-integration").toAbsolutePath();
  private static final Path HOME = EMBEDDED.resolve("server");
  private static final Path COMMAND = HOME.resolve("bin/mariadbd");
  private static final Duration LONGEST_START = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private final List<String> options;
  private Process process;

  private DatabaseServer(Path folder, int port, List<String> options) {
    this.folder = folder;
    this.port = port;
    this.options = options;
  }

  /** Makes a server in a folder that is not there yet, and starts it. */
  static DatabaseServer create(Path folder) throws IOException, InterruptedException {
    // no key has to be made for a test
    return create(folder, "--ssl=0");
  }

  /** The same with options of the server's. */
  static DatabaseServer create(Path folder, String... options)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(COMMAND)) {
      EmbeddedDatabase.start(EMBEDDED).close(); // unpacks it
    }
    Files.createDirectory(folder);
    DatabaseServer server = new DatabaseServer(folder, RunningService.freePort(), List.of(options));
    server.makeSystemTables();
    server.start();
    return server;
  }

  void start() throws IOException, InterruptedException {
    process =
        launch(
            "--port=" + port,
            "--bind-address=127.0.0.1",
            "--socket=" + folder.resolve("s"),
            "--skip-name-resolve",
            "--skip-grant-tables");
    awaitAnswers();
  }

  /** Shuts it down and waits until it has gone. */
  void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Ends it without a warning. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Has the operating system stop it in the middle of whatever it does. */
  void freeze() throws IOException, InterruptedException {
    run("kill", "-STOP", String.valueOf(process.pid()));
  }

  void thaw() throws IOException, InterruptedException {
    run("kill", "-CONT", String.valueOf(process.pid()));
  }

  /** What this machine lacks to have packets dropped, in words for humans; empty when nothing. */
  static Optional<String> lackOfAFirewall() throws InterruptedException {
    try {
      run("nft", "list", "tables");
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of("nft does not work here: " + e.getMessage());
    }
  }

  /** Drops every packet to and from it. */
  void cutOff() throws IOException, InterruptedException {
    String chain = "add chain inet " + table() + " c { type filter hook input priority 0; }";
    String rule = "add rule inet " + table() + " c tcp %s " + port + " drop";
    run(
        "nft",
        "add table inet %s; %s; %s; %s"
            .formatted(table(), chain, rule.formatted("dport"), rule.formatted("sport")));
  }

  void connectAgain() throws IOException, InterruptedException {
    run("nft", "delete table inet " + table());
  }

  private String table() {
    return "nova_compat_test_" + port;
  }

  int port() {
    return port;
  }

  /** The address of a database as nova.conf has it. */
  String connection(String database) {
    return "mysql+pymysql://nova:any@127.0.0.1:%d/%s?charset=utf8".formatted(port, database);
  }

  /** The same for JDBC. */
  String jdbc(String database) {
    return "jdbc:mariadb://127.0.0.1:%d/%s?user=nova&password=any&sslMode=disable&allowMultiQueries=true"
        .formatted(port, database);
  }

  void createDatabase(String name, Path tables) throws SQLException, IOException {
    execute("", "CREATE DATABASE " + name + " CHARACTER SET utf8mb3");
    execute(name, Files.readString(tables));
  }

  void execute(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(jdbc(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void makeSystemTables() throws IOException, InterruptedException {
    Process bootstrap = launch("--bootstrap");
    try (OutputStream sql = bootstrap.getOutputStream()) {
      sql.write("CREATE DATABASE mysql;\nUSE mysql;\n".getBytes(StandardCharsets.UTF_8));
      Files.copy(HOME.resolve("share/mariadb_system_tables.sql"), sql);
    }
    if (bootstrap.waitFor() != 0) {
      throw new IOException("no system tables: " + log());
    }
  }

  private Process launch(String... more) throws IOException {
    List<String> command = new ArrayList<>(List.of(COMMAND.toString(), "--no-defaults"));
    command.add("--basedir=" + HOME);
    command.add("--datadir=" + folder);
    command.add("--innodb-log-file-size=8M");
    command.add("--innodb-buffer-pool-size=32M");
    if ("root".equals(System.getProperty("user.name"))) {
      command.add("--user=root");
    }
    command.addAll(List.of(more));
    command.addAll(options);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
        .start();
  }

  private Path log() {
    return folder.resolveSibling(folder.getFileName() + ".log");
  }

  private void awaitAnswers() throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (!listens()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("MariaDB does not start:\n" + Files.readString(log()));
      }
      Thread.sleep(20);
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + told.strip());
    }
  }

  @Override
  public void close() {
    kill();
  }
}
