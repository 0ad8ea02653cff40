// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A database as nova's configuration and its cell mappings name one: an SQLAlchemy URL ({@code
 * sqlalchemy/engine/url.py: make_url}), for MariaDB or MySQL.
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
 * @param query the parameters, decoded; of a repeated one the last
 * @param fragment what follows a {@code #}
 * @param source the URL as it was written, password included
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
    String source) {

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
          (?<tail>.*)""",
          Pattern.COMMENTS);

  private static final Pattern TAIL =
      Pattern.compile("(?:/(?<database>[^?#]*))?(?:\\?(?<query>[^#]*))?(?:#(?<fragment>.*))?");

  private static final Pattern HOST = Pattern.compile("[\\w.:%-]+");
  private static final Pattern DATABASE = Pattern.compile("[^/&\\s]+");

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
    DatabaseUrl parsed =
        new DatabaseUrl(
            scheme,
            Optional.ofNullable(url.group("username")).map(DatabaseUrl::unquote),
            Optional.ofNullable(url.group("password")).map(DatabaseUrl::unquote),
            host(url),
            Optional.ofNullable(url.group("port")).map(DatabaseUrl::port),
            database(tail.group("database")),
            parameters(tail.group("query")),
            Optional.ofNullable(tail.group("fragment")),
            text);
    parsed.driverOptions();
    return parsed;
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

  /**
   * The URL for MariaDB Connector/J, without user and password.
   *
   * <p>{@code charset} and the other parameters of Python's drivers that mean nothing to
   * Connector/J are left out; it always speaks {@code utf8mb4}. As PyMySQL does, it asks a MySQL
   * server for its public key where {@code caching_sha2_password} needs one.
   */
  public String jdbcUrl() {
    StringBuilder jdbc = new StringBuilder("jdbc:mariadb://");
    jdbc.append(host.map(name -> name.contains(":") ? "[" + name + "]" : name).orElse("localhost"));
    port.ifPresent(number -> jdbc.append(':').append(number));
    jdbc.append('/').append(database);
    String separator = "?";
    for (Map.Entry<String, String> option : driverOptions().entrySet()) {
      jdbc.append(separator).append(option.getKey()).append('=').append(option.getValue());
      separator = "&";
    }
    return jdbc.toString();
  }

  private Map<String, String> driverOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    if (query.containsKey("read_default_file")) {
      throw new IllegalArgumentException(
          "read_default_file is not supported: user, password and host belong into the URL");
    }
    parameter("unix_socket").ifPresent(path -> options.put("localSocket", path));
    parameter("connect_timeout").ifPresent(s -> options.put("connectTimeout", milliseconds(s)));
    parameter("read_timeout").ifPresent(s -> options.put("socketTimeout", milliseconds(s)));
    encryption(options);
    options.put("allowPublicKeyRetrieval", "true");
    options.values().forEach(DatabaseUrl::requireSafe);
    return options;
  }

  private void encryption(Map<String, String> options) {
    if (query.containsKey("ssl_capath")) {
      throw new IllegalArgumentException("ssl_capath is not supported: use ssl_ca, a PEM file");
    }
    Optional<String> mode = sslMode();
    // Connector/J would ask for TLS of its own accord, PyMySQL does not
    options.put("sslMode", mode.orElse("disable"));
    if (mode.isEmpty()) {
      return;
    }
    parameter("ssl_ca").ifPresent(path -> options.put("serverSslCert", path));
    parameter("ssl_cert")
        .ifPresent(
            certificate -> {
              options.put("tlsSocketType", PemTlsSocketPlugin.TYPE);
              options.put(PemTlsSocketPlugin.CERTIFICATE, certificate);
              options.put(PemTlsSocketPlugin.KEY, parameter("ssl_key").orElse(certificate));
            });
  }

  /** What PyMySQL and mysqlclient make of the parameters, in Connector/J's words. */
  private Optional<String> sslMode() {
    switch (parameter("ssl_mode").orElse("").toUpperCase(Locale.ROOT)) {
      case "DISABLED":
        return Optional.empty();
      case "REQUIRED":
        return Optional.of("trust");
      case "VERIFY_CA":
        return Optional.of("verify-ca");
      case "VERIFY_IDENTITY":
        return Optional.of("verify-full");
      default:
        break;
    }
    boolean hasAuthority = query.containsKey("ssl_ca");
    if (isTrue("ssl_verify_identity") || hasAuthority && !isFalse("ssl_check_hostname")) {
      return Optional.of("verify-full");
    }
    if (isTrue("ssl_verify_cert") || hasAuthority) {
      return Optional.of("verify-ca");
    }
    return query.containsKey("ssl_cert") || query.containsKey("ssl_cipher")
        ? Optional.of("trust")
        : Optional.empty();
  }

  private Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  private boolean isTrue(String name) {
    return List.of("true", "yes", "on", "y", "t", "1").contains(lowerCase(name));
  }

  private boolean isFalse(String name) {
    return List.of("false", "no", "off", "n", "f", "0").contains(lowerCase(name));
  }

  private String lowerCase(String name) {
    return parameter(name).orElse("").toLowerCase(Locale.ROOT);
  }

  private static void requireMysql(String scheme) {
    String dialect = scheme.replaceFirst("\\+.*", "");
    if (!dialect.equals("mysql") && !dialect.equals("mariadb")) {
      throw new IllegalArgumentException(
          dialect + " is not supported: nova-compat reads MariaDB and MySQL");
    }
  }

  private static Optional<String> host(Matcher url) {
    Optional<String> host =
        Optional.ofNullable(url.group("bracketed"))
            .or(() -> Optional.ofNullable(url.group("host")));
    if (host.isPresent() && !HOST.matcher(host.get()).matches()) {
      throw new IllegalArgumentException(
          "the host is neither a name nor an address; an @ in a password is written %40");
    }
    return host;
  }

  private static int port(String text) {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
      throw new IllegalArgumentException(
          "the port is not a number up to 65535; a password stands before an @");
    }
    return Integer.parseInt(text);
  }

  private static String database(String text) {
    if (text == null || !DATABASE.matcher(text).matches()) {
      throw new IllegalArgumentException("it names no database: it ends in /DATABASE");
    }
    return text;
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

  private static void requireSafe(String value) {
    if (value.contains("&") || value.contains("?")) {
      throw new IllegalArgumentException("a path in it holds a & or a ?");
    }
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

  /** The URL with the password masked and without its parameters. */
  @Override
  public String toString() {
    StringBuilder shown = new StringBuilder(scheme).append("://");
    username.ifPresent(shown::append);
    password.ifPresent(secret -> shown.append(":***"));
    shown.append(username.isPresent() ? "@" : "");
    shown.append(host.map(name -> name.contains(":") ? "[" + name + "]" : name).orElse(""));
    port.ifPresent(number -> shown.append(':').append(number));
    return shown.append('/').append(database).toString();
  }
}
