// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.keystone.Calls;

/** Lists of Neutron's networking API, version 2.0, read to their ends. */
final class NeutronApi {
  static final String VERSION = "/v2.0";

  /** More than any list that is asked for here has. */
  private static final int MAX_PAGES = 1000;

  /** Neutron refuses longer URLs. */
  private static final int MAX_URL_LENGTH = 8192;

  /** For the address, the path, the fields and a marker. */
  private static final int MAX_LENGTH_OF_REST = 512;

  private NeutronApi() {}

  /**
   * Lists items.
   *
   * @param calls how Neutron is asked
   * @param resource what to list, as in the path: {@code security-groups}
   * @param fields the fields to list of each item; {@code id} among them
   * @param filters what {@link #any} gave; an empty one does not filter
   * @return the items, each an object with some of the fields
   * @throws IllegalArgumentException when an answer is no such list
   */
  static List<JsonNode> list(Calls calls, String resource, List<String> fields, String... filters) {
    String query =
        Stream.concat(Stream.of(filters), Stream.of(any("fields", fields)))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining("&"));
    String path = VERSION + "/" + resource + "?" + query;
    return pages(
        resource.replace('-', '_'),
        marker -> calls.get(marker.isEmpty() ? path : path + "&" + any("marker", List.of(marker))));
  }

  /** A filter by any of some values; empty when there is no value. */
  static String any(String parameter, Collection<String> values) {
    return values.stream()
        .map(value -> parameter + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  /**
   * Splits ids so that a URL has room for each part, every id a parameter of its own.
   *
   * @param parameter the parameter's name
   * @param ids the ids, in which nothing needs escaping
   * @return the parts, in order
   */
  static List<List<String>> parts(String parameter, Collection<String> ids) {
    List<List<String>> parts = new ArrayList<>();
    int left = 0;
    for (String id : ids) {
      int length = parameter.length() + id.length() + 2;
      if (left < length) {
        parts.add(new ArrayList<>());
        left = MAX_URL_LENGTH - MAX_LENGTH_OF_REST;
      }
      parts.get(parts.size() - 1).add(id);
      left -= length;
    }
    return parts;
  }

  /**
   * Reads a list to its end, since Neutron cuts long ones where its administrator set a limit; no
   * further than where the pages lead back to one that was read.
   *
   * @param name the list's name in an answer
   * @param pageAfter reads the page after an item, by its id; the first page after an empty id
   */
  static List<JsonNode> pages(String name, Function<String, JsonNode> pageAfter) {
    List<JsonNode> all = new ArrayList<>();
    Set<String> markers = new HashSet<>();
    String marker = "";
    while (markers.add(marker) && markers.size() <= MAX_PAGES) {
      JsonNode page = pageAfter.apply(marker);
      List<JsonNode> items = items(page.path(name));
      all.addAll(items);
      if (items.isEmpty() || !page.path(name + "_links").findValuesAsText("rel").contains("next")) {
        break;
      }
      marker = items.get(items.size() - 1).path("id").asText("");
    }
    return all;
  }

  private static List<JsonNode> items(JsonNode list) {
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    if (!list.isArray() || !items.stream().allMatch(JsonNode::isObject)) {
      throw new IllegalArgumentException("no list");
    }
    return items;
  }
}
