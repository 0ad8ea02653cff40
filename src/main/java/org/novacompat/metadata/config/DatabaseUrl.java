// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.novacompat.metadata.python.PythonText;

/**
 * A database as nova's configuration and its cell mappings name one: an SQLAlchemy URL ({@code
 * sqlalchemy/engine/url.py: make_url}), for MariaDB or MySQL.
 *
 * <p>Its parameters may say who logs in where, too, as SQLAlchemy's {@code create_connect_args}
 * lets them: {@code host}, {@code port}, {@code user}, {@code password} and {@code database} go
 * before the URL's own; {@code passwd} and {@code db} are taken where the URL has none, by
 * mysqlclient always. What neither says, the option file may that the URL names as {@code
 * read_default_file} ({@link ClientOptions}).
 *
 * <p>What prints it, {@link #toString()} included, never shows the password or the query; only
 * {@link #password()} and {@link #source()} hold it.
 *
 * @param scheme dialect and driver: {@code mysql+pymysql}
 * @param username who connects, percent-decoded
 * @param password its password, percent-decoded
 * @param host name or address, IPv6 without its brackets; empty for this host
 * @param port the TCP port
 * @param database the database's name
 * @param query the other parameters, decoded, and those of the option file; of a repeated one the
 *     last
 * @param fragment what follows a {@code #}
 * @param source the URL as it was written, password included
 * @param unread the option files that are there and cannot be read, and why
 */
public record DatabaseUrl(
    String scheme,
    Optional<String> username,
    Optional<String> password,
    Optional<String> host,
    Optional<Integer> port,
    String database,
    Map<String, String> query,
    Optional<String> fragment,
    String source,
    List<String> unread) {

  private static final int MYSQL_PORT = 3306;
  private static final String FORM = "DRIVER://USER:PASSWORD@HOST:PORT/DATABASE";

  private static final Pattern URL =
      Pattern.compile(
          """
          (?<scheme>[\\w+]+)://
          (?:
            (?<username>[^:/]*)
            (?::(?<password>[^@]*))?
          @)?
          (?:
            (?:\\[(?<bracketed>[^/?]+)\\]|(?<host>[^/:?]+))?
            (?::(?<port>[^/?]*))?
          )
          (?<tail>.*)\
          """,
          Pattern.COMMENTS);

  private static final Pattern TAIL =
      Pattern.compile("(?:/(?<database>[^?#]*))?(?:\\?(?<query>[^#]*))?(?:#(?<fragment>.*))?");

  private static final List<String> LOGIN =
      List.of("user", "password", "passwd", "host", "port", "database", "db");

  private static final Pattern HOST = Pattern.compile("[\\w.:%-]+");
  private static final Pattern DATABASE = Pattern.compile("[^/&?#\\s]+");

  /**
   * Reads an SQLAlchemy URL.
   *
   * @throws IllegalArgumentException when it is none, or names another kind of database; the
   *     message says which and never holds the password
   */
  public static DatabaseUrl parse(String text) {
    Matcher url = URL.matcher(text);
    if (!url.matches()) {
      throw new IllegalArgumentException("it is not of the form " + FORM);
    }
    String scheme = url.group("scheme");
    requireMysql(scheme);
    Matcher tail = TAIL.matcher(url.group("tail"));
    if (!tail.matches()) {
      throw new IllegalArgumentException("it is not of the form " + FORM);
    }
    Map<String, String> query = parameters(tail.group("query"));
    UrlParameters.require(query);
    ClientOptions file = ClientOptions.of(scheme, query);
    Optional<String> password =
        named("password", "passwd", query, scheme, unquoted(url, "password"));
    Optional<String> database =
        named("database", "db", query, scheme, Optional.ofNullable(tail.group("database")));
    Optional<String> host = said(query, "host").map(DatabaseUrl::requireHost).or(() -> host(url));
    DatabaseUrl parsed =
        new DatabaseUrl(
            scheme,
            orElse(said(query, "user").or(() -> unquoted(url, "username")), file.get("user")),
            orElse(password, file.get("password")),
            host.or(() -> file.get("host", DatabaseUrl::requireHost)),
            said(query, "port")
                .map(DatabaseUrl::port)
                .or(() -> port(url))
                .or(() -> file.get("port", DatabaseUrl::port)),
            database(orElse(database, file.get("database"))),
            withFile(query, file, scheme, host),
            Optional.ofNullable(tail.group("fragment")),
            text,
            file.warnings());
    parsed.driverOptions();
    return parsed;
  }

  /**
   * A password or a database. The alias of its name goes before the URL's own to mysqlclient (1.4),
   * where its name does not say it; to PyMySQL it only stands in for one.
   */
  private static Optional<String> named(
      String name, String alias, Map<String, String> query, String scheme, Optional<String> own) {
    Optional<String> second = said(query, alias);
    Optional<String> filled = own.filter(text -> !text.isEmpty());
    return said(query, name)
        .or(() -> ClientOptions.isMysqlclient(scheme) ? second : filled)
        .or(() -> second)
        .or(() -> own);
  }

  private static Optional<String> said(Map<String, String> query, String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** What the option file says now; the same where there is none. */
  public DatabaseUrl readAgain() {
    return ClientOptions.isNamedIn(query) ? parse(source) : this;
  }

  private static Map<String, String> withFile(
      Map<String, String> query, ClientOptions file, String scheme, Optional<String> host) {
    Map<String, String> all = new LinkedHashMap<>();
    file.values().forEach((name, value) -> all.put(name.replace('-', '_'), value));
    Optional<String> socket = Optional.ofNullable(all.remove("socket"));
    boolean isLocal = host.filter(name -> !name.equals("localhost")).isEmpty();
    if (isLocal || !ClientOptions.isMysqlclient(scheme)) {
      socket.ifPresent(path -> all.put("unix_socket", path));
    }
    all.putAll(query);
    LOGIN.forEach(all::remove);
    return Map.copyOf(all);
  }

  /**
   * The same database with more parameters, as {@code [database] connection_parameters} adds them.
   *
   * @param parameters {@code name=value} pairs, joined by {@code &}
   */
  public DatabaseUrl withParameters(String parameters) {
    if (parameters.isEmpty()) {
      return this;
    }
    String suffix = fragment.map(text -> "#" + text).orElse("");
    String bare = source.substring(0, source.length() - suffix.length());
    Matcher url = URL.matcher(bare);
    String separator = url.matches() && url.group("tail").contains("?") ? "&" : "?";
    return parse(bare + separator + parameters + suffix);
  }

  /** The URL for MariaDB Connector/J, without user, password and options. */
  public String jdbcUrl() {
    StringBuilder jdbc = new StringBuilder("jdbc:mariadb://");
    jdbc.append(host.map(name -> name.contains(":") ? "[" + name + "]" : name).orElse("localhost"));
    port.ifPresent(number -> jdbc.append(':').append(number));
    return jdbc.append('/').append(database).toString();
  }

  /** What an operator ought to know: what it says and does not get. */
  public List<String> warnings() {
    return Stream.of(unread, DatabaseTls.warnings(query), UrlParameters.warnings(query))
        .flatMap(List::stream)
        .map(PythonText::printable)
        .toList();
  }

  /** Where the database is: the same text for each user of the same database. */
  public String place() {
    return parameter("unix_socket")
        .orElseGet(() -> host.orElse("localhost") + " " + port.orElse(MYSQL_PORT))
        .concat("/" + database);
  }

  /**
   * What the parameters say, in Connector/J's words.
   *
   * <p>{@code charset} and the other parameters of Python's drivers that mean nothing to
   * Connector/J are left out; it always speaks {@code utf8mb4}. As PyMySQL does, it asks a MySQL
   * server for its public key where {@code caching_sha2_password} needs one.
   */
  public Map<String, String> driverOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    Optional<String> socket = parameter("unix_socket");
    socket.ifPresent(path -> options.put("localSocket", path));
    parameter("bind_address")
        .filter(address -> socket.isEmpty())
        .ifPresent(address -> options.put("localSocketAddress", address));
    parameter("connect_timeout").ifPresent(s -> options.put("connectTimeout", milliseconds(s)));
    parameter("read_timeout").ifPresent(s -> options.put("socketTimeout", milliseconds(s)));
    parameter("sql_mode").ifPresent(ConnectionOptions::requireSqlMode);
    parameter("init_command").ifPresent(command -> options.put("initSql", command));
    DatabaseTls.add(query, options);
    options.put("allowPublicKeyRetrieval", "true");
    return options;
  }

  private Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  private static void requireMysql(String scheme) {
    String dialect = scheme.replaceFirst("\\+.*", "");
    if (!dialect.equals("mysql") && !dialect.equals("mariadb")) {
      throw new IllegalArgumentException(
          dialect + " is not supported: nova-compat reads MariaDB and MySQL");
    }
  }

  /** An empty part says nothing where there is a file, as in PyMySQL. */
  private static Optional<String> orElse(Optional<String> own, Optional<String> file) {
    return own.filter(text -> !text.isEmpty()).or(() -> file).or(() -> own);
  }

  private static Optional<String> unquoted(Matcher url, String name) {
    return Optional.ofNullable(url.group(name)).map(DatabaseUrl::unquote);
  }

  private static Optional<String> host(Matcher url) {
    return Optional.ofNullable(url.group("bracketed"))
        .or(() -> Optional.ofNullable(url.group("host")))
        .map(DatabaseUrl::requireHost);
  }

  private static String requireHost(String host) {
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException(
          "the host is neither a name nor an address; an @ in a password is written %40");
    }
    return host;
  }

  private static Optional<Integer> port(Matcher url) {
    return Optional.ofNullable(url.group("port")).map(DatabaseUrl::port);
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException(
          "the port is not a number up to 65535; a password stands before an @");
    }
    return Integer.parseInt(text);
  }

  private static String database(Optional<String> name) {
    return name.filter(text -> DATABASE.matcher(text).matches())
        .orElseThrow(
            () -> new IllegalArgumentException("it names no database: it ends in /DATABASE"));
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : Optional.ofNullable(query).orElse("").split("&")) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && equals < pair.length() - 1) {
        parameters.put(
            unquote(pair.substring(0, equals).replace('+', ' ')),
            unquote(pair.substring(equals + 1).replace('+', ' ')));
      }
    }
    return Map.copyOf(parameters);
  }

  private static String milliseconds(String seconds) {
    if (!seconds.matches("[0-9]{1,6}")) {
      throw new IllegalArgumentException("a timeout in it is not a number of seconds");
    }
    return String.valueOf(Integer.parseInt(seconds) * 1000);
  }

  /** Python's {@code urllib.parse.unquote}: what is no escape stays as it is. */
  private static String unquote(String text) {
    byte[] quoted = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(quoted.length);
    for (int i = 0; i < quoted.length; i++) {
      if (quoted[i] == '%' && isHex(quoted, i + 1) && isHex(quoted, i + 2)) {
        decoded.write(Character.digit(quoted[++i], 16) * 16 + Character.digit(quoted[++i], 16));
      } else {
        decoded.write(quoted[i]);
      }
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static boolean isHex(byte[] bytes, int index) {
    return index < bytes.length && Character.digit(bytes[index], 16) >= 0;
  }

  /** The URL in one line, with the password masked and without its parameters. */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(scheme).append("://");
    username.ifPresent(shown::append);
    password.ifPresent(secret -> shown.append(":***"));
    shown.append(username.isPresent() ? "@" : "");
    shown.append(host.map(name -> name.contains(":") ? "[" + name + "]" : name).orElse(""));
    port.ifPresent(number -> shown.append(':').append(number));
    return PythonText.printable(shown.append('/').append(database).toString());
  }
}
