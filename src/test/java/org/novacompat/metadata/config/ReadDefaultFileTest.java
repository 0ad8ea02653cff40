// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;

/** Database URLs with {@code read_default_file}, as TripleO's and RHOSO's have it. */
class ReadDefaultFileTest {
  private static final String ALL =
      """
      [client]
      user = filed
      password = hunter2
      host = filed.example
      port = 3308
      database = filed
      ssl-ca = /etc/ipa/ca.crt
      default-character-set = latin1
      [other]
      bind-address = 192.0.2.7
      socket = /run/my.sock
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("my.cnf"), ALL);
  }

  @Test
  void fileSaysWhatTheUrlDoesNot() {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql:///?read_default_file=" + file);
    assertEquals(Optional.of("filed"), url.username());
    assertEquals(Optional.of("hunter2"), url.password());
    assertEquals(Optional.of("filed.example"), url.host());
    assertEquals(Optional.of(3308), url.port());
    assertEquals("filed", url.database());
    assertEquals("/etc/ipa/ca.crt", url.query().get("ssl_ca"));
    assertEquals("verify-full", url.driverOptions().get("sslMode"));
  }

  @Test
  void urlGoesBeforeTheFile() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "mysql+pymysql://nova:own@own:1/own?ssl_ca=/own.pem&read_default_file=" + file);
    assertEquals(Optional.of("nova"), url.username());
    assertEquals(Optional.of("own"), url.password());
    assertEquals(Optional.of("own"), url.host());
    assertEquals(Optional.of(1), url.port());
    assertEquals("own", url.database());
    assertEquals("/own.pem", url.query().get("ssl_ca"));
  }

  @Test
  void emptyPasswordIsNone() {
    assertEquals(
        Optional.of("hunter2"),
        DatabaseUrl.parse("mysql+pymysql://nova:@h/db?read_default_file=" + file).password());
  }

  @Test
  void groupIsTheOneThatTheUrlNames() {
    DatabaseUrl url =
        DatabaseUrl.parse(
            "mysql+pymysql://h/db?read_default_group=other&read_default_file=" + file);
    assertEquals(Optional.empty(), url.username());
    assertEquals(
        Map.of(
            "localSocket", "/run/my.sock", "sslMode", "disable", "allowPublicKeyRetrieval", "true"),
        url.driverOptions());
  }

  @Test
  void mysqlclientReadsTheGroupAfterTheClients() {
    DatabaseUrl url =
        DatabaseUrl.parse("mysql://h/db?read_default_group=other&read_default_file=" + file);
    assertEquals(Optional.of("filed"), url.username());
    assertEquals("192.0.2.7", url.driverOptions().get("localSocketAddress"));
    assertEquals(null, url.driverOptions().get("localSocket"), "it has a host");
  }

  @Test
  void mysqlclientFollowsItsLibrarysRules() throws Exception {
    Path more = Files.createDirectory(folder.resolve("conf.d"));
    Files.writeString(more.resolve("a.cnf"), "[client]\nssl_mode=VERIFY_CA\nuser='a'\n");
    Files.writeString(more.resolve("b.txt"), "[client]\nuser=b\n");
    Files.writeString(
        file, "user=nobody\n!includedir " + more + "\n[client]\nhost=h # mine\nhost=\"i\" # his\n");
    DatabaseUrl url = DatabaseUrl.parse("mysql+mysqldb:///db?read_default_file=" + file);
    assertEquals(Optional.of("a"), url.username());
    assertEquals(Optional.of("i"), url.host());
    assertEquals("verify-ca", url.driverOptions().get("sslMode"));
  }

  /** Judged by my_print_defaults. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      delimiter = '|',
      value = {
        "b\\\\s|b\\s",
        "x\\sy|x y",
        "t\\tx|t\tx",
        "x\\by|x\by",
        "\"p\\\"q\"|p\"q",
        "'p\\'q'|p'q",
        "p#q|p",
        "\"p#q\" # c|p#q",
        "c:\\q|c:\\q",
        "  x  |x",
        "\"x\" y|\"x\" y",
        "it's|it's",
        "'a\"b'|a\"b",
        "x\\#y|x\\",
        "abc\\|abc\\",
        "a'b#c'd|a'b#c'd",
        "\"x\"y\"|x\"y",
        "'abc|'abc",
        "\\\"q|\"q",
        "a \"b # c\" d # e|a \"b # c\" d",
        "a'b\\'c#d'|a'b'c#d'",
        "a\\\"b#d\"|a\"b#d\"",
        "'a\\\\' # x|a\\",
        "'a' 'b'|a' 'b",
        "\\sx\\s| x "
      })
  void mysqlclientUndoesEscapes(String written, String meant) throws Exception {
    assertPassword(meant, written);
  }

  @Test
  void mysqlclientUndoesEscapedLineEnds() throws Exception {
    assertPassword("x\ny\rz", "x\\ny\\rz");
  }

  private void assertPassword(String meant, String written) throws Exception {
    Files.writeString(file, "[CLIENT] # mine\npassword=" + written + "\n[ client ]\npassword=no\n");
    assertEquals(
        Optional.of(meant),
        DatabaseUrl.parse("mysql://h/db?read_default_group=ClienT&read_default_file=" + file)
            .password());
  }

  @Test
  void missingFileSaysNothing() {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql://u:p@h/db?read_default_file=/no/such");
    assertEquals("disable", url.driverOptions().get("sslMode"));
    assertEquals(List.of(), url.warnings());
  }

  @Test
  void fileThatCannotBeReadIsTold() {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql://u:p@h/db?read_default_file=" + folder);
    assertEquals(1, url.warnings().size());
    String warning = url.warnings().get(0);
    assertTrue(warning.startsWith("read_default_file " + folder + " cannot be read ("), warning);
  }

  @Test
  void wrongFileIsRefusedByItsNameAndLine() throws Exception {
    Files.writeString(file, "[client]\npassword=hunter2\npassword=hunter2\n");
    assertEquals(file + ":3: the option is there twice", refusal());
    Files.writeString(file, "[client]\nport=hunter2\n");
    assertEquals("the port in its option file is none", refusal());
    Files.write(file, new byte[] {'[', 'c', ']', '\n', (byte) 0xff});
    assertEquals(file + " is not text in UTF-8", refusal());
  }

  private String refusal() {
    return assertThrows(
            IllegalArgumentException.class,
            () -> DatabaseUrl.parse("mysql+pymysql://h/db?read_default_file=" + file))
        .getMessage();
  }

  @Test
  void itsSecretsAreNotShown() {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql://h/db?read_default_file=" + file);
    assertEquals("mysql+pymysql://filed:***@h:3308/db", url.toString());
    assertFalse(url.driverOptions().toString().contains("hunter2"));
  }

  @Test
  void connectionParametersAndTemplatesMayNameIt() {
    String parameters = "read_default_group=client&read_default_file=" + file;
    DatabaseUrl added = DatabaseUrl.parse("mysql+pymysql://h/db").withParameters(parameters);
    assertEquals(Optional.of("hunter2"), added.password());
    String filled =
        new CellUrlTemplate("mysql+pymysql://nova:own@h/db?" + parameters)
            .fill("mysql+pymysql://{username}@{hostname}/cell1?{query}");
    assertEquals(Optional.of("hunter2"), DatabaseUrl.parse(filled).password());
    assertEquals(Optional.of("nova"), DatabaseUrl.parse(filled).username());
  }

  @Test
  void wrongParametersAreRefusedByFileAndLine() throws Exception {
    Path conf =
        Files.writeString(
            folder.resolve("nova.conf"),
            """
            [database]
            connection = mysql+pymysql://h/db
            connection_parameters = read_default_file=%s
            """
                .formatted(file));
    Files.writeString(file, "password=hunter2");
    NovaConf read = NovaConf.load(List.of(conf), List.of(), Map.of());
    assertEquals(
        conf
            + ":3: [database] connection_parameters: with [database] connection, "
            + file
            + ":1: a line stands before the first group",
        assertThrows(
                InvalidConfigurationException.class,
                () -> DerivedOptions.database(read, Catalogue.DATABASE))
            .getMessage());
  }

  @Test
  void isReadAgain() throws Exception {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql://h/db?read_default_file=" + file);
    assertEquals(url, url.readAgain());
    Files.writeString(file, ALL.replace("hunter2", "hunter3"));
    assertEquals(Optional.of("hunter3"), url.readAgain().password());
  }
}
