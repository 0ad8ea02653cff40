// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeutronApiTest {
  private static final String MORE = "'ports_links': [{'rel': 'next'}]";

  private final List<String> markers = new ArrayList<>();

  @Test
  void endsWherePagesLeadBackToOneThatWasRead() {
    assertEquals(2, read("{'ports': [{'id': 'a'}], " + MORE + "}").size());
    assertEquals(List.of("", "a"), markers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'ports': [{'id': null}], 'ports_links': [{'rel': 'next'}]}",
        "{'ports': [{}], 'ports_links': [{'rel': 'next'}]}",
        "{'ports': [{'id': 'a'}], 'ports_links': [{'rel': 'previous'}]}",
        "{'ports': [{'id': 'a'}], 'ports_links': null}",
        "{'ports': [{'id': 'a'}]}"
      })
  void endsWhereNothingLeadsToANextPage(String page) {
    assertEquals(1, read(page).size());
    assertEquals(List.of(""), markers);
  }

  @Test
  void anEmptyPageIsTheLast() {
    assertEquals(0, read("{'ports': [], " + MORE + "}").size());
    assertEquals(List.of(""), markers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{'ports': null}",
        "{'ports': 7}",
        "{'ports': [null]}",
        "{'ports': {}}"
      })
  void whatIsNoListIsRefused(String page) {
    assertThrows(IllegalArgumentException.class, () -> read(page));
  }

  private List<JsonNode> read(String page) {
    return NeutronApi.pages(
        "ports",
        marker -> {
          markers.add(marker);
          try {
            return new JsonMapper().readTree(page.replace('\'', '"'));
          } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
          }
        });
  }
}
