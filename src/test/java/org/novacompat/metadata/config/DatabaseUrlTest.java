// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.Configuration;

/** The parts expected here are those that SQLAlchemy 1.4.46 finds in the same URLs. */
class DatabaseUrlTest {

  private static final String KEYS = "allowPublicKeyRetrieval=true";

  @Test
  void hasThePartsThatSqlalchemyFinds() {
    DatabaseUrl url =
        DatabaseUrl.parse("mysql+pymysql://nova:p%40ss%2Fw%25d@db.example:3307/nova?charset=utf8");
    assertEquals("mysql+pymysql", url.scheme());
    assertEquals(Optional.of("nova"), url.username());
    assertEquals(Optional.of("p@ss/w%d"), url.password());
    assertEquals(Optional.of("db.example"), url.host());
    assertEquals(Optional.of(3307), url.port());
    assertEquals("nova", url.database());
    assertEquals(Map.of("charset", "utf8"), url.query());
    assertEquals(Optional.empty(), url.fragment());
  }

  @ParameterizedTest
  @CsvSource({
    "mysql+pymysql://nova:a/b@h:33/db, a/b",
    "mysql://u:p#x@h/db, p#x",
    "mysql+pymysql://u:p?x@h/db, p?x",
    "mysql+pymysql://u:%zz+%C3%A9@h/db, %zz+é",
    "mysql+pymysql://u:@h/db, ''",
    "mysql+pymysql://:p@h/db, p"
  })
  void passwordIsDecodedAsSqlalchemyDoes(String url, String password) {
    assertEquals(Optional.of(password), DatabaseUrl.parse(url).password());
  }

  @Test
  void partsMayBeMissing() {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql:///db?unix_socket=/run/a%20b.sock");
    assertEquals(Optional.empty(), url.username());
    assertEquals(Optional.empty(), url.password());
    assertEquals(Optional.empty(), url.host());
    assertEquals(Optional.empty(), url.port());
    assertEquals(Map.of("unix_socket", "/run/a b.sock"), url.query());
  }

  @Test
  void queryIsDecodedAsSqlalchemyDoes() {
    assertEquals(
        Map.of("a", "2", "c", "x y;d=3"),
        DatabaseUrl.parse("mysql+pymysql://u:p@h/db?a=1&a=2&b=&c=x+y;d=3").query());
  }

  @Test
  void fragmentIsNoPartOfTheDatabase() {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql://u:p@h/db?a=1#f");
    assertEquals("db", url.database());
    assertEquals(Map.of("a", "1"), url.query());
    assertEquals(Optional.of("f"), url.fragment());
  }

  @ParameterizedTest
  @CsvSource({
    "mysql+pymysql://nova:x@h/db, jdbc:mariadb://h/db?sslMode=disable&",
    "mysql://nova:x@h:3307/db, jdbc:mariadb://h:3307/db?sslMode=disable&",
    "mysql+mysqldb://nova:x@h/db, jdbc:mariadb://h/db?sslMode=disable&",
    "mariadb+mariadbconnector://nova:x@h/db, jdbc:mariadb://h/db?sslMode=disable&",
    "mysql+pymysql://nova:x@[2001:db8::1]:3306/db, jdbc:mariadb://[2001:db8::1]:3306/db?sslMode=disable&",
    "mysql+pymysql://nova:x@[::1]/db?charset=utf8, jdbc:mariadb://[::1]/db?sslMode=disable&",
    "mysql+pymysql://nova:x@h/db?charset=utf8mb4&use_unicode=1, jdbc:mariadb://h/db?sslMode=disable&",
    "mysql:///db?unix_socket=/run/my.sock, jdbc:mariadb://localhost/db?localSocket=/run/my.sock&sslMode=disable&",
    "mysql://h/db?connect_timeout=5&read_timeout=7,"
        + " jdbc:mariadb://h/db?connectTimeout=5000&socketTimeout=7000&sslMode=disable&",
    "mysql://h/db?bind_address=192.0.2.7,"
        + " jdbc:mariadb://h/db?localSocketAddress=192.0.2.7&sslMode=disable&",
    "mysql://h/db?init_command=SET+a%3D1, jdbc:mariadb://h/db?initSql=SET a=1&sslMode=disable&",
    "mysql://h/db?ssl_ca=/ca.pem&ssl_cert=/c.pem&ssl_key=/k.pem,"
        + " jdbc:mariadb://h/db?sslMode=verify-full&tlsSocketType=nova-compat-pem&"
        + "pemAuthorities=/ca.pem&pemCertificate=/c.pem&pemKey=/k.pem&",
    "mysql://h/db?ssl_capath=/certs, jdbc:mariadb://h/db?sslMode=verify-full&"
        + "tlsSocketType=nova-compat-pem&pemAuthoritiesFolder=/certs&",
  })
  void jdbcUrlSaysTheSameToTheConnector(String url, String expected) throws Exception {
    String jdbc = jdbc(DatabaseUrl.parse(url));
    assertEquals(expected + KEYS, jdbc);
    assertNotNull(Configuration.parse(jdbc));
  }

  /** In doubt the check that the operator's words name is made, though PyMySQL leaves it out. */
  @ParameterizedTest
  @CsvSource({
    "'', disable",
    "ssl=false, disable",
    "ssl=true, trust",
    "ssl_cert=/c.pem, trust",
    "ssl_key=/c.pem, trust",
    "ssl_cipher=HIGH, trust",
    "ssl_check_hostname=true, trust",
    "ssl_check_hostname=false, trust",
    "ssl_ca=/a, verify-full",
    "ssl_ca=/a&ssl_check_hostname=false, verify-ca",
    "ssl_ca=/a&ssl_verify_identity=false, verify-ca",
    "ssl_ca=/a&ssl_verify_cert=true, verify-ca",
    "ssl_ca=/a&ssl_verify_cert=true&ssl_check_hostname=true, verify-full",
    "ssl_ca=/a&ssl_verify_cert=true&ssl_verify_identity=true, verify-full",
    "ssl_ca=/a&ssl_verify_cert=false, trust",
    "ssl_ca=/a&ssl_disabled=true, disable",
    "ssl_ca=/a&ssl_disabled=false, verify-full",
    "ssl_capath=/a, verify-full",
    "ssl_verify_cert=true, verify-ca",
    "ssl_verify_cert=1, verify-ca",
    "ssl_verify_cert=required, verify-ca",
    "ssl_verify_cert=none, trust",
    "ssl_verify_identity=true, verify-full",
    "ssl_verify_identity=false, trust",
    "ssl_mode=DISABLED&ssl_ca=/a, disable",
    "ssl_mode=PREFERRED, disable",
    "ssl_mode=required, trust",
    "ssl_mode=VERIFY_CA, verify-ca",
    "ssl_mode=VERIFY_CA&ssl_ca=/a, verify-ca",
    "ssl_mode=VERIFY_IDENTITY, verify-full"
  })
  void tlsIsAsTheParametersSay(String parameters, String mode) throws Exception {
    DatabaseUrl url = DatabaseUrl.parse("mysql+pymysql://u:p@h/db?" + parameters);
    assertEquals(mode, Configuration.parse(jdbc(url)).sslMode().getValue());
  }

  @Test
  void parameterThatHasNoEffectIsTold() {
    assertEquals(
        List.of(
            "ssl_cipher has no effect: [nova_compat] database_driver_options can name"
                + " enabledSslCipherSuites, in Java's words"),
        DatabaseUrl.parse("mysql://h/db?ssl_cipher=HIGH").warnings());
    assertEquals(List.of(), DatabaseUrl.parse("mysql://h/db?ssl_ca=/a").warnings());
  }

  @Test
  void unknownParametersAreToldByNameAlone() {
    assertEquals(
        List.of(
            "a parameter that is no word in the database's URL has no effect",
            "compress in the database's URL has no effect:"
                + " [nova_compat] database_driver_options can say useCompression=true",
            "ssl_typo in the database's URL has no effect",
            "write_timeout in the database's URL has no effect"),
        DatabaseUrl.parse(
                "mysql://h/db?write_timeout=hunter2&write_timeout=2&compress=1&ssl_typo=/a&%0a=1")
            .warnings());
    assertEquals(
        List.of(),
        DatabaseUrl.parse(
                "mysql://h/db?charset=UTF8&use_unicode=0&autocommit=1&local_infile=1&plugin=a"
                    + "&connect_timeout=3&ssl_ca=/a&host=b&user=c&passwd=d&db=e&port=1")
            .warnings());
  }

  /** Judged by PyMySQL 1.0.2 and mysqlclient 1.4.6 behind SQLAlchemy 1.4.46. */
  @ParameterizedTest
  @CsvSource({
    "mysql+pymysql:///nova?host=db&user=u&password=p, u p db 0 nova",
    "mysql+pymysql://a:b@c:1/nova?host=db&user=u&password=p&database=x, u p db 1 x",
    "mysql+pymysql://a:b@c:1/nova?passwd=p&db=x, a b c 1 nova",
    "mysql+pymysql:///?passwd=p&db=x, - p - 0 x",
    "mysql+pymysql://a@c?database=d, a - c 0 d",
    "mysql+pymysql://a:b@c/nova?host=&user, a b c 0 nova",
    "mysql+pymysql://a:b@c:1/nova?port=3307, a b c 3307 nova",
    "mysql+pymysql://a:b@c/nova?password=p%2Fq+r, a p/q r c 0 nova",
    "mysql://a:b@c/nova?passwd=p&db=x, a p c 0 x",
    "mysql://a:b@c/nova?passwd=p&db=x&password=q&database=y, a q c 0 y",
  })
  void parametersSayWhoLogsInWhere(String text, String expected) {
    DatabaseUrl url = DatabaseUrl.parse(text);
    assertEquals(
        expected,
        "%s %s %s %s %s"
            .formatted(
                url.username().orElse("-"),
                url.password().orElse("-"),
                url.host().orElse("-"),
                url.port().orElse(0),
                url.database()));
    assertEquals(Map.of(), url.query());
  }

  @Test
  void commandMayHoldAnything() {
    DatabaseUrl url =
        DatabaseUrl.parse("mysql+pymysql://h/db?init_command=SELECT+'?%26x=1'&ssl_ca=/a%26b?c");
    assertEquals("SELECT '?&x=1'", url.driverOptions().get("initSql"));
    assertEquals("/a&b?c", url.driverOptions().get("pemAuthorities"));
  }

  @Test
  void placeIsTheSameForTheSameDatabase() {
    assertEquals(
        DatabaseUrl.parse("mysql://a:b@h:3306/db?charset=utf8").place(),
        DatabaseUrl.parse("mysql+pymysql://c:d@h/db").place());
    assertNotEquals(
        DatabaseUrl.parse("mysql:///db?unix_socket=/run/a").place(),
        DatabaseUrl.parse("mysql:///db").place());
  }

  private static String jdbc(DatabaseUrl url) {
    return url.driverOptions().entrySet().stream()
        .map(option -> option.getKey() + "=" + option.getValue())
        .collect(Collectors.joining("&", url.jdbcUrl() + "?", ""));
  }

  @Test
  void connectorFindsHostPortAndDatabaseInTheJdbcUrl() throws Exception {
    Configuration connector =
        Configuration.parse(
            jdbc(DatabaseUrl.parse("mysql+pymysql://nova:x@[2001:db8::1]:3307/db")));
    assertEquals("2001:db8::1", connector.addresses().get(0).host);
    assertEquals(3307, connector.addresses().get(0).port);
    assertEquals("db", connector.database());
    assertEquals("disable", connector.sslMode().getValue());
  }

  @Test
  void connectorFindsTheSocketInTheJdbcUrl() throws Exception {
    Configuration connector =
        Configuration.parse(jdbc(DatabaseUrl.parse("mysql:///db?unix_socket=/run/a%20b.sock")));
    assertEquals("/run/a b.sock", connector.localSocket());
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://u:hunter2@h/db, postgresql is not supported: nova-compat reads MariaDB and MySQL",
    "sqlite:////var/lib/nova.sqlite, sqlite is not supported: nova-compat reads MariaDB and MySQL",
    "hunter2, it is not of the form DRIVER://USER:PASSWORD@HOST:PORT/DATABASE",
    "mysql://u:hunter2@h, it names no database: it ends in /DATABASE",
    "mysql://u:hunter2@h/, it names no database: it ends in /DATABASE",
    "mysql://u:hunt@er2@h/db,"
        + " the host is neither a name nor an address; an @ in a password is written %40",
    "mysql://u:hunter2/db, the port is not a number up to 65535; a password stands before an @",
    "mysql://u:hunter2@h:99999/db,"
        + " the port is not a number up to 65535; a password stands before an @",
    "mysql://u:hunter2@h/db?sql_mode=hunter2;, an SQL mode is words joined by commas",
    "mysql://u:hunter2@h/db?connect_timeout=hunter2, a timeout in it is not a number of seconds",
    "mysql://u:hunter2@h/db?port=hunter2,"
        + " the port is not a number up to 65535; a password stands before an @",
    "mysql://u:p@h/db?charset=utf8;ssl_ca=/hunter2,"
        + " there is a ; after charset: an & is between parameters",
    "mysql://u:p@h/db?use_unicode=1;ssl_ca=/hunter2,"
        + " there is a ; after use_unicode: an & is between parameters",
    "mysql://u:p@h/db?charset=hunter2, charset in it is no character set of MariaDB's",
    "mysql://u:p@h/db?charset=utf8;, charset in it is no character set of MariaDB's",
    "mysql://u:p@h/db?ssl={'ca':'/hunter2'},"
        + " ssl in it is neither true nor false; ssl_ca and its siblings name the files",
    "mysql://u:p@h/db?ssl_mode=hunter2,"
        + " 'ssl_mode is one of DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY'"
  })
  void refusalsAreClearAndHoldNoPassword(String url, String sentence) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> DatabaseUrl.parse(url));
    assertEquals(sentence, refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql+pymysql://nova:hunter2@h:1/db",
        "mysql+pymysql://nova:hunter2@[::1]/db?password=hunter2",
        "mysql+pymysql://nova@[::1]/db?passwd=hunter2",
        "mysql+pymysql://nova:hunter2@/db#hunter2"
      })
  void textMasksThePassword(String url) {
    assertFalse(DatabaseUrl.parse(url).toString().contains("hunter2"));
  }

  @Test
  void textShowsTheRest() {
    assertEquals(
        "mysql+pymysql://nova:***@[::1]:3306/db",
        DatabaseUrl.parse("mysql+pymysql://nova:hunter2@[::1]:3306/db?charset=utf8").toString());
  }

  @Test
  void parametersAreAddedToTheQuery() {
    DatabaseUrl bare = DatabaseUrl.parse("mysql://u:p?x@h/db#f");
    assertEquals(
        Map.of("a", "1", "b", "2"), bare.withParameters("a=1").withParameters("b=2").query());
    assertEquals("mysql://u:p?x@h/db?a=1&b=2#f", bare.withParameters("a=1&b=2").source());
    assertEquals(bare, bare.withParameters(""));
  }
}
