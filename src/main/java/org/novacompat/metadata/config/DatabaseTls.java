// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the parameters of a database URL say about TLS, in Connector/J's words: {@code ssl_…} as
 * SQLAlchemy hands them to PyMySQL ({@code pymysql/connections.py: Connection.__init__}), to
 * mysqlclient ({@code ssl_mode}) and to MySQL Connector/Python.
 *
 * <p>{@code ssl_ca} or {@code ssl_capath} has the server's certificate and its name checked, {@code
 * ssl_verify_cert} the certificate, {@code ssl_verify_identity} both, against the system's
 * authorities where none are named. Any other word about TLS has the connection encrypted. Where a
 * word of the operator's asks for a check that PyMySQL would leave out, it is made.
 */
public final class DatabaseTls {
  /** The plugin of the connector's that knows the options below. */
  public static final String PLUGIN = "nova-compat-pem";

  /** A file of authorities. */
  public static final String AUTHORITIES = "pemAuthorities";

  /** A folder of such files. */
  public static final String AUTHORITIES_FOLDER = "pemAuthoritiesFolder";

  /** The client's certificate. */
  public static final String CERTIFICATE = "pemCertificate";

  /** Its key; without it, it is in the same file. */
  public static final String KEY = "pemKey";

  private static final List<String> TRUE = List.of("true", "yes", "on", "y", "t", "1");
  private static final List<String> FALSE = List.of("false", "no", "off", "n", "f", "0", "none");

  /** Parameters that have PyMySQL encrypt, whatever they say. */
  private static final List<String> ENCRYPTING =
      List.of(
          "ssl_cert",
          "ssl_key",
          "ssl_cipher",
          "ssl_check_hostname",
          "ssl_verify_cert",
          "ssl_verify_identity");

  private static final List<String> MODES =
      List.of("DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY");

  private final Map<String, String> query;

  private DatabaseTls(Map<String, String> query) {
    this.query = query;
  }

  /**
   * Adds Connector/J's options to others.
   *
   * @throws IllegalArgumentException when what asks for TLS is not understood, so that nothing goes
   *     in plain text for that
   */
  static void add(Map<String, String> query, Map<String, String> options) {
    new DatabaseTls(query).addTo(options);
  }

  /** What the parameters ask for and do not get. */
  static List<String> warnings(Map<String, String> query) {
    return Stream.of("ssl_cipher")
        .filter(query::containsKey)
        .map(
            name ->
                name
                    + " has no effect: [nova_compat] database_driver_options can name"
                    + " enabledSslCipherSuites, in Java's words")
        .toList();
  }

  private void addTo(Map<String, String> options) {
    if (query.containsKey("ssl") && !isTrue("ssl") && !isFalse("ssl")) {
      throw new IllegalArgumentException(
          "ssl in it is neither true nor false; ssl_ca and its siblings name the files");
    }
    if (parameter("ssl_mode").filter(mode -> !MODES.contains(upperCase(mode))).isPresent()) {
      throw new IllegalArgumentException("ssl_mode is one of " + String.join(", ", MODES));
    }
    Optional<String> mode = mode();
    // Connector/J would ask for TLS of its own accord, PyMySQL does not
    options.put("sslMode", mode.orElse("disable"));
    if (mode.isEmpty()) {
      return;
    }
    options.put("tlsSocketType", PLUGIN);
    put(options, AUTHORITIES, "ssl_ca");
    put(options, AUTHORITIES_FOLDER, "ssl_capath");
    put(options, CERTIFICATE, "ssl_cert");
    put(options, KEY, "ssl_key");
  }

  private void put(Map<String, String> options, String option, String parameter) {
    parameter(parameter).ifPresent(value -> options.put(option, value));
  }

  private Optional<String> mode() {
    switch (upperCase(parameter("ssl_mode").orElse(""))) {
      case "DISABLED":
        return Optional.empty();
      case "REQUIRED":
        return Optional.of("trust");
      case "VERIFY_CA":
        return Optional.of("verify-ca");
      case "VERIFY_IDENTITY":
        return Optional.of("verify-full");
      default:
        return isTrue("ssl_disabled") ? Optional.empty() : modeOfPymysql();
    }
  }

  private Optional<String> modeOfPymysql() {
    boolean hasAuthority = query.containsKey("ssl_ca") || query.containsKey("ssl_capath");
    boolean saysOfCertificate = query.containsKey("ssl_verify_cert");
    if (isTrue("ssl_verify_identity")) {
      return Optional.of("verify-full");
    }
    if (isFalse("ssl_verify_cert")) {
      return Optional.of("trust");
    }
    if (hasAuthority || saysOfCertificate) {
      boolean checksName =
          isTrue("ssl_check_hostname")
              || !saysOfCertificate
                  && !isFalse("ssl_check_hostname")
                  && !isFalse("ssl_verify_identity");
      return Optional.of(checksName ? "verify-full" : "verify-ca");
    }
    boolean encrypts = isTrue("ssl") || ENCRYPTING.stream().anyMatch(query::containsKey);
    return encrypts ? Optional.of("trust") : Optional.empty();
  }

  private Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  private boolean isTrue(String name) {
    return TRUE.contains(lowerCase(name));
  }

  private boolean isFalse(String name) {
    return FALSE.contains(lowerCase(name));
  }

  private static String upperCase(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  private String lowerCase(String name) {
    return parameter(name).orElse("").toLowerCase(Locale.ROOT);
  }
}
