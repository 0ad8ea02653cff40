// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionName;

class UnheededOptionsTest {

  private static final Path READ_BY_NOVA = Path.of("src/test/resources/nova-options");
  private static final String ANY = "7";
  private static final String HEEDED_IN_PART = " is heeded in part: ";

  @TempDir Path directory;

  @Test
  void everyOptionThatNovaReadsIsHeededOrHasAReason() throws Exception {
    Set<OptionName> known =
        Stream.concat(Catalogue.all().stream(), UnheededOptions.all().stream())
            .map(Option::fullName)
            .collect(Collectors.toSet());
    List<OptionName> unknown = readByNova();
    assertTrue(unknown.size() > 300, "the list is not read: " + unknown);
    unknown.removeAll(known);
    assertEquals(List.of(), unknown);
  }

  @Test
  void knowsEachOptionOnceAndNoneThatIsHeeded() {
    Set<OptionName> names =
        Catalogue.all().stream()
            .map(Option::fullName)
            .collect(Collectors.toCollection(HashSet::new));
    List<OptionName> twice =
        UnheededOptions.all().stream()
            .map(Option::fullName)
            .filter(name -> !names.add(name))
            .toList();
    assertEquals(List.of(), twice);
  }

  @Test
  void noOldNameIsAlsoAnOptionOrThatOfTwo() {
    Set<OptionName> names =
        Stream.concat(Catalogue.all().stream(), UnheededOptions.all().stream())
            .map(Option::fullName)
            .collect(Collectors.toCollection(HashSet::new));
    List<OptionName> twice =
        UnheededOptions.all().stream()
            .flatMap(option -> option.deprecatedNames().stream())
            .filter(name -> !names.add(name))
            .toList();
    assertEquals(List.of(), twice);
  }

  @Test
  void defaultsAreNotTold() throws Exception {
    List<String> lines = new ArrayList<>();
    for (Option<?> option : UnheededOptions.all()) {
      String standard = option.defaultValue().text().get();
      lines.add("[" + option.group() + "]");
      lines.add(option.name() + " = " + quoted(standard));
    }
    assertEquals(List.of(), load(lines).warnings());
  }

  @Test
  void anyOtherValueIsToldOnceWithItsPlaceAndTheReasonAndWithoutTheValue() throws Exception {
    for (Option<?> option : UnheededOptions.all()) {
      String value = other(option);
      NovaConf conf = load(List.of("[" + option.group() + "]", option.name() + " = " + value));
      assertEquals(
          option.caveat().isPresent()
              ? List.of(file() + ":2: " + option.fullName() + " is not heeded: " + option.help())
              : List.of(),
          conf.warnings());
    }
  }

  @Test
  void oldNamesAreToldOnceAsWell() throws Exception {
    for (Option<?> option : UnheededOptions.all()) {
      for (OptionName old : option.deprecatedNames()) {
        NovaConf conf = load(List.of("[" + old.group() + "]", old.name() + " = " + other(option)));
        assertEquals(option.caveat().isPresent() ? 1 : 0, conf.warnings().size(), old.toString());
      }
    }
  }

  @Test
  void reasonsAreWhole() {
    for (Option<?> option : UnheededOptions.all()) {
      assertFalse(option.help().isBlank() || option.help().endsWith("."), option.toString());
    }
  }

  @Test
  void theEnvironmentIsToldByItsVariable() {
    NovaConf conf = NovaConf.load(List.of(), List.of(), Map.of("OS_CACHE__ENABLED", "true"));
    assertEquals(
        List.of(
            "OS_CACHE__ENABLED: [cache] enabled is not heeded: each node remembers instances for"
                + " itself, in memory"),
        conf.warnings());
  }

  @Test
  void theLastSettingCounts() throws Exception {
    assertEquals(
        List.of(), load(List.of("[DEFAULT]", "use_json = true", "use_json = False")).warnings());
    assertEquals(
        1, load(List.of("[DEFAULT]", "use_json = true", "use_json = Yes")).warnings().size());
    NovaConf conf =
        NovaConf.load(
            List.of(file("[DEFAULT]", "use_json = true")),
            List.of(),
            Map.of("OS_DEFAULT__USE_JSON", "0"));
    assertEquals(List.of(), conf.warnings());
  }

  @Test
  void aMisspelledNameIsToldOncePerFile() throws Exception {
    String[] lines = {"[api]", "dhcp_domian = a", "dhcp_domian = b", "[api]", "dhcp_domian = c"};
    Path first = file(lines);
    Path second = Files.write(directory.resolve("b.conf"), List.of(lines));
    NovaConf conf = NovaConf.load(List.of(first, second), List.of(), Map.of());
    assertEquals(
        List.of(first + ":2", second + ":2"),
        conf.warnings().stream().map(line -> line.replaceFirst(": .*", "")).toList());
  }

  @Test
  void secretsAreNotShown() throws Exception {
    NovaConf conf =
        load(
            List.of(
                "[database]",
                "slave_connection = mysql+pymysql://nova:hunter2@db/nova",
                "[api_database]",
                "slave_connection = mysql+pymysql://nova:hunter2@db/nova_api",
                "[cache]",
                "memcache_password = hunter2",
                "backend_argument = password:hunter2",
                "[vendordata_dynamic_auth]",
                "password = hunter2",
                "[DEFAULT]",
                "transport_url = rabbit://nova:$hunter2@mq"));
    assertEquals(2, conf.warnings().size(), conf.warnings()::toString);
    assertFalse(conf.warnings().toString().contains("hunter2"));
  }

  @Test
  void whatIsLookedAtWithASwitchIsToldByTheSwitchAlone() throws Exception {
    List<String> switches =
        List.of(
            "[cache]",
            "enabled = true",
            "[DEFAULT]",
            "log_rotation_type = size",
            "use_syslog = true",
            "enabled_ssl_apis = metadata",
            "rate_limit_interval = 1",
            "[api]",
            "vendordata_dynamic_targets = a@http://127.0.0.1",
            "[cors]",
            "allowed_origin = *");
    List<String> dependents =
        List.of(
            "[cache]",
            "backend = dogpile.cache.memcached",
            "tls_enabled = true",
            "[DEFAULT]",
            "max_logfile_count = 1",
            "syslog_log_facility = LOG_LOCAL0",
            "rate_limit_burst = 1",
            "[wsgi]",
            "ssl_cert_file = /c.pem",
            "[api]",
            "vendordata_dynamic_failure_fatal = true",
            "[vendordata_dynamic_auth]",
            "auth_type = password",
            "[cors]",
            "max_age = 1");
    assertEquals(List.of(), load(dependents).warnings());
    assertEquals(
        load(switches).warnings(),
        load(Stream.concat(switches.stream(), dependents.stream()).toList()).warnings());
    assertEquals(7, load(switches).warnings().size());
  }

  @Test
  void linesAreInTheOrderOfTheFilesAndTheirLines() throws Exception {
    Path first =
        file(
            "[oslo_reports]",
            "log_dir = /r",
            "[DEFAULT]",
            "metadata_listn = 192.0.2.1",
            "use_journal = true",
            "[DEFAULT]",
            "dhcp_domain = example.org",
            "[DEFAULT]",
            "use_json = true");
    Path second =
        Files.write(
            directory.resolve("a.conf"), List.of("[DEFAULT]", "enabled_ssl_apis = metadata"));
    NovaConf conf =
        NovaConf.load(List.of(first, second), List.of(), Map.of("OS_DEFAULT__USE_SYSLOG", "true"));
    assertEquals(
        List.of(
            first + ":2",
            first + ":4",
            first + ":5",
            first + ":7",
            first + ":9",
            second + ":2",
            "OS_DEFAULT__USE_SYSLOG"),
        conf.warnings().stream().map(line -> line.replaceFirst(": .*", "")).toList());
  }

  @Test
  void valuesThatMeanWhatIsDoneHereAreNotTold() throws Exception {
    NovaConf conf =
        load(
            List.of(
                "[DEFAULT]",
                "enabled_ssl_apis = osapi_compute",
                "use_stderr = true",
                "watch_log_file = true",
                "log_rotation_type = None",
                "log_rotate_interval_type = Days",
                "graceful_shutdown_timeout = 60",
                "metadata_manager = nova.api.manager.MetadataManager",
                "[database]",
                "max_retries = -1",
                "[healthcheck]",
                "backends = disable_by_file",
                "disable_by_file_path = /run/off",
                "[service_user]",
                "auth_type = password",
                "password = secret",
                "[profiler]",
                "enabled = true"));
    assertEquals(List.of(), conf.warnings());
  }

  @Test
  void guestsAndOperatorsOfTodaysGapsAreTold() throws Exception {
    NovaConf conf =
        load(
            List.of(
                "[DEFAULT]",
                "enabled_ssl_apis = osapi_compute, metadata",
                "metadata_manager = acme.Manager",
                "[api]",
                "vendordata_providers = StaticJSON,DynamicJSON",
                "[neutron]",
                "auth_type = v3oidcpassword"));
    assertEquals(
        Set.of(
            file()
                + ":2: [DEFAULT] enabled_ssl_apis is not heeded: guests are answered over plain"
                + " HTTP, TLS is not there yet",
            file()
                + ":3: [DEFAULT] metadata_manager is not heeded: only nova's own has a meaning,"
                + " nova.api.manager.MetadataManager",
            file()
                + ":5: [api] vendordata_providers"
                + HEEDED_IN_PART
                + "DynamicJSON is not there yet, vendor_data2.json has nothing of it",
            file()
                + ":7: [neutron] auth_type"
                + HEEDED_IN_PART
                + "this service can log in with none but password, v3password, token, v3token,"
                + " v3applicationcredential, admin_token, none, noauth"),
        Set.copyOf(conf.warnings()));
    assertEquals(4, conf.warnings().size());
  }

  @Test
  void anEmptyTemplateIsToldWhereItIsSet() throws Exception {
    List<String> warnings = load(List.of("[DEFAULT]", "injected_network_template =")).warnings();
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.get(0).startsWith(file() + ":2: [DEFAULT] injected_network_template"),
        warnings.get(0));
  }

  @Test
  void aNameThatNovaKnowsIsNoMisspelling() throws Exception {
    NovaConf conf = load(List.of("[DEFAULT]", "log_file = x", "[wsgi]", "api_paste_confg = y"));
    assertEquals(1, conf.warnings().size());
    List<String> lines = new ArrayList<>();
    for (OptionName name : readByNova()) {
      lines.addAll(
          List.of("[" + name.group() + "]", name.name() + (isBool(name) ? " = no" : " =")));
    }
    assertEquals(
        List.of(),
        load(lines).warnings().stream().filter(line -> line.contains("is no option")).toList());
  }

  private static boolean isBool(OptionName name) {
    return Catalogue.all().stream()
        .anyMatch(
            option ->
                option.fullName().equals(name) && option.type().expected().startsWith("true or"));
  }

  /** A value that is of the option's type and not its default. */
  private static String other(Option<?> option) {
    Object standard = option.type().parse(option.defaultValue().text().get());
    if (standard instanceof Boolean isSet) {
      return isSet ? "no" : "yes";
    }
    return option.name().equals("enabled_ssl_apis") ? "metadata" : ANY;
  }

  private static String quoted(String text) {
    return text.strip().equals(text) ? text : '"' + text + '"';
  }

  private static List<OptionName> readByNova() throws Exception {
    List<String> login = lines("login.txt");
    List<OptionName> names = new ArrayList<>();
    String group = "";
    for (String line : lines("read.txt")) {
      if (line.startsWith("[")) {
        group = line.substring(1, line.length() - 1);
      } else {
        for (String name : line.equals("LOGIN") ? login : List.of(line)) {
          names.add(new OptionName(group, name));
        }
      }
    }
    return names;
  }

  private static List<String> lines(String name) throws Exception {
    return Files.readAllLines(READ_BY_NOVA.resolve(name)).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  private Path file() {
    return directory.resolve("nova.conf");
  }

  private Path file(String... lines) throws Exception {
    return Files.write(file(), List.of(lines));
  }

  private NovaConf load(List<String> lines) throws Exception {
    return NovaConf.load(List.of(file(lines.toArray(String[]::new))), List.of(), Map.of());
  }
}
