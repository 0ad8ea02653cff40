// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the option file that a database URL names as {@code read_default_file} says: a client's
 * options in the group {@code read_default_group}, which the URL's own words go before.
 *
 * <p>PyMySQL reads one group, {@code [client]} unless another is named ({@code
 * pymysql/connections.py: Connection.__init__}); mysqlclient has its C library read {@code
 * [client]} and then the group. A file that is not there, or may not be read, says nothing.
 *
 * @param values by the options' names in the file: {@code ssl-ca}; none is empty
 * @param warnings files that are there and cannot be read
 */
record ClientOptions(Map<String, String> values, List<String> warnings) {
  private static final String FILE = "read_default_file";
  private static final String GROUP = "read_default_group";
  private static final String CLIENT = "client";

  /** What PyMySQL takes from a file; the character set cannot be chosen. */
  private static final List<String> NAMES =
      List.of(
          "user",
          "password",
          "host",
          "port",
          "database",
          "socket",
          "bind-address",
          "ssl-ca",
          "ssl-capath",
          "ssl-cert",
          "ssl-key",
          "ssl-cipher");

  /** A file that was read. */
  interface Source {
    /** The value of an option that has one, without its quotes; never empty. */
    Optional<String> get(String group, String option);
  }

  /**
   * Reads what a URL names.
   *
   * @param scheme the URL's dialect and driver
   * @param query its parameters
   * @throws IllegalArgumentException when a file is not of the form that the driver takes; the
   *     message names file and line, and shows no value
   */
  static ClientOptions of(String scheme, Map<String, String> query) {
    ClientOptions options = new ClientOptions(new LinkedHashMap<>(), new ArrayList<>());
    if (isMysqlclient(scheme)) {
      options.readAsMysqlclient(query);
    } else {
      options.readAsPymysql(query);
    }
    return options;
  }

  private void readAsPymysql(Map<String, String> query) {
    String group = query.getOrDefault(GROUP, CLIENT);
    for (Path file : files(query, "/etc/my.cnf")) {
      read(file)
          .map(text -> OptionFile.parse(file.toString(), text))
          .ifPresent(options -> add(options, group, NAMES));
    }
  }

  private void readAsMysqlclient(Map<String, String> query) {
    List<String> names = Stream.concat(NAMES.stream(), Stream.of("ssl-mode")).toList();
    for (Path file : files(query, "/etc/my.cnf", "/etc/mysql/my.cnf", "~/.my.cnf")) {
      Optional<MysqlOptionFile> options = read(file).map(MysqlOptionFile::parse);
      options.ifPresent(known -> add(known, CLIENT, names));
      options.ifPresent(known -> add(known, query.getOrDefault(GROUP, CLIENT), names));
    }
  }

  /** Whether a URL with these parameters names a file. */
  static boolean isNamedIn(Map<String, String> query) {
    return query.containsKey(FILE) || query.containsKey(GROUP);
  }

  /** SQLAlchemy's driver where a URL names none. */
  static boolean isMysqlclient(String scheme) {
    return !scheme.contains("+") || scheme.endsWith("+mysqldb");
  }

  /** The value of an option. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** What an option's value stands for. */
  <T> Optional<T> get(String name, Function<String, T> parser) {
    try {
      return get(name).map(parser);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the " + name + " in its option file is none", e);
    }
  }

  /** A file's text. */
  static String text(Path file) throws IOException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
        .toString();
  }

  private static List<Path> files(Map<String, String> query, String... usual) {
    if (query.containsKey(FILE)) {
      return List.of(path(query.get(FILE)));
    }
    return isNamedIn(query) ? Stream.of(usual).map(ClientOptions::path).toList() : List.of();
  }

  private static Path path(String name) {
    boolean isAtHome = name.equals("~") || name.startsWith("~/");
    return Path.of(isAtHome ? System.getProperty("user.home") + name.substring(1) : name);
  }

  private Optional<String> read(Path file) {
    try {
      return Optional.of(text(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(file + " is not text in UTF-8", e);
    } catch (IOException e) {
      warnings.add(
          "%s %s cannot be read (%s), so it says nothing"
              .formatted(
                  FILE,
                  file,
                  e instanceof AccessDeniedException ? "permission denied" : e.getMessage()));
      return Optional.empty();
    }
  }

  private void add(Source file, String group, List<String> names) {
    for (String name : names) {
      file.get(group, name).ifPresent(value -> values.put(name, value));
    }
  }
}
