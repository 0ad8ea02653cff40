// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceOptionsTest {
  private static final ServiceOptions OPTIONS = Catalogue.NEUTRON;

  @TempDir Path directory;

  @Test
  void defaultsAreThoseOfNova() {
    NovaConf conf = NovaConf.load(List.of(), List.of(), Map.of());
    assertEquals("network", conf.get(OPTIONS.serviceType));
    assertEquals(List.of("internal", "public"), conf.get(OPTIONS.validInterfaces));
    assertEquals(false, conf.get(OPTIONS.insecure));
    assertEquals(3, conf.get(Catalogue.NEUTRON_HTTP_RETRIES));
    List<Option<?>> set = List.of(OPTIONS.serviceType, OPTIONS.validInterfaces, OPTIONS.insecure);
    OPTIONS.all().stream()
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
            timeout = 4
            insecure = true
            cafile = /ca.pem
            certfile = /cert.pem
            keyfile = /key.pem
            service_type = networking
            valid_interfaces = admin,public
            """
                + texts().map(name -> name + " = the " + name + "\n").reduce("", String::concat));
    assertEquals(1, conf.get(Catalogue.NEUTRON_HTTP_RETRIES));
    assertEquals(Optional.of(2), conf.get(OPTIONS.connectRetries));
    assertEquals(Optional.of(Duration.ofMillis(500)), conf.get(OPTIONS.connectRetryDelay));
    assertEquals(Optional.of(3), conf.get(OPTIONS.statusCodeRetries));
    assertEquals(Optional.of(Duration.ofSeconds(2)), conf.get(OPTIONS.statusCodeRetryDelay));
    assertEquals(Optional.of(4), conf.get(OPTIONS.timeout));
    assertEquals(true, conf.get(OPTIONS.insecure));
    assertEquals(Optional.of(Path.of("/ca.pem")), conf.get(OPTIONS.cafile));
    assertEquals(Optional.of(Path.of("/cert.pem")), conf.get(OPTIONS.certfile));
    assertEquals(Optional.of(Path.of("/key.pem")), conf.get(OPTIONS.keyfile));
    assertEquals("networking", conf.get(OPTIONS.serviceType));
    assertEquals(List.of("admin", "public"), conf.get(OPTIONS.validInterfaces));
    for (String name : texts().toList()) {
      Option<?> option =
          OPTIONS.all().stream().filter(any -> any.name().equals(name)).findFirst().orElseThrow();
      assertEquals(Optional.of("the " + name), conf.get(option));
    }
    assertEquals(OPTIONS.all().size(), 12 - 1 + texts().count());
    assertEquals(List.of(), conf.warnings());
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
