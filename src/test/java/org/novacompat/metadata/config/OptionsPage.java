// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionName;

/**
 * The page {@code docs/configuration.md}: every option of the {@link Catalogue}, and its sources.
 */
final class OptionsPage {
  private static final String HEAD =
      """
      # Options

      This page is generated (`SampleFileTest`); `etc-nova-compat/nova.conf.sample` is the same list as a nova.conf.
      [configuration-files.md](configuration-files.md) says where nova.conf is looked for.

      ## Where options are set

      The service reads the nova.conf that nova reads. It reads each option through MicroProfile Config, of which nova.conf
      is one source. The first source in this table that sets an option counts:

      | source | ordinal | the option `[api] dhcp_domain` there |
      | --- | --- | --- |
      | the command line, where oslo.config prefers it to the files and `OS_DEFAULT__LOG_DIR` | above all | `--log-dir` sets `[DEFAULT] log_dir`; no option of the command line sets this one |
      | Liberty's server.xml, in the element of the application | 600 | `<appProperties><property name="nova.api.dhcp_domain" value="example.org"/></appProperties>` |
      | Liberty's server.xml | 500 | `<variable name="nova.api.dhcp_domain" value="example.org"/>` |
      | a property of the JVM | 400 | `-Dnova.api.dhcp_domain=example.org` |
      | an environment variable | 300 | `NOVA_API_DHCP_DOMAIN=example.org` |
      | nova.conf, with all else that oslo.config reads: `OS_API__DHCP_DOMAIN`, the files | 200 | `dhcp_domain = example.org` under `[api]` |
      | META-INF/microprofile-config.properties of a library that is added to the application | 100 | `nova.api.dhcp_domain=example.org` |
      | Liberty's server.xml | 1 | `<variable name="nova.api.dhcp_domain" defaultValue="example.org"/>` |

      - The name is `nova.GROUP.OPTION`, with the group in small letters except `DEFAULT`: `nova.DEFAULT.debug`. For the
        environment, what is neither a letter nor a digit becomes `_`, and letters become capitals:
        `NOVA_DATABASE_CONNECTION`. Only an option's present name counts; deprecated names are for nova.conf.
      - A value is written as in nova.conf, references such as `$my_ip` and `${database.connection}` included; a plain `$` is
        `$$`. A wrong value is refused at the start with the place that set it: file and line, variable, property or option
        of the command line.
      - Secrets are read from all sources, and are in no message.
      - `bin/nova-api-metadata` configures Liberty before it starts it: addresses, ports, TLS, threads, connections and the log
        follow the command line, the properties of the JVM, the environment and nova.conf, not server.xml. In a Liberty of your
        own they are Liberty's configuration, and the options for them have no effect.

      ## The options
      """;

  private OptionsPage() {}

  static String text() {
    List<String> lines = new ArrayList<>();
    String group = "";
    for (Option<?> option : Catalogue.all()) {
      if (!option.group().equals(group)) {
        group = option.group();
        lines.addAll(
            List.of(
                "", "### [" + group + "]", "", "| option | default | |", "| --- | --- | --- |"));
      }
      lines.add(row(option));
    }
    return HEAD + String.join("\n", lines) + "\n";
  }

  private static String row(Option<?> option) {
    String shown = option.defaultValue().shown();
    boolean isLiteral = option.defaultValue().text().get().equals(shown);
    String old =
        option.deprecatedNames().stream()
            .map(OptionName::toString)
            .collect(Collectors.joining(", "));
    String value = "Value: " + option.type().expected() + ".";
    return "| `%s` | %s | %s%s%s |"
        .formatted(
            option.name(),
            isLiteral && !shown.isEmpty() ? "`" + shown + "`" : shown,
            escaped(option.help() + " " + value),
            option.secret() ? " Secret." : "",
            old.isEmpty() ? "" : " Deprecated names: " + old + ".");
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;");
  }
}
