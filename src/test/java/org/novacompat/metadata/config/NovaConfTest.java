// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.microprofile.NovaConfSource;
import org.novacompat.metadata.config.oslo.Arguments;
import org.novacompat.metadata.config.oslo.ConfigPaths;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;
import org.novacompat.metadata.config.oslo.OptionName;
import org.novacompat.metadata.config.oslo.OptionType;

class NovaConfTest {

  private static final String MARIADB = "expected mysql+pymysql://USER:PASSWORD@HOST:PORT/DATABASE";

  private static final String LOG_DIR_PROPERTY = "nova.DEFAULT.log_dir";

  @TempDir Path directory;

  @AfterEach
  void forgetSystemProperties() {
    System.clearProperty(NovaConfFiles.FILES_PROPERTY);
    System.clearProperty(NovaConfFiles.DIRECTORIES_PROPERTY);
    System.clearProperty(ConfigPaths.ROOT_PROPERTY);
  }

  @Test
  void wrongValuesNameFileLineOptionAndWhatWasExpected() throws Exception {
    Path file =
        write(
            "nova.conf",
            """
            [DEFAULT]
            metadata_listen_port = 65536
            metadata_workers = 0
            debug = maybe
            [api]
            vendordata_providers = StaticJSON, Ec2
            metadata_cache_expiration = 1.5
            [database]
            max_pool_size = 1e3
            pool_timeout = soon
            [nova_compat]
            api_release = stein
            """);
    assertEquals(
        List.of(
            file
                + ":2: [DEFAULT] metadata_listen_port: expected an integer from 0 to 65535, got"
                + " '65536'",
            file + ":3: [DEFAULT] metadata_workers: expected an integer of 1 or more, got '0'",
            file
                + ":4: [DEFAULT] debug: expected true or false (or 1, 0, on, off, yes, no), got"
                + " 'maybe'",
            file
                + ":7: [api] metadata_cache_expiration: expected an integer of 0 or more, got"
                + " '1.5'",
            file
                + ":6: [api] vendordata_providers: expected a list, separated by commas, each one"
                + " of StaticJSON, DynamicJSON, got 'StaticJSON, Ec2'",
            file + ":9: [database] max_pool_size: expected an integer, got '1e3'",
            file + ":10: [database] pool_timeout: expected an integer, got 'soon'",
            file
                + ":12: [nova_compat] api_release: expected an OpenStack release: "
                + ApiRelease.names()
                + ", got 'stein'"),
        problems(file));
  }

  @Test
  void wrongValueOfTheEnvironmentNamesTheVariable() {
    Map<String, String> environment = Map.of("OS_API__METADATA_CACHE_EXPIRATION", "-1");
    InvalidConfigurationException refusal =
        assertThrows(
            InvalidConfigurationException.class,
            () -> NovaConf.load(List.of(), List.of(), environment));
    assertEquals(
        "OS_API__METADATA_CACHE_EXPIRATION: [api] metadata_cache_expiration: expected an integer"
            + " of 0 or more, got '-1'",
        refusal.getMessage());
  }

  @Test
  void valueOfSeveralLinesIsShownOnOne() throws Exception {
    Path file = write("nova.conf", "[DEFAULT]\ndebug = a\n  b\n");
    assertTrue(problems(file).get(0).endsWith("got 'a\\nb'"));
  }

  @Test
  void anotherDatabaseIsRefusedByNameAndWithoutItsPassword() throws Exception {
    Path file = write("nova.conf", "[database]\nconnection = postgresql://nova:hunter2@db/nova\n");
    assertEquals(
        List.of(
            file
                + ":2: [database] connection: "
                + MARIADB
                + " (postgresql is not supported: nova-compat reads MariaDB and MySQL)"),
        problems(file));
  }

  @Test
  void missingFilesAndDirectoriesAreNamed() {
    Path file = directory.resolve("nova.conf");
    Path fragments = directory.resolve("nova.conf.d");
    InvalidConfigurationException refusal =
        assertThrows(
            InvalidConfigurationException.class,
            () -> NovaConf.load(List.of(file), List.of(fragments), Map.of()));
    assertEquals(
        List.of(file + ": no such file", fragments + ": no such directory"), refusal.problems());
  }

  @Test
  void fileThatIsNoTextIsRefused() throws Exception {
    Path file = Files.write(directory.resolve("nova.conf"), new byte[] {'#', (byte) 0xe9, '\n'});
    assertEquals(List.of(file + ": not text in UTF-8"), problems(file));
  }

  @Test
  void unreadableLinesThatMayHoldSecretsAreNotShown() throws Exception {
    Path file =
        write(
            "nova.conf",
            """
            [neutron]
            metadata_proxy_shared_secret hunter2
            hunter2
            = hunter2
            metadata_proxy_shared_secret =

              hunter2
            """);
    List<String> problems = problems(file);
    assertEquals(4, problems.size());
    assertFalse(String.join("\n", problems).contains("hunter2"));
  }

  @Test
  void secretsAreInNoPropertyNorInWhatIsMadeOfThem() throws Exception {
    Path file =
        write(
            "nova.conf",
            """
            [DEFAULT]
            log_file = ${neutron.metadata_proxy_shared_secret}.log
            log_dir = $transport_url
            transport_url = rabbit://nova:hunter2@mq
            [database]
            connection = mysql+pymysql://nova:hunter2@db/nova
            [neutron]
            metadata_proxy_shared_secret = hunter2
            password = hunter2
            """);
    NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
    assertEquals(Optional.of(Path.of("hunter2.log")), conf.get(Catalogue.DEFAULT.logFile));
    assertFalse(conf.properties().toString().contains("hunter2"));
    assertFalse(conf.toString().contains("hunter2"));
    assertFalse(conf.get(Catalogue.DATABASE.connection).toString().contains("hunter2"));
  }

  @Test
  void unusableValueMadeOfASecretIsNotShown() throws Exception {
    Path file =
        write(
            "nova.conf",
            """
            [DEFAULT]
            metadata_host = $neutron.password
            metadata_listen = guests
            [neutron]
            password = hunter2
            """);
    NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
    assertEquals(
        List.of(file + ":2: [DEFAULT] metadata_host: expected an address"),
        conf.unusable(Catalogue.DEFAULT.metadataHost, "an address").problems());
    assertEquals(
        List.of(file + ":3: [DEFAULT] metadata_listen: expected an address, got 'guests'"),
        conf.unusable(Catalogue.DEFAULT.metadataListen, "an address").problems());
  }

  @Test
  void commandLineThenPropertyThenVariableThenFileSetsAnOption() throws Exception {
    assertEquals("--log-dir: [DEFAULT] log_dir", refusedBy("--log-dir", "property", "variable"));
    assertEquals(
        "system property nova.DEFAULT.log_dir: [DEFAULT] log_dir",
        refusedBy("", "property", "variable"));
    assertEquals("NOVA_DEFAULT_LOG_DIR: [DEFAULT] log_dir", refusedBy("", "", "variable"));
    assertEquals(directory.resolve("nova.conf") + ":2: [DEFAULT] log_dir", refusedBy("", "", ""));
  }

  /** The beginning of the complaint when all of these and the file set log_dir to a wrong value. */
  private String refusedBy(String argument, String property, String variable) throws Exception {
    List<Arguments.Argument> arguments = new ArrayList<>();
    arguments.add(new Arguments.Read(write("nova.conf", "[DEFAULT]\nlog_dir = $none\n")));
    if (!argument.isEmpty()) {
      arguments.add(new Arguments.Set(new OptionName("DEFAULT", "log_dir"), "$none", argument));
    }
    if (!property.isEmpty()) {
      System.setProperty(LOG_DIR_PROPERTY, "$none");
    }
    Map<String, String> environment =
        variable.isEmpty() ? Map.of() : Map.of("NOVA_DEFAULT_LOG_DIR", "$none");
    NovaConfFiles files =
        NovaConfFiles.read(
            new Arguments(arguments), List.of(), new ConfigPaths(directory, environment));
    try {
      return assertThrows(
              InvalidConfigurationException.class,
              () -> NovaConf.withProperties(files, environment))
          .problems()
          .get(0)
          .replaceFirst(": it refers to .*", "");
    } finally {
      System.clearProperty(LOG_DIR_PROPERTY);
    }
  }

  @Test
  void brokenValueMadeOfASecretIsShownAsItWasWritten() throws Exception {
    Path file =
        write(
            "nova.conf",
            """
            [DEFAULT]
            debug = ${neutron.metadata_proxy_shared_secret}
            [neutron]
            metadata_proxy_shared_secret = hunter2
            """);
    assertTrue(problems(file).get(0).endsWith("got '${neutron.metadata_proxy_shared_secret}'"));
  }

  @Test
  void dollarSignInASecretIsNotTakenForAnOptionThatMayBeNamed() throws Exception {
    Path file =
        write(
            "nova.conf",
            """
            [DEFAULT]
            log_dir = $transport_url
            transport_url = rabbit://nova:$hunter2@mq
            [database]
            connection = mysql+pymysql://nova:$hunter2@db/nova
            """);
    List<String> problems = problems(file);
    assertEquals(
        List.of(
            file
                + ":2: [DEFAULT] log_dir: it refers to [DEFAULT] transport_url: it refers to an"
                + " option that is set nowhere (a plain $ is $$)",
            file
                + ":5: [database] connection: it refers to an option that is set nowhere (a plain $"
                + " is $$)"),
        problems);
  }

  @Test
  void referenceToAnUnsetSecretIsEmpty() throws Exception {
    Path file = write("nova.conf", "[DEFAULT]\nlog_dir = /log${database.connection}\n");
    NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
    assertEquals(Optional.of(Path.of("/log")), conf.get(Catalogue.DEFAULT.logDir));
  }

  @Test
  void emptyIntegerLeavesTheDefault() throws Exception {
    Path file =
        write("nova.conf", "[DEFAULT]\nmetadata_listen_port =\n[database]\nmax_overflow=\n");
    NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
    assertEquals(8775, conf.get(Catalogue.DEFAULT.metadataListenPort));
    assertEquals(50, conf.get(Catalogue.DATABASE.maxOverflow));
  }

  @Test
  void deprecatedNameWarnsOnlyWhereItCounts() throws Exception {
    Path file =
        write("nova.conf", "[DEFAULT]\ndhcp_domain = old\nlogdir = /a\n[api]\ndhcp_domain = new\n");
    NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
    assertEquals("new", conf.get(Catalogue.API.dhcpDomain));
    assertEquals(
        List.of(file + ":3: [DEFAULT] logdir is deprecated: the option is now [DEFAULT] log_dir"),
        conf.warnings());
  }

  @Test
  void misspelledOptionsOfKnownGroupsWarn() throws Exception {
    Path file =
        write(
            "nova.conf",
            """
            [DEFAULT]
            metadata-listen-port = 1
            Debug = 1
            host = a
            my_block_storage_ip = 192.0.2.1
            [api]
            dhcp_domian = a
            max_limit = 1
            [database]
            min_pool_size = 1
            max_retries = 10
            [glance]
            debug_ = 1
            """);
    NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
    assertEquals(
        List.of(
            file
                + ":2: [DEFAULT] metadata-listen-port is no option and is ignored: is"
                + " metadata_listen_port meant?",
            file + ":3: [DEFAULT] Debug is no option and is ignored: is debug meant?",
            file + ":7: [api] dhcp_domian is no option and is ignored: is dhcp_domain meant?"),
        conf.warnings());
  }

  @Test
  void propertiesAreTheTextsByGroupAndName() throws Exception {
    Path file = write("nova.conf", "[DEFAULT]\nlog_file = $state_path/x.log\ndebug = Yes\n");
    Map<String, String> properties = NovaConf.load(List.of(file), List.of(), Map.of()).properties();
    assertEquals("/var/lib/nova/x.log", properties.get("nova.DEFAULT.log_file"));
    assertEquals("Yes", properties.get("nova.DEFAULT.debug"));
    assertEquals("8775", properties.get("nova.DEFAULT.metadata_listen_port"));
    assertEquals("auto", properties.get("nova.nova_compat.api_release"));
    assertFalse(properties.containsKey("nova.DEFAULT.log_dir"));
    assertFalse(properties.containsKey("nova.neutron.metadata_proxy_shared_secret"));
    assertFalse(properties.containsKey("nova.database.connection"));
  }

  @Test
  void optionOutsideTheCatalogueIsRefused() {
    NovaConf conf = NovaConf.load(List.of(), List.of(), Map.of());
    Option<String> stranger =
        new OptionGroup("api").option("stranger", OptionType.text(), "").help("Not known.");
    assertThrows(IllegalArgumentException.class, () -> conf.get(stranger));
  }

  @Test
  void systemPropertiesNameFilesAndDirectories() throws Exception {
    Path first = write("1.conf", "[DEFAULT]\nmy_ip = 1\nmetadata_listen = 1\n");
    Path second = write("2.conf", "[DEFAULT]\nmetadata_listen = 2\n");
    Path fragments = Files.createDirectory(directory.resolve("d"));
    write("d/3.conf", "[api]\ndhcp_domain = 3\n");
    System.setProperty(NovaConfFiles.FILES_PROPERTY, first + File.pathSeparator + second);
    System.setProperty(NovaConfFiles.DIRECTORIES_PROPERTY, fragments.toString());
    NovaConf conf = NovaConf.fromSystemProperties();
    assertEquals("1", conf.get(Catalogue.DEFAULT.myIp));
    assertEquals("2", conf.get(Catalogue.DEFAULT.metadataListen));
    assertEquals("3", conf.get(Catalogue.API.dhcpDomain));
  }

  @Test
  void aFoundDirectoryThatMayNotBeListedIsToldAndANamedOneIsRefused() throws Exception {
    Path etc = Files.createDirectories(directory.resolve("etc/nova"));
    Path closed = Files.createDirectory(etc.resolve("nova-api-metadata.conf.d"));
    Files.setPosixFilePermissions(closed, Set.of());
    assumeFalse(Files.isReadable(closed), "root may list any directory");
    System.setProperty(ConfigPaths.ROOT_PROPERTY, directory.toString());
    Path file = write("given.conf", "[DEFAULT]\nmy_ip = 192.0.2.1\n");
    System.setProperty(NovaConfFiles.FILES_PROPERTY, file.toString());
    NovaConf conf = NovaConf.fromSystemProperties();
    assertEquals("192.0.2.1", conf.get(Catalogue.DEFAULT.myIp));
    assertEquals(List.of(closed + ": permission denied: no file in it is read"), conf.warnings());
    System.setProperty(NovaConfFiles.DIRECTORIES_PROPERTY, closed.toString());
    InvalidConfigurationException refusal =
        assertThrows(InvalidConfigurationException.class, NovaConf::fromSystemProperties);
    assertEquals(List.of(closed + ": permission denied"), refusal.problems());
  }

  @Test
  void configSourceShowsWhatIsNoSecretByPrefixedName() throws Exception {
    Path file =
        write("nova.conf", "[api]\ndhcp_domain = a\n[neutron]\nmetadata_proxy_shared_secret=b\n");
    System.setProperty(NovaConfFiles.FILES_PROPERTY, file.toString());
    System.setProperty(NovaConfFiles.DIRECTORIES_PROPERTY, directory.toString());
    ConfigSource source = loaded();
    assertEquals("a", source.getValue("nova.api.dhcp_domain"));
    assertNull(source.getValue("nova.neutron.metadata_proxy_shared_secret"));
    assertEquals("nova.conf", source.getName());
    assertEquals(source.getProperties().keySet(), source.getPropertyNames());
    assertTrue(source.getPropertyNames().stream().allMatch(name -> name.startsWith("nova.")));
  }

  private static ConfigSource loaded() {
    return ServiceLoader.load(ConfigSource.class).stream()
        .filter(provider -> provider.type().equals(NovaConfSource.class))
        .findFirst()
        .orElseThrow()
        .get();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }

  private static List<String> problems(Path file) {
    return assertThrows(
            InvalidConfigurationException.class,
            () -> NovaConf.load(List.of(file), List.of(), Map.of()))
        .problems();
  }
}
