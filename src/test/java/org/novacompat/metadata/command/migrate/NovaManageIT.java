// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.migrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.command.serve.EmbeddedDatabase;
import org.novacompat.metadata.config.DatabaseUrl;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.nova.custommetadata.NovaCustomMetadata;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.NovaDatabaseSettings;
import org.novacompat.metadata.nova.database.PoolSettings;
import org.novacompat.metadata.nova.instances.NovaInstances;

/**
 * {@code nova-compat-migrate} and custom metadata on databases that a real nova-manage made, beside
 * what nova-manage and nova itself do to them.
 *
 * <p>Skipped where nova-manage is missing (Debian's package nova-common), unless the environment
 * has {@code NOVA_COMPAT_REQUIRE_CHAIN=1}: then that is a failure.
 */
class NovaManageIT {
  private static final String REQUIRED = "NOVA_COMPAT_REQUIRE_CHAIN";
  private static final Path NOVA_MANAGE = Path.of("/usr/bin/nova-manage");
  private static final Path MIGRATE =
      Path.of("target/nova-compat-metadata/bin/nova-compat-migrate").toAbsolutePath();
  private static final Path NOVA = Path.of("src/test/manage/instance.py").toAbsolutePath();

  private static final String API = "manage_api";
  private static final String CELL0 = "manage_cell0";
  private static final String CELL1 = "manage_cell1";
  private static final String OURS = "nova_compat_manage_cell1";
  private static final String PROJECT = "3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";

  private static final int DONE = 0;
  private static final int SOME_ROWS_ARCHIVED = 1;

  @TempDir private static Path folder;
  private static EmbeddedDatabase server;
  private static Connection administrator;
  private static NovaDatabase database;
  private static NovaCustomMetadata metadata;

  @BeforeAll
  static void letNovaManageMakeItsDatabases() throws Exception {
    if (!Files.isExecutable(NOVA_MANAGE)) {
      String lack = NOVA_MANAGE + " is missing (Debian's package nova-common)";
      if ("1".equals(System.getenv(REQUIRED))) {
        fail(REQUIRED + " is set, but " + lack);
      }
      System.err.println("NovaManageIT is skipped: " + lack);
      abort(lack);
    }
    server = EmbeddedDatabase.start(Path.of("target", "mariadb"));
    administrator =
        DriverManager.getConnection(
            "jdbc:mariadb://127.0.0.1:" + server.port() + "/?allowMultiQueries=true",
            server.user(),
            server.password());
    for (String name : List.of(API, CELL0, CELL1)) {
      server.createDatabase(name);
      sql("DROP DATABASE IF EXISTS nova_compat_" + name);
    }
    conf(server.connection(API), server.connection(CELL1));
    manage(DONE, "api_db", "sync");
    manage(DONE, "cell_v2", "map_cell0", "--database_connection", server.connection(CELL0));
    manage(
        DONE,
        "cell_v2",
        "create_cell",
        "--name",
        "cell1",
        "--transport-url",
        "fake://",
        "--database_connection",
        server.connection(CELL1));
    manage(DONE, "db", "sync");
    migrate(DONE, "up");
    PoolSettings pool = new PoolSettings(5, 5, Duration.ofSeconds(30), Duration.ofHours(1));
    database =
        NovaDatabase.open(
            new NovaDatabaseSettings(
                Optional.of(DatabaseUrl.parse(server.connection(API))),
                pool,
                DatabaseUrl.parse(server.connection(CELL0)),
                pool,
                false));
    metadata = new NovaCustomMetadata(database, 128);
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      if (database != null) {
        database.close();
      }
      administrator.close();
      server.close();
    }
  }

  @Test
  void novaAndWeSeeEachOthersStrings() throws Exception {
    String instance = create();
    metadata.merge(of(instance), Map.of("text", "\"ours\"", "object", "{\"a\": 1}"));
    assertEquals("{\"text\": \"ours\"}", nova("show", instance));
    nova("set", instance, "theirs", "nova's");
    assertEquals(
        Map.of("text", "\"ours\"", "theirs", "\"nova's\"", "object", "{\"a\": 1}"),
        metadata.read(of(instance)));

    nova("set", instance, "object", "now a string");
    assertEquals("\"now a string\"", metadata.read(of(instance)).get("object"));
    metadata.merge(of(instance), Map.of("object", "[2]", "text", "3"));
    assertEquals("{\"theirs\": \"nova's\"}", nova("show", instance));
    nova("unset", instance, "theirs");
    assertEquals(Map.of("object", "[2]", "text", "3"), metadata.read(of(instance)));
    metadata.replace(of(instance), Map.of("text", "\"back\""));
    assertEquals("{\"text\": \"back\"}", nova("show", instance));

    Instance guest = new NovaInstances(database).load(instance).orElseThrow();
    assertEquals(Map.of("text", Optional.of("back")), guest.metadata());
    assertEquals(Map.of(), guest.customMetadata());
  }

  @Test
  void syncingAgainLeavesOursAsItIs() throws Exception {
    String instance = create();
    metadata.merge(of(instance), Map.of("object", "{\"a\": 1}"));
    String before = ours();
    manage(DONE, "db", "sync");
    manage(DONE, "api_db", "sync");
    assertEquals(before, ours());
    assertEquals("{\"a\": 1}", metadata.read(of(instance)).get("object"));
    assertTrue(migrate(DONE, "status").contains("at version 2 of 2"));
  }

  @Test
  void archivingAndPurgingWorkAndTouchNothingOfOurs() throws Exception {
    String living = create();
    String dead = create();
    for (String instance : List.of(living, dead)) {
      metadata.merge(of(instance), Map.of("text", "\"t\"", "object", "{\"a\": 1}"));
    }
    metadata.merge(of(living), Map.of("text", "[\"moved\"]"));
    nova("destroy", dead);
    String before = ours();
    Map<String, String> values = metadata.read(of(living));

    String told = manage(SOME_ROWS_ARCHIVED, "db", "archive_deleted_rows", "--verbose");
    assertTrue(told.contains("instance_metadata"), told);
    assertEquals("0", one("SELECT COUNT(*) FROM instances WHERE uuid = '" + dead + "'"));
    manage(DONE, "db", "purge", "--all", "--verbose");
    manage(DONE, "db", "archive_deleted_rows", "--purge", "--until-complete", "--all-cells");
    assertEquals("0", one("SELECT COUNT(*) FROM shadow_instance_metadata"));

    assertEquals(before, ours());
    assertEquals(values, metadata.read(of(living)));
    assertEquals(1, rowsOf(dead));
    assertTrue(migrate(DONE, "purge").contains(" rows removed"));
    assertEquals(0, rowsOf(dead));
    assertEquals(values, metadata.read(of(living)));
    assertTrue(migrate(DONE, "status").contains(", 0 rows to purge"));
  }

  /** Why our table has a database of its own. */
  @Test
  void archivingFailsAtATableThatNovaDoesNotKnow() throws Exception {
    sql("CREATE TABLE manage_cell1.nova_compat_table (id int PRIMARY KEY)");
    try {
      assertTrue(manage(255, "db", "archive_deleted_rows").contains("KeyError"));
    } finally {
      sql("DROP TABLE manage_cell1.nova_compat_table");
    }
  }

  @Test
  void goingDownLeavesNothingAndLosesNothingUnasked() throws Exception {
    String instance = create();
    metadata.merge(of(instance), Map.of("text", "\"t\"", "object", "{}"));
    assertTrue(migrate(1, "down").contains("--discard-values"));
    assertEquals("{}", metadata.read(of(instance)).get("object"));
    migrate(DONE, "down", "--discard-values");
    assertEquals("", all("SHOW DATABASES LIKE 'nova\\_compat\\_manage%'"));
    assertEquals("", all("SHOW FULL TABLES IN manage_cell1 WHERE Table_type <> 'BASE TABLE'"));
    assertEquals(Map.of("text", "\"t\""), metadata.read(of(instance)));
    assertTrue(migrate(1, "status").contains("at version 0 of 2"));
    migrate(DONE, "down");

    migrate(DONE, "up");
    metadata.merge(of(instance), Map.of("object", "[]"));
    migrate(DONE, "down", "--to", "1");
    assertEquals("", all("SHOW TABLES IN " + OURS + " LIKE 'seen%'"));
    assertTrue(migrate(1, "status").contains("at version 1 of 2"));
    migrate(DONE, "up");
    assertEquals("[]", metadata.read(of(instance)).get("object"));
    assertTrue(migrate(DONE, "up").contains("at version 2, as it was"));
  }

  @Test
  void aCellThatWasRestoredWithoutOurViewGetsItAgain() throws Exception {
    String instance = create();
    metadata.merge(of(instance), Map.of("object", "{}"));
    sql("DROP VIEW manage_cell1.nova_compat_custom_metadata");
    assertFalse(metadata.read(of(instance)).containsKey("object"));
    assertTrue(migrate(1, "status").contains("at version 0 of 2"));
    migrate(DONE, "up");
    assertEquals("{}", metadata.read(of(instance)).get("object"));
  }

  @Test
  void severalAtOnceDoNotDisturbEachOther() throws Exception {
    migrate(DONE, "down", "--discard-values");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start(folder.resolve("up" + i), MIGRATE, "up", "--config-file", file()));
    }
    for (int i = 0; i < processes.size(); i++) {
      assertEquals(0, processes.get(i).waitFor(), Files.readString(folder.resolve("up" + i)));
    }
    assertEquals(
        "1 custom-metadata\n2 seen-requests",
        all("SELECT version, name FROM " + OURS + ".migrate_version"));
  }

  @Test
  void aUserWhoMayNotMakeADatabaseIsToldWhatAllowsIt() throws Exception {
    server.createDatabase("manage_far");
    server.apply(Path.of("migrations/nova/cell.sql"), "manage_far");
    sql("CREATE OR REPLACE USER limited@'127.0.0.1' IDENTIFIED BY 'x'");
    sql("GRANT ALL ON manage_far.* TO limited@'127.0.0.1'");
    Path conf =
        Files.writeString(
            folder.resolve("limited.conf"),
            "[database]\nconnection = mysql+pymysql://limited:x@127.0.0.1:%d/manage_far\n"
                .formatted(server.port()));
    String told = run(1, MIGRATE, "up", "--config-file", conf.toString());
    String grant = "GRANT ALL PRIVILEGES ON `nova\\_compat\\_%`.* TO 'limited'@'127.0.0.1';";
    assertTrue(told.strip().endsWith(grant), told);
    sql(grant);
    run(DONE, MIGRATE, "up", "--config-file", conf.toString());
    run(DONE, MIGRATE, "down", "--config-file", conf.toString());
    run(DONE, MIGRATE, "up", "--config-file", conf.toString());
    run(DONE, MIGRATE, "down", "--config-file", conf.toString());
  }

  @Test
  void aCellThatDoesNotAnswerDoesNotKeepTheOthersFromIt() throws Exception {
    sql(
        "INSERT INTO manage_api.cell_mappings (uuid, name, transport_url, database_connection)"
            + " VALUES ('dead', 'dead', 'fake://', 'mysql+pymysql://u:secret@127.0.0.1:1/nova')");
    try {
      String told = migrate(1, "status");
      assertTrue(told.contains("cell dead(dead): "), told);
      assertTrue(told.contains("(cell1): at version 2 of 2"), told);
      assertFalse(told.contains("secret"), told);
    } finally {
      sql("DELETE FROM manage_api.cell_mappings WHERE uuid = 'dead'");
    }
  }

  @Test
  void explainsItself() throws Exception {
    String help = run(DONE, MIGRATE, "--help");
    for (String word : List.of("up", "down", "status", "purge", "GRANT", "Exit status")) {
      assertTrue(help.contains(word), help);
    }
    assertTrue(run(DONE, MIGRATE, "--version").startsWith("nova-compat metadata "));
    assertTrue(run(2, MIGRATE, "sideways").contains("sideways"));
    Path wrong = Files.writeString(folder.resolve("wrong.conf"), "[database]\nconnection = x\n");
    String complaint = run(1, MIGRATE, "up", "--config-file", wrong.toString());
    assertTrue(complaint.startsWith(wrong + ":2: [database] connection: "), complaint);
  }

  private static String create() throws Exception {
    String instance = UUID.randomUUID().toString();
    nova("create", instance, PROJECT);
    return instance;
  }

  private static CustomMetadataTarget of(String instance) {
    return new CustomMetadataTarget(instance, Set.of(PROJECT), Optional.of("nova"));
  }

  /** What our database holds, rows and all. */
  private static String ours() throws Exception {
    return all("SHOW FULL TABLES IN " + OURS)
        + all("SHOW CREATE TABLE " + OURS + ".custom_metadata")
        + all("SELECT * FROM manage_cell1.nova_compat_custom_metadata ORDER BY id")
        + all("SELECT * FROM " + OURS + ".migrate_version");
  }

  private static int rowsOf(String instance) throws Exception {
    return Integer.parseInt(
        one(
            "SELECT COUNT(*) FROM nova_compat_custom_metadata WHERE instance_uuid = '"
                + (instance + "'")));
  }

  private static String one(String question) throws Exception {
    sql("USE " + CELL1);
    return all(question);
  }

  private static String all(String question) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Statement statement = administrator.createStatement();
        ResultSet result = statement.executeQuery(question)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join(" ", row.stream().map(String::valueOf).toList()));
      }
    }
    return String.join("\n", rows);
  }

  private static void sql(String statement) throws Exception {
    try (Statement direct = administrator.createStatement()) {
      direct.execute(statement);
    }
  }

  private static void conf(String api, String cell) throws Exception {
    Files.writeString(
        Path.of(file()),
        """
        [DEFAULT]
        transport_url = fake://
        state_path = %1$s
        log_file = %1$s/nova-manage.log
        [oslo_concurrency]
        lock_path = %1$s
        [api_database]
        connection = %2$s
        [database]
        connection = %3$s
        """
            .formatted(folder, api, cell));
  }

  private static String file() {
    return folder.resolve("nova.conf").toString();
  }

  private static String manage(int status, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("--config-file", file()));
    words.addAll(List.of(arguments));
    return run(status, NOVA_MANAGE, words.toArray(String[]::new));
  }

  private static String nova(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(NOVA.toString(), file()));
    words.addAll(List.of(arguments));
    String told = run(DONE, Path.of("/usr/bin/python3"), words.toArray(String[]::new)).strip();
    return told.substring(told.lastIndexOf('\n') + 1);
  }

  private static String migrate(int status, String command, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of(command, "--config-file", file()));
    words.addAll(List.of(options));
    return run(status, MIGRATE, words.toArray(String[]::new));
  }

  private static String run(int status, Path command, String... arguments) throws Exception {
    Path output = Files.createTempFile(folder, "command", ".out");
    Process process = start(output, command, arguments);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it does not end");
    String told = Files.readString(output);
    assertEquals(status, process.exitValue(), command + " " + List.of(arguments) + "\n" + told);
    return told;
  }

  private static Process start(Path output, Path command, String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of(command.toString()));
    words.addAll(List.of(arguments));
    return new ProcessBuilder(words)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }
}
