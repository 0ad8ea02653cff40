// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which parameters of a database URL are known: those that are heeded, those that change nothing
 * for a service that only ever speaks {@code utf8mb4}, and no others.
 */
final class UrlParameters {
  private static final Set<String> HEEDED =
      Set.of(
          "unix_socket",
          "bind_address",
          "connect_timeout",
          "read_timeout",
          "sql_mode",
          "init_command",
          "read_default_file",
          "read_default_group",
          "ssl",
          "ssl_ca",
          "ssl_capath",
          "ssl_cert",
          "ssl_key",
          "ssl_cipher",
          "ssl_check_hostname",
          "ssl_verify_cert",
          "ssl_verify_identity",
          "ssl_disabled",
          "ssl_mode");

  /** Text, transactions and names that this service has its own way with. */
  private static final Set<String> HARMLESS =
      Set.of(
          "charset",
          "collation",
          "use_unicode",
          "autocommit",
          "binary_prefix",
          "local_infile",
          "max_allowed_packet",
          "plugin",
          "program_name");

  /** MariaDB's and MySQL's character sets ({@code SHOW CHARACTER SET}). */
  private static final Set<String> CHARSETS =
      Set.of(
          ("armscii8 ascii big5 binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 cp932 dec8"
                  + " eucjpms euckr gb18030 gb2312 gbk geostd8 greek hebrew hp8 keybcs2 koi8r koi8u"
                  + " latin1 latin2 latin5 latin7 macce macroman sjis swe7 tis620 ucs2 ujis utf16"
                  + " utf16le utf32 utf8 utf8mb3 utf8mb4")
              .split(" "));

  private static final Pattern SEMICOLON = Pattern.compile(";\\s*\\w+=");
  private static final Pattern NAME = Pattern.compile("[A-Za-z][\\w.-]{0,63}");

  private UrlParameters() {}

  /**
   * Refuses what hides other parameters, and a character set that is none, as PyMySQL does.
   *
   * @throws IllegalArgumentException which shows no value
   */
  static void require(Map<String, String> query) {
    for (String name : HARMLESS) {
      if (SEMICOLON.matcher(query.getOrDefault(name, "")).find()) {
        throw new IllegalArgumentException(
            "there is a ; after " + name + ": an & is between parameters");
      }
    }
    if (!CHARSETS.contains(query.getOrDefault("charset", "utf8mb4").toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("charset in it is no character set of MariaDB's");
    }
  }

  /** What has no effect, by name. */
  static List<String> warnings(Map<String, String> query) {
    return query.keySet().stream()
        .filter(name -> Stream.of(HEEDED, HARMLESS).noneMatch(known -> known.contains(name)))
        .map(name -> NAME.matcher(name).matches() ? name : "a parameter that is no word")
        .distinct()
        .sorted()
        .map(name -> name + " in the database's URL has no effect" + instead(name))
        .toList();
  }

  private static String instead(String name) {
    return name.equals("compress")
        ? ": [nova_compat] database_driver_options can say useCompression=true"
        : "";
  }
}
