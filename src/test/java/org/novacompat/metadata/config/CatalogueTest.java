// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;
import org.novacompat.metadata.config.oslo.OptionName;

class CatalogueTest {

  @TempDir Path directory;

  @Test
  void defaultsAreThoseOfNova() {
    NovaConf conf = NovaConf.load(List.of(), List.of(), Map.of());
    assertEquals(
        Path.of("/usr/lib/python3/dist-packages"),
        conf.get(Catalogue.DEFAULT.pybasedir),
        "pybasedir");
    assertEquals(Path.of("/var/lib/nova"), conf.get(Catalogue.DEFAULT.statePath));
    assertTrue(conf.get(Catalogue.DEFAULT.myIp).matches("[0-9]+(\\.[0-9]+){3}"));
    assertEquals(List.of("osapi_compute", "metadata"), conf.get(Catalogue.DEFAULT.enabledApis));
    assertEquals("0.0.0.0", conf.get(Catalogue.DEFAULT.metadataListen));
    assertEquals(8775, conf.get(Catalogue.DEFAULT.metadataListenPort));
    assertEquals(conf.get(Catalogue.DEFAULT.myIp), conf.get(Catalogue.DEFAULT.metadataHost));
    assertEquals(8775, conf.get(Catalogue.DEFAULT.metadataPort));
    assertEquals(
        Runtime.getRuntime().availableProcessors(), conf.get(Catalogue.DEFAULT.metadataWorkers));
    assertEquals(Optional.empty(), conf.get(Catalogue.DEFAULT.injectedNetworkTemplate));
    assertFalse(conf.get(Catalogue.DEFAULT.debug));
    assertEquals(Optional.empty(), conf.get(Catalogue.DEFAULT.logFile));
    assertEquals(Optional.empty(), conf.get(Catalogue.DEFAULT.logDir));
    assertEquals("novalocal", conf.get(Catalogue.API.dhcpDomain));
    assertEquals(Duration.ofSeconds(15), conf.get(Catalogue.API.metadataCacheExpiration));
    assertFalse(conf.get(Catalogue.API.localMetadataPerCell));
    assertEquals(List.of("StaticJSON"), conf.get(Catalogue.API.vendordataProviders));
    assertEquals(Optional.empty(), conf.get(Catalogue.API.vendordataJsonfilePath));
    assertFalse(conf.get(Catalogue.API.useForwardedFor));
    assertFalse(conf.get(Catalogue.WSGI.enableProxyHeadersParsing));
    assertEquals(Optional.empty(), conf.get(Catalogue.WSGI.disableByFilePath));
    assertEquals(Path.of("api-paste.ini"), conf.get(Catalogue.WSGI.apiPasteConfig));
    assertEquals(Optional.empty(), conf.get(Catalogue.API_DATABASE.connection));
    assertEquals("", conf.get(Catalogue.API_DATABASE.connectionParameters));
    assertEquals(5, conf.get(Catalogue.API_DATABASE.maxPoolSize));
    assertEquals(50, conf.get(Catalogue.API_DATABASE.maxOverflow));
    assertEquals(Duration.ofSeconds(30), conf.get(Catalogue.API_DATABASE.poolTimeout));
    assertEquals(Duration.ofSeconds(3600), conf.get(Catalogue.API_DATABASE.connectionRecycleTime));
    assertEquals(Optional.empty(), conf.get(Catalogue.DATABASE.connection));
    assertEquals("", conf.get(Catalogue.DATABASE.connectionParameters));
    assertEquals(5, conf.get(Catalogue.DATABASE.maxPoolSize));
    assertEquals(50, conf.get(Catalogue.DATABASE.maxOverflow));
    assertEquals(Duration.ofSeconds(30), conf.get(Catalogue.DATABASE.poolTimeout));
    assertEquals(Duration.ofSeconds(3600), conf.get(Catalogue.DATABASE.connectionRecycleTime));
    assertEquals(
        ConnectionOptions.DEFAULTS, DerivedOptions.connectionOptions(conf, Catalogue.DATABASE));
    assertEquals(
        ConnectionOptions.DEFAULTS, DerivedOptions.connectionOptions(conf, Catalogue.API_DATABASE));
    assertFalse(conf.get(Catalogue.NEUTRON.serviceMetadataProxy));
    assertEquals("", conf.get(Catalogue.NEUTRON.metadataProxySharedSecret));
    assertEquals(Optional.empty(), conf.get(Catalogue.NOVA_COMPAT.apiRelease));
    assertEquals(Optional.empty(), conf.get(Catalogue.NOVA_COMPAT.metadataHostIpv6));
    assertEquals(Duration.ofSeconds(3600), conf.get(Catalogue.NOVA_COMPAT.serveStaleSeconds));
    long twoFifths = Runtime.getRuntime().maxMemory() * 2 / 5;
    assertEquals(twoFifths, conf.get(Catalogue.NOVA_COMPAT.cacheMaxMib), 1024.0 * 1024.0);
    assertEquals(128, conf.get(Catalogue.ESURFING.metadataItems));
    assertTrue(conf.get(Catalogue.ESURFING.enabled));
    assertEquals(Optional.empty(), conf.get(Catalogue.ESURFING.regionId));
    assertEquals(EsurfingOptions.OwnerAccount.PROJECT, conf.get(Catalogue.ESURFING.ownerAccount));
    assertEquals(Duration.ofSeconds(10), conf.get(Catalogue.NOVA_COMPAT.drainSeconds));
  }

  @Test
  void nothingButGuestsIsAnsweredUnlessConfigured() {
    NovaConf conf = NovaConf.load(List.of(), List.of(), Map.of());
    assertEquals(Optional.empty(), conf.get(Catalogue.ESURFING.accessKeysFile));
    assertEquals("127.0.0.1", conf.get(Catalogue.OPENAPI.listen));
    assertEquals(Optional.of(8743), conf.get(Catalogue.OPENAPI.listenPort));
    assertEquals(Optional.empty(), conf.get(Catalogue.OPENAPI.certFile));
    assertEquals(Optional.empty(), conf.get(Catalogue.OPENAPI.keyFile));
    assertEquals(Duration.ofSeconds(300), conf.get(Catalogue.ESURFING.signatureSkewSeconds));
    assertEquals(20, conf.get(Catalogue.ESURFING.signatureFailuresPerMinute));
    assertEquals("127.0.0.1", conf.get(Catalogue.ADMIN.listen));
    assertEquals(Optional.empty(), conf.get(Catalogue.ADMIN.listenPort));
  }

  @Test
  void everyNameSetsItsOption() throws Exception {
    Path file = directory.resolve("nova.conf");
    Files.writeString(
        file,
        """
        [DEFAULT]
        pybasedir = /opt/nova
        state_path = /srv/nova
        my_ip = 192.0.2.7
        enabled_apis = metadata
        metadata_listen = 127.0.0.1
        metadata_listen_port = 18775
        metadata_host = 192.0.2.8
        metadata_port = 8776
        metadata_workers = 3
        injected_network_template = $pybasedir/interfaces
        debug = true
        log_file = metadata.log
        log_dir = /var/log/nova
        [api]
        dhcp_domain = example.org
        metadata_cache_expiration = 0
        local_metadata_per_cell = yes
        vendordata_providers = StaticJSON, DynamicJSON
        vendordata_jsonfile_path = $state_path/vendor.json
        use_forwarded_for = true
        [oslo_middleware]
        enable_proxy_headers_parsing = true
        [healthcheck]
        disable_by_file_path = $state_path/off
        [wsgi]
        api_paste_config = /srv/paste.ini
        [api_database]
        connection = mysql+pymysql://a:b@c/nova_api
        connection_parameters = charset=utf8
        max_pool_size = 1
        max_overflow = 2
        pool_timeout = 3
        connection_recycle_time = 4
        mysql_sql_mode = ANSI
        mysql_wsrep_sync_wait = 5
        [database]
        connection = mysql+pymysql://a:b@c/nova
        connection_parameters = charset=utf8mb4
        max_pool_size = 5
        max_overflow = -1
        pool_timeout = 7
        connection_recycle_time = 8
        mysql_sql_mode =
        mysql_wsrep_sync_wait = 1
        [neutron]
        service_metadata_proxy = on
        metadata_proxy_shared_secret = s3cr3t
        [nova_compat]
        api_release = zed
        metadata_host_ipv6 = 2001:db8::8
        serve_stale_seconds = 0
        cache_max_mib = 64
        drain_seconds = 7
        database_driver_options = useServerPrepStmts=false&tcpKeepAlive=true
        admin_listen = 192.0.2.9
        admin_listen_port = 8744
        admin_cert_file = /srv/admin.crt
        admin_key_file = /srv/admin.key
        [quota]
        metadata_items = -1
        [esurfing]
        enabled = false
        region_id = east-1
        owner_account = user
        access_keys_file = /srv/keys
        openapi_listen = 192.0.2.10
        openapi_listen_port = 443
        openapi_cert_file = /srv/api.crt
        openapi_key_file = /srv/api.key
        signature_skew_seconds = 60
        signature_failures_per_minute = 5
        """);
    NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
    assertEquals(Path.of("/opt/nova"), conf.get(Catalogue.DEFAULT.pybasedir));
    assertEquals(Path.of("/srv/nova"), conf.get(Catalogue.DEFAULT.statePath));
    assertEquals("192.0.2.7", conf.get(Catalogue.DEFAULT.myIp));
    assertEquals(List.of("metadata"), conf.get(Catalogue.DEFAULT.enabledApis));
    assertEquals("127.0.0.1", conf.get(Catalogue.DEFAULT.metadataListen));
    assertEquals(18775, conf.get(Catalogue.DEFAULT.metadataListenPort));
    assertEquals("192.0.2.8", conf.get(Catalogue.DEFAULT.metadataHost));
    assertEquals(8776, conf.get(Catalogue.DEFAULT.metadataPort));
    assertEquals(3, conf.get(Catalogue.DEFAULT.metadataWorkers));
    assertEquals(
        Optional.of(Path.of("/opt/nova/interfaces")),
        conf.get(Catalogue.DEFAULT.injectedNetworkTemplate));
    assertTrue(conf.get(Catalogue.DEFAULT.debug));
    assertEquals(Optional.of(Path.of("metadata.log")), conf.get(Catalogue.DEFAULT.logFile));
    assertEquals(Optional.of(Path.of("/var/log/nova")), conf.get(Catalogue.DEFAULT.logDir));
    assertEquals("example.org", conf.get(Catalogue.API.dhcpDomain));
    assertEquals(Duration.ofSeconds(0), conf.get(Catalogue.API.metadataCacheExpiration));
    assertTrue(conf.get(Catalogue.API.localMetadataPerCell));
    assertEquals(List.of("StaticJSON", "DynamicJSON"), conf.get(Catalogue.API.vendordataProviders));
    assertEquals(
        Optional.of(Path.of("/srv/nova/vendor.json")),
        conf.get(Catalogue.API.vendordataJsonfilePath));
    assertTrue(conf.get(Catalogue.API.useForwardedFor));
    assertTrue(conf.get(Catalogue.WSGI.enableProxyHeadersParsing));
    assertEquals(Optional.of(Path.of("/srv/nova/off")), conf.get(Catalogue.WSGI.disableByFilePath));
    assertEquals(Path.of("/srv/paste.ini"), conf.get(Catalogue.WSGI.apiPasteConfig));
    assertEquals("nova_api", database(conf, Catalogue.API_DATABASE.connection));
    assertEquals("charset=utf8", conf.get(Catalogue.API_DATABASE.connectionParameters));
    assertEquals(1, conf.get(Catalogue.API_DATABASE.maxPoolSize));
    assertEquals(2, conf.get(Catalogue.API_DATABASE.maxOverflow));
    assertEquals(Duration.ofSeconds(3), conf.get(Catalogue.API_DATABASE.poolTimeout));
    assertEquals(Duration.ofSeconds(4), conf.get(Catalogue.API_DATABASE.connectionRecycleTime));
    assertEquals("nova", database(conf, Catalogue.DATABASE.connection));
    assertEquals("charset=utf8mb4", conf.get(Catalogue.DATABASE.connectionParameters));
    assertEquals(5, conf.get(Catalogue.DATABASE.maxPoolSize));
    assertEquals(-1, conf.get(Catalogue.DATABASE.maxOverflow));
    assertEquals(Duration.ofSeconds(7), conf.get(Catalogue.DATABASE.poolTimeout));
    assertEquals(Duration.ofSeconds(8), conf.get(Catalogue.DATABASE.connectionRecycleTime));
    DriverOptions driver =
        new DriverOptions(Map.of("useServerPrepStmts", "false", "tcpKeepAlive", "true"));
    assertEquals(driver, conf.get(Catalogue.NOVA_COMPAT.databaseDriverOptions));
    assertEquals(
        new ConnectionOptions(Optional.of("ANSI"), Optional.of(5), driver),
        DerivedOptions.connectionOptions(conf, Catalogue.API_DATABASE));
    assertEquals(
        new ConnectionOptions(Optional.empty(), Optional.of(1), driver),
        DerivedOptions.connectionOptions(conf, Catalogue.DATABASE));
    assertTrue(conf.get(Catalogue.NEUTRON.serviceMetadataProxy));
    assertEquals("s3cr3t", conf.get(Catalogue.NEUTRON.metadataProxySharedSecret));
    assertEquals(Optional.of(ApiRelease.ZED), conf.get(Catalogue.NOVA_COMPAT.apiRelease));
    assertEquals(Optional.of("2001:db8::8"), conf.get(Catalogue.NOVA_COMPAT.metadataHostIpv6));
    assertEquals(Duration.ofSeconds(0), conf.get(Catalogue.NOVA_COMPAT.serveStaleSeconds));
    assertEquals(64 * 1024 * 1024, conf.get(Catalogue.NOVA_COMPAT.cacheMaxMib));
    assertEquals(-1, conf.get(Catalogue.ESURFING.metadataItems));
    assertFalse(conf.get(Catalogue.ESURFING.enabled));
    assertEquals(Optional.of("east-1"), conf.get(Catalogue.ESURFING.regionId));
    assertEquals(EsurfingOptions.OwnerAccount.USER, conf.get(Catalogue.ESURFING.ownerAccount));
    assertEquals(Duration.ofSeconds(7), conf.get(Catalogue.NOVA_COMPAT.drainSeconds));
    assertEquals("192.0.2.9", conf.get(Catalogue.ADMIN.listen));
    assertEquals(Optional.of(8744), conf.get(Catalogue.ADMIN.listenPort));
    assertEquals(Optional.of(Path.of("/srv/admin.crt")), conf.get(Catalogue.ADMIN.certFile));
    assertEquals(Optional.of(Path.of("/srv/admin.key")), conf.get(Catalogue.ADMIN.keyFile));
    assertEquals(Optional.of(Path.of("/srv/keys")), conf.get(Catalogue.ESURFING.accessKeysFile));
    assertEquals("192.0.2.10", conf.get(Catalogue.OPENAPI.listen));
    assertEquals(Optional.of(443), conf.get(Catalogue.OPENAPI.listenPort));
    assertEquals(Optional.of(Path.of("/srv/api.crt")), conf.get(Catalogue.OPENAPI.certFile));
    assertEquals(Optional.of(Path.of("/srv/api.key")), conf.get(Catalogue.OPENAPI.keyFile));
    assertEquals(Duration.ofSeconds(60), conf.get(Catalogue.ESURFING.signatureSkewSeconds));
    assertEquals(5, conf.get(Catalogue.ESURFING.signatureFailuresPerMinute));
    assertEquals(1, conf.warnings().size(), conf.warnings()::toString);
    assertTrue(conf.warnings().get(0).contains("DynamicJSON"), conf.warnings().get(0));
  }

  @Test
  void everyDeprecatedNameSetsItsOptionWithOneWarning() throws Exception {
    for (Option<?> option : Catalogue.all()) {
      for (OptionName old : option.deprecatedNames()) {
        Path file = directory.resolve("old.conf");
        String text = option.name().contains("connection") ? "mysql://c/nova" : "77";
        text = option.name().equals("connection_recycle_time") ? "77" : text;
        text = option.name().equals("vendordata_providers") ? "DynamicJSON" : text;
        text = option.name().equals("use_forwarded_for") ? "true" : text;
        Files.writeString(file, "[" + old.group() + "]\n" + old.name() + " = " + text + "\n");
        NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
        assertEquals(option.type().parse(text), conf.get(option), old.toString());
        assertTrue(
            conf.warnings()
                .contains(
                    file + ":2: " + old + " is deprecated: the option is now " + option.fullName()),
            conf.warnings().toString());
      }
    }
  }

  @Test
  void listsEveryGroup() throws Exception {
    List<Option<?>> options = new ArrayList<>();
    for (var field : Catalogue.class.getFields()) {
      options.addAll(((OptionGroup) field.get(null)).options());
    }
    assertEquals(new HashSet<>(options), new HashSet<>(Catalogue.all()));
    assertEquals(options.size(), Catalogue.all().size());
  }

  @Test
  void noTwoOptionsHaveOneEnvironmentVariable() {
    List<String> variables =
        Catalogue.all().stream()
            .map(option -> option.fullName().environmentVariables().get(2))
            .toList();
    assertEquals(variables.size(), new HashSet<>(variables).size());
  }

  @Test
  void namesAndHelpAreWhole() {
    for (Option<?> option : Catalogue.all()) {
      assertTrue(option.help().endsWith("."), option.fullName() + " has no sentence of help");
      Stream<OptionName> names = option.deprecatedNames().stream();
      assertTrue(names.noneMatch(option.fullName()::equals), option.fullName().toString());
    }
    long distinct = Catalogue.all().stream().map(Option::fullName).distinct().count();
    assertEquals(Catalogue.all().size(), distinct);
  }

  @Test
  void releasesAreKnownByNameAndByNumber() {
    assertEquals(ApiRelease.ZED, ApiRelease.parse("Zed"));
    assertEquals(ApiRelease.ANTELOPE, ApiRelease.parse("2023.1"));
    assertEquals(ApiRelease.EPOXY, ApiRelease.parse("epoxy"));
    assertEquals(ApiRelease.EPOXY, ApiRelease.parse("2025.1"));
    assertEquals(ApiRelease.latest(), ApiRelease.parse("latest"));
    assertEquals(Optional.of(ApiRelease.YOGA), ApiRelease.choice("yoga"));
    assertEquals(Optional.of(ApiRelease.latest()), ApiRelease.choice("LATEST"));
    assertEquals(Optional.empty(), ApiRelease.choice("Auto"));
    assertThrows(IllegalArgumentException.class, () -> ApiRelease.choice("stein"));
  }

  /** Nova's code at the tags 25.0.0 and 26.0.0, 28.0.0 and 29.0.0. */
  @Test
  void releasesKnowWhatElseTheyShow() {
    assertTrue(ApiRelease.TRAIN.showsNetworksAsBeforeZed());
    assertTrue(ApiRelease.YOGA.showsNetworksAsBeforeZed());
    assertFalse(ApiRelease.ZED.showsNetworksAsBeforeZed());
    assertFalse(ApiRelease.latest().showsNetworksAsBeforeZed());
    assertTrue(ApiRelease.TRAIN.readsUseForwardedFor());
    assertTrue(ApiRelease.BOBCAT.readsUseForwardedFor());
    assertFalse(ApiRelease.CARACAL.readsUseForwardedFor());
    assertFalse(ApiRelease.YOGA.shipsProxyHeadersFilter());
    assertTrue(ApiRelease.ZED.shipsProxyHeadersFilter());
  }

  @Test
  void releasesKnowTheirNova() {
    assertEquals(20, ApiRelease.TRAIN.nova());
    assertEquals(26, ApiRelease.ZED.nova());
    assertEquals(31, ApiRelease.EPOXY.nova());
    assertEquals(34, ApiRelease.HIBISCUS.nova());
  }

  private static String database(NovaConf conf, Option<Optional<DatabaseUrl>> option) {
    return conf.get(option).orElseThrow().database();
  }
}
