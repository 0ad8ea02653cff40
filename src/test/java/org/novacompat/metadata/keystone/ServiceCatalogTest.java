// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.keystone.ServiceCatalog.Endpoint;
import org.novacompat.metadata.keystone.ServiceCatalog.Service;
import org.novacompat.metadata.keystone.ServiceCatalog.Wanted;

class ServiceCatalogTest {
  private static final ServiceCatalog CATALOG =
      new ServiceCatalog(
          List.of(
              new Service("identity", "keystone", List.of(endpoint("public", "one", "http://k"))),
              new Service(
                  "network",
                  "neutron",
                  List.of(
                      endpoint("public", "one", "http://public-1"),
                      endpoint("internal", "one", "http://internal-1"),
                      endpoint("public", "two", "http://public-2"),
                      endpoint("admin", "two", ""))),
              new Service("network", null, List.of(endpoint("public", "three", "http://public-3"))),
              new Service(
                  "network", "other", List.of(endpoint("public", "four", "http://public-4")))));

  @Test
  void thePreferredInterfaceThatExistsIsTaken() {
    assertEquals("http://internal-1", find("one", "internal", "public"));
    assertEquals("http://public-1", find("one", "public", "internal"));
    assertEquals("http://public-2", find("two", "internal", "public"));
    assertEquals("http://public-2", find("two", "admin", "publicURL"));
    assertEquals("http://public-1", find("one"));
  }

  @Test
  void nothingIsFoundInAnotherRegionOrUnderAnotherInterface() {
    assertEquals("", find("five", "public"));
    assertEquals("", find("two", "internal"));
  }

  @Test
  void aNameIsComparedWhereTheCatalogueHasOne() {
    assertEquals("http://public-1", findNamed("one", "neutron", List.of("public")));
    assertEquals("http://public-3", findNamed("three", "neutron", List.of("public")));
    assertEquals("", findNamed("four", "neutron", List.of("public")));
  }

  private static String find(String region, String... interfaces) {
    return CATALOG
        .find(new Wanted("network", Optional.empty(), Optional.of(region), List.of(interfaces)))
        .orElse("");
  }

  private static String findNamed(String region, String name, List<String> interfaces) {
    return CATALOG
        .find(new Wanted("network", Optional.of(name), Optional.of(region), interfaces))
        .orElse("");
  }

  private static Endpoint endpoint(String interfaceName, String region, String url) {
    return new Endpoint(interfaceName, region, region, url);
  }
}
