// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A guest of the {@link Chain}.
 *
 * @param facts what the databases say about it ({@code src/test/chain/cloud.py})
 * @param answers what it was told ({@code src/test/chain/guest.py})
 */
record ChainGuest(JsonNode facts, JsonNode answers) {

  /**
   * What curl got.
   *
   * @param status the HTTP status
   * @param type the content type
   * @param body the body
   */
  record Page(int status, String type, byte[] body) {
    private static Page of(JsonNode page) {
      try {
        return new Page(
            page.get("status").asInt(), page.get("type").asText(), page.get("body").binaryValue());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(body);
    }
  }

  String fact(String name) {
    return facts.get(name).asText();
  }

  byte[] userData() throws IOException {
    return facts.get("user_data").binaryValue();
  }

  /** All that the listings lead to, by path. */
  Map<String, Page> pages() {
    return pages("pages");
  }

  Map<String, Page> missing() {
    return pages("missing");
  }

  Page page(String path) {
    return pages().get(path);
  }

  /** The page of a question that was asked in a way of its own. */
  Page asked(String how) {
    return Page.of(answers.get(how));
  }

  private Map<String, Page> pages(String which) {
    Map<String, Page> pages = new TreeMap<>();
    answers
        .get(which)
        .properties()
        .forEach(page -> pages.put(page.getKey(), Page.of(page.getValue())));
    return pages;
  }
}
