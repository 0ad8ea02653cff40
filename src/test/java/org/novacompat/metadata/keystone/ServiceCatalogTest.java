// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.keystone.ServiceCatalog.Search;

class ServiceCatalogTest {
  private static final ServiceCatalog CATALOG =
      new ServiceCatalog(
          catalog(
              """
              [{"type": "identity", "name": "keystone", "endpoints": [
                  {"interface": "public", "region_id": "one", "url": "http://k"}]},
               {"type": "network", "name": "neutron", "endpoints": [
                  {"interface": "public", "region_id": "one", "region": "one",
                   "url": "http://public-1"},
                  {"interface": "internal", "region": "one", "url": "http://internal-1"},
                  {"interface": "public", "region_id": "two", "url": "http://public-2"},
                  {"interface": "admin", "region_id": "two", "url": ""}]},
               {"type": "network", "name": null, "endpoints": [
                  {"interface": "public", "region_id": "three", "url": "http://public-3"}]},
               {"type": "network", "name": "other", "endpoints": [
                  {"interface": "public", "region_id": "four", "url": "http://public-4"}]},
               {"type": "network", "name": "bare", "endpoints": null}]
              """));

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
        .find(new Search("network", Optional.empty(), Optional.of(region), List.of(interfaces)))
        .orElse("");
  }

  private static String findNamed(String region, String name, List<String> interfaces) {
    return CATALOG
        .find(new Search("network", Optional.of(name), Optional.of(region), interfaces))
        .orElse("");
  }

  private static JsonNode catalog(String json) {
    try {
      return new JsonMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
