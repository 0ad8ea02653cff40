// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import org.novacompat.metadata.config.oslo.Option;

class ServiceOptionsTest {
  private static final ServiceOptions OPTIONS = new ServiceOptions("neutron", "network");

  @TempDir Path directory;

  @Test
  void defaultsAreThoseOfNova() {
    NovaConf conf = NovaConf.load(List.of(), List.of(), Map.of());
    assertEquals("network", conf.get(OPTIONS.serviceType));
    assertEquals(List.of("internal", "public"), conf.get(OPTIONS.validInterfaces));
    assertEquals(false, conf.get(OPTIONS.insecure));
    assertEquals(3, conf.get(Catalogue.NEUTRON.httpRetries));
    assertEquals(Duration.ofMillis(100), conf.get(OPTIONS.connectRetryDelay));
    assertEquals(0, conf.get(OPTIONS.statusCodeRetries));
    assertEquals(Duration.ofMillis(100), conf.get(OPTIONS.statusCodeRetryDelay));
    List<Option<?>> set =
        List.of(
            OPTIONS.serviceType,
            OPTIONS.validInterfaces,
            OPTIONS.insecure,
            OPTIONS.connectRetryDelay,
            OPTIONS.statusCodeRetries,
            OPTIONS.statusCodeRetryDelay);
    OPTIONS.options().stream()
        .filter(option -> !set.contains(option))
        .forEach(
            option ->
                assertEquals(Optional.empty(), conf.get(option), option.fullName().toString()));
  }

  @Test
  void everyNameOfKeystoneauthSetsAnOption() throws Exception {
    NovaConf conf =
        load(
            """
            [neutron]
            http_retries = 1
            connect_retries = 2
            connect_retry_delay = 0.5
            status_code_retries = 3
            status_code_retry_delay = 2
            timeout = 2.5
            insecure = true
            cafile = /ca.pem
            certfile = /cert.pem
            keyfile = /key.pem
            service_type = networking
            valid_interfaces = admin,public
            """
                + texts().map(name -> name + " = the " + name + "\n").reduce("", String::concat));
    assertEquals(1, conf.get(Catalogue.NEUTRON.httpRetries));
    assertEquals(Optional.of(2), conf.get(OPTIONS.connectRetries));
    assertEquals(Duration.ofMillis(500), conf.get(OPTIONS.connectRetryDelay));
    assertEquals(3, conf.get(OPTIONS.statusCodeRetries));
    assertEquals(Duration.ofSeconds(2), conf.get(OPTIONS.statusCodeRetryDelay));
    assertEquals(Optional.of(Duration.ofMillis(2500)), conf.get(OPTIONS.timeout));
    assertEquals(true, conf.get(OPTIONS.insecure));
    assertEquals(Optional.of(Path.of("/ca.pem")), conf.get(OPTIONS.cafile));
    assertEquals(Optional.of(Path.of("/cert.pem")), conf.get(OPTIONS.certfile));
    assertEquals(Optional.of(Path.of("/key.pem")), conf.get(OPTIONS.keyfile));
    assertEquals("networking", conf.get(OPTIONS.serviceType));
    assertEquals(List.of("admin", "public"), conf.get(OPTIONS.validInterfaces));
    for (String name : texts().toList()) {
      Option<?> option =
          OPTIONS.options().stream()
              .filter(any -> any.name().equals(name))
              .findFirst()
              .orElseThrow();
      assertEquals(Optional.of("the " + name), conf.get(option));
    }
    assertEquals(OPTIONS.options().size(), 12 - 1 + texts().count());
    assertEquals(
        List.of(),
        conf.warnings().stream().filter(line -> !line.contains("[neutron] auth_type ")).toList());
  }

  @Test
  void secondsMayHaveAFractionAndBeOfAnyLength() throws Exception {
    NovaConf conf =
        load(
            """
            [neutron]
            timeout = 0.25
            connect_retry_delay = 1e-1
            status_code_retry_delay = -1
            connect_retries = -1
            """);
    assertEquals(Optional.of(Duration.ofMillis(250)), conf.get(OPTIONS.timeout));
    assertEquals(Duration.ofMillis(100), conf.get(OPTIONS.connectRetryDelay));
    assertEquals(Duration.ZERO, conf.get(OPTIONS.statusCodeRetryDelay));
    assertEquals(Optional.of(-1), conf.get(OPTIONS.connectRetries));
  }

  @Test
  void aTimeoutThatNobodyCouldKeepToIsRefused() {
    InvalidConfigurationException refusal =
        assertThrows(InvalidConfigurationException.class, () -> load("[neutron]\ntimeout = 0\n"));
    assertEquals(
        directory.resolve("nova.conf")
            + ":2: [neutron] timeout: expected a number of seconds above 0, got '0'",
        refusal.getMessage());
  }

  @Test
  void anotherSectionSaysWhoLogsInAndNothingElse() throws Exception {
    NovaConf conf =
        load(
            """
            [neutron]
            auth_section = Keystone_AuthToken
            auth_type = v3token
            username = not asked for
            cafile = /neutron.pem
            timeout = 3
            region_name = here
            [keystone_authtoken]
            auth_plugin = v3password
            auth_url = https://keystone/v3
            user-name = nova
            password = s3cr3t
            tenant_name = service
            auth_section = placement
            cafile = /keystone.pem
            timeout = 30
            region_name = there
            """);
    ServiceOptions followed = OPTIONS.followed(conf);
    assertEquals(Optional.of("v3password"), conf.get(followed.authType));
    assertEquals(Optional.of("https://keystone/v3"), conf.get(followed.authUrl));
    assertEquals(Optional.of("nova"), conf.get(followed.username));
    assertEquals(Optional.of("s3cr3t"), conf.get(followed.password));
    assertEquals(Optional.of("service"), conf.get(followed.projectName));
    assertEquals(Optional.empty(), conf.get(followed.projectDomainName));
    assertEquals(Optional.of(Path.of("/neutron.pem")), conf.get(followed.cafile));
    assertEquals(Optional.of(Duration.ofSeconds(3)), conf.get(followed.timeout));
    assertEquals(Optional.of("here"), conf.get(followed.regionName));
    assertEquals("network", conf.get(followed.serviceType));
    assertEquals("[keystone_authtoken] username", followed.username.fullName().toString());
    assertEquals(
        List.of(
            "[keystone_authtoken] auth_plugin",
            "[keystone_authtoken] user-name",
            "[keystone_authtoken] tenant_name"),
        conf.warnings().stream()
            .map(line -> line.replaceFirst(".*nova.conf:\\d+: (\\S+ \\S+) is deprecated.*", "$1"))
            .toList());
    assertFalse(conf.properties().toString().contains("s3cr3t"));
  }

  @Test
  void aSectionMayBeNamedByReferenceAndBeOneThatHasOptionsOfItsOwn() throws Exception {
    NovaConf conf =
        load(
            """
            [DEFAULT]
            my_ip = cache
            [neutron]
            auth_section = $my_ip
            [cache]
            password = s3cr3t
            username = nova
            """);
    ServiceOptions followed = OPTIONS.followed(conf);
    assertEquals(Optional.of("nova"), conf.get(followed.username));
    assertEquals(Optional.of("s3cr3t"), conf.get(followed.password));
    assertEquals(List.of(), conf.warnings());
  }

  @Test
  void theSectionsOwnOptionsAreNoMisspellingsAndWhatIsPassedOverIsNotTold() throws Exception {
    String followed = "[neutron]\nauth_section = keystone_authtoken\n";
    assertEquals(
        List.of(),
        load(followed
                + """
                auth_type = v3oidcpassword
                user_name = nova
                usernme = nova
                [keystone_authtoken]
                auth_uri = http://keystone/v3
                auth_type = password
                """)
            .warnings());
    NovaConf conf = load(followed + "[keystone_authtoken]\nauth_type = v3oidcpassword\n");
    assertEquals(1, conf.warnings().size());
    assertTrue(
        conf.warnings().get(0).contains(":4: [keystone_authtoken] auth_type is heeded in part"),
        conf.warnings()::toString);
    assertEquals(1, load("[neutron]\nauth_uri = http://keystone/v3\n").warnings().size());
  }

  @Test
  void withoutASectionNothingIsFollowed() throws Exception {
    NovaConf conf = load("[neutron]\nauth_section =\nusername = nova\n");
    assertSame(OPTIONS, OPTIONS.followed(conf));
  }

  @Test
  void namesWithHyphensAreHeededWhereKeystoneauthHasThem() throws Exception {
    NovaConf conf = load("[neutron]\nuser-name = u\ntenant-id = t\ntenant-name = n\n");
    assertEquals(Optional.of("u"), conf.get(OPTIONS.username));
    assertEquals(Optional.of("t"), conf.get(OPTIONS.projectId));
    assertEquals(Optional.of("n"), conf.get(OPTIONS.projectName));
  }

  @Test
  void secretsAreNoProperties() throws Exception {
    NovaConf conf =
        load("[neutron]\npassword = s1\ntoken = s2\napplication_credential_secret = s3\n");
    assertEquals(
        List.of(),
        conf.properties().values().stream().filter(text -> text.matches("s[123]")).toList());
  }

  private static Stream<String> texts() {
    return Stream.of(
        "auth_type",
        "auth_section",
        "auth_url",
        "system_scope",
        "domain_id",
        "domain_name",
        "project_id",
        "project_name",
        "project_domain_id",
        "project_domain_name",
        "trust_id",
        "default_domain_id",
        "default_domain_name",
        "user_id",
        "username",
        "user_domain_id",
        "user_domain_name",
        "password",
        "application_credential_id",
        "application_credential_name",
        "application_credential_secret",
        "token",
        "endpoint",
        "service_name",
        "region_name",
        "endpoint_override");
  }

  private NovaConf load(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("nova.conf"), text);
    return NovaConf.load(List.of(file), List.of(), Map.of());
  }
}
