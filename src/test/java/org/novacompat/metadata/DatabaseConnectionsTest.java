// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.config.ConnectionOptions;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.config.DriverOptions;
import org.novacompat.metadata.connector.Connector;
import org.novacompat.metadata.fixture.DatabaseServer;
import org.novacompat.metadata.fixture.SelfSigned;

/** What reaches a server that has TLS and a certificate for 127.0.0.1. */
class DatabaseConnectionsTest {
  @TempDir private static Path folder;
  private static SelfSigned certificate;
  private static DatabaseServer server;

  @BeforeAll
  static void start() throws Exception {
    certificate = SelfSigned.make(folder);
    server =
        DatabaseServer.create(
            folder.resolve("data"),
            "--ssl-ca=" + certificate.certificate(),
            "--ssl-cert=" + certificate.certificate(),
            "--ssl-key=" + certificate.key());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl_ca=${file}",
        "ssl_capath=${folder}",
        "ssl_ca=${file}&ssl_capath=${folder}",
        "ssl_ca=${file}&ssl_verify_cert=true&ssl_verify_identity=true",
        "ssl_verify_cert=false",
        "ssl_mode=REQUIRED",
        "ssl_mode=VERIFY_IDENTITY&ssl_ca=${file}",
        "ssl_cert=${file}&ssl_key=${key}"
      })
  void connectionIsEncryptedWhereTheServerIsTheRightOne(String parameters) throws Exception {
    assertFalse(asked(parameters, "SHOW STATUS LIKE 'Ssl_cipher'").isEmpty());
  }

  @Test
  void connectionIsPlainUnlessTheUrlSaysOtherwise() throws Exception {
    assertEquals("", asked("charset=utf8", "SHOW STATUS LIKE 'Ssl_cipher'"));
  }

  /** No authority of any system vouches for a certificate that a test has made. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ssl_verify_cert=true",
        "ssl_verify_identity=true",
        "ssl_mode=VERIFY_CA",
        "ssl_mode=VERIFY_IDENTITY"
      })
  void serverThatTheSystemDoesNotVouchForIsRefused(String parameters) {
    SQLException refusal =
        assertThrows(SQLException.class, () -> asked(parameters, "SELECT 1"), parameters);
    assertTrue(refusal.getMessage().contains("PKIX"), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "ssl_ca=/no/such.pem, 'The authorities in [/no/such.pem] are unusable: no such file'",
    "ssl_ca=${key}, no certificate in ${key}",
    "ssl_capath=${empty}, no certificate in ${empty}"
  })
  void authoritiesThatAreNoneAreNamed(String parameters, String sentence) throws Exception {
    SQLException refusal = assertThrows(SQLException.class, () -> asked(parameters, "SELECT 1"));
    assertTrue(refusal.getMessage().contains(filled(sentence)), refusal.getMessage());
  }

  @Test
  void sqlModeIsOslosUnlessNovaConfSaysOtherwise() throws Exception {
    String mode = asked(ConnectionOptions.DEFAULTS, "", "SELECT @@sql_mode");
    assertTrue(mode.contains("TRADITIONAL"), mode);
    String own = asked(options("", null, ""), "", "SELECT @@sql_mode");
    assertTrue(own.contains("STRICT_TRANS_TABLES") && !own.contains("TRADITIONAL"), own);
    assertEquals(
        "ANSI_QUOTES,STRICT_ALL_TABLES",
        asked(options("STRICT_ALL_TABLES,ANSI_QUOTES", null, ""), "", "SELECT @@sql_mode"));
    assertEquals(
        "ANSI_QUOTES", asked(options("", null, ""), "sql_mode=ANSI_QUOTES", "SELECT @@sql_mode"));
  }

  @Test
  void serverThatDoesNotTakeAModeOrVariableIsToldWithTheOptionsToLookAt() {
    SQLException refusal =
        assertThrows(
            SQLException.class, () -> asked(options("TRADITINAL", null, ""), "", "SELECT 1"));
    assertTrue(refusal.getMessage().contains("TRADITINAL"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("mysql_sql_mode"), refusal.getMessage());

    ConnectionOptions unknown = options("", null, "sessionVariables=no_such_variable=1");
    refusal = assertThrows(SQLException.class, () -> asked(unknown, "", "SELECT 1"));
    assertTrue(refusal.getMessage().contains("no_such_variable"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("mysql_wsrep_sync_wait"), refusal.getMessage());
  }

  @Test
  void wsrepSyncWaitIsSetOnEveryConnection() throws Exception {
    assertEquals("5", asked(options("TRADITIONAL", 5, ""), "", "SELECT @@session.wsrep_sync_wait"));
    assertEquals(
        "0", asked(options("TRADITIONAL", null, ""), "", "SELECT @@session.wsrep_sync_wait"));
  }

  @Test
  void driverOptionReachesTheServer() throws Exception {
    assertEquals(1, prepared(""));
    assertEquals(0, prepared("useServerPrepStmts=false"));
  }

  @Test
  void sessionVariablesOfTheOperatorsAreAdded() throws Exception {
    ConnectionOptions options = options("ANSI_QUOTES", 1, "sessionVariables=max_statement_time=3");
    assertEquals(
        "ANSI_QUOTES 1 3.000000",
        asked(
            options,
            "",
            "SELECT CONCAT(@@sql_mode, ' ', @@wsrep_sync_wait, ' ', @@max_statement_time)"));
  }

  @Test
  void initCommandOfTheUrlIsRun() throws Exception {
    assertEquals("7", asked("init_command=SET+@a%3D7", "SELECT @a"));
    assertEquals("?&b=/", asked("init_command=SET+@a%3D'?%26b=/'", "SELECT @a"));
  }

  @Test
  void parametersSayWhoLogsInWhere() throws Exception {
    DatabaseUrl plain = url("");
    String parameters =
        "mysql+pymysql:///?host=%s&port=%d&user=%s&passwd=%s&db=mysql"
            .formatted(
                plain.host().orElseThrow(),
                plain.port().orElseThrow(),
                plain.username().orElseThrow(),
                plain.password().orElse(""));
    Connector connector =
        new Connector(DatabaseUrl.parse(parameters), ConnectionOptions.DEFAULTS, Map.of());
    assertEquals(
        asked("", "SELECT CONCAT(@@port, USER(), DATABASE())"),
        answer(connector, "SELECT CONCAT(@@port, USER(), DATABASE())"));
  }

  @Test
  void connectionIsBoundWhereTheOptionFileSays() throws Exception {
    Path file = Files.writeString(folder.resolve("my.cnf"), "[client]\nbind-address=127.0.0.1\n");
    assertEquals("1", asked("read_default_file=" + file, "SELECT 1"));
    Files.writeString(file, "[client]\nbind-address=192.0.2.1\n");
    SQLException refusal =
        assertThrows(SQLException.class, () -> asked("read_default_file=" + file, "SELECT 1"));
    assertTrue(refusal.getMessage().contains("assign requested address"), refusal.getMessage());
  }

  @Test
  void optionFileIsReadAtEveryConnection() throws Exception {
    Path file = Files.writeString(folder.resolve("changing.cnf"), "[client]\n");
    Connector connector =
        new Connector(url("read_default_file=" + file), ConnectionOptions.DEFAULTS, Map.of());
    assertEquals("", answer(connector, "SHOW STATUS LIKE 'Ssl_cipher'"));
    Files.writeString(file, "[client]\nssl-ca = '" + certificate.certificate() + "'\n");
    assertFalse(answer(connector, "SHOW STATUS LIKE 'Ssl_cipher'").isEmpty());
    Files.writeString(file, "ssl-ca");
    SQLException refusal = assertThrows(SQLException.class, connector::connect);
    assertEquals(file + ":1: a line stands before the first group", refusal.getMessage());
  }

  private static long prepared(String driver) throws Exception {
    Map<String, String> ours = Map.of("useServerPrepStmts", "true");
    Connector connector = new Connector(url(""), options("TRADITIONAL", null, driver), ours);
    try (Connection connection = connector.connect();
        PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      statement.setInt(1, 1);
      statement.executeQuery();
      return Long.parseLong(answer(connection, "SHOW STATUS LIKE 'Com_stmt_prepare'"));
    }
  }

  private static ConnectionOptions options(String mode, Integer wait, String driver) {
    return new ConnectionOptions(
        Optional.of(mode).filter(text -> !text.isEmpty()),
        Optional.ofNullable(wait),
        driverOptions(driver));
  }

  private static DriverOptions driverOptions(String text) {
    return text.isEmpty()
        ? DriverOptions.NONE
        : new DriverOptions(Map.of(text.split("=", 2)[0], text.split("=", 2)[1]));
  }

  private static String asked(String parameters, String question) throws Exception {
    return asked(ConnectionOptions.DEFAULTS, parameters, question);
  }

  private static String asked(ConnectionOptions options, String parameters, String question)
      throws Exception {
    return answer(new Connector(url(parameters), options, Map.of()), question);
  }

  private static DatabaseUrl url(String parameters) throws Exception {
    return DatabaseUrl.parse(
        server.connection("mysql").replaceFirst("\\?.*", "?") + filled(parameters));
  }

  private static String filled(String text) throws Exception {
    return text.replace("${file}", certificate.certificate().toString())
        .replace("${key}", certificate.key().toString())
        .replace("${folder}", folder.toString())
        .replace("${empty}", Files.createDirectories(folder.resolve("empty")).toString());
  }

  private static String answer(Connector connector, String question) throws SQLException {
    try (Connection connection = connector.connect()) {
      return answer(connection, question);
    }
  }

  /** The last column of the only row. */
  private static String answer(Connection connection, String question) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(question)) {
      row.next();
      return row.getString(row.getMetaData().getColumnCount());
    }
  }
}
