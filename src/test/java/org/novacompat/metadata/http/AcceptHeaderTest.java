// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values are what WebOb 1.8.6 chose. */
class AcceptHeaderTest {
  private static final List<String> OFFERS = List.of("text/html", "application/json");

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "*/*|text/html",
        "text/html|text/html",
        "application/json|application/json",
        "application/json;q=0.5, text/html;q=0.1|application/json",
        "nonsense|text/html",
        "text/*;q=0.3, application/json;q=0.2|text/html",
        " text/html|text/html",
        "text/html |text/html",
        ",text/html|text/html",
        ",application/json|text/html",
        ", ,application/json|application/json",
        "text/html;q=0, */*|application/json",
        "text/html;q=1.5|text/html",
        "TEXT/HTML|text/html",
        "text/html;charset=\"a,b\";q=0.2, application/json;q=0.3|application/json",
        "text/html , application/json;q=0.9|text/html",
        "text/html,|text/html",
        "text/html;q=.5|text/html",
        "*/*;q=0.1;ext=1,application/json|application/json",
        "application/*|application/json",
        "*|text/html",
        "text/html;q=\"1\"|text/html",
        "a/b c/d|text/html",
        "text/html;Q=0.1,application/json;q=0.2|application/json",
        "text/html;q=0.1;q=0.9,application/json;q=0.5|application/json",
      })
  void choosesAsWebobDoes(String header, String chosen) {
    assertEquals(Optional.of(chosen), AcceptHeader.choose(Optional.of(header), OFFERS));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      delimiter = '|',
      value = {
        "^^",
        "text/plain",
        ", ,",
        "text/html;level=1",
        "*/*;q=0",
        "text/html;q=0,text/html"
      })
  void findsNothingAcceptableWhereWebobFindsNothing(String header) {
    assertEquals(Optional.empty(), AcceptHeader.choose(Optional.of(header), OFFERS));
  }

  @Test
  void acceptsNothingWithoutAHeader() {
    assertEquals(Optional.empty(), AcceptHeader.choose(Optional.empty(), OFFERS));
  }

  @Test
  void takesABlankHeaderForAMalformedOne() {
    assertEquals(Optional.of("text/html"), AcceptHeader.choose(Optional.of(" "), OFFERS));
  }

  @Test
  void doesNotParseAnEndlessHeader() {
    String header = "application/json,".repeat(1000);
    assertEquals(Optional.of("text/html"), AcceptHeader.choose(Optional.of(header), OFFERS));
  }
}
