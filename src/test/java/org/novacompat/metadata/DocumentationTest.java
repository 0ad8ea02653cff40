// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents link to exists: files, and headings by the names that GitHub gives them. */
class DocumentationTest {
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|^    .*?$|`[^`]*`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

  static List<Path> documents() throws IOException {
    return documents(Path.of(""));
  }

  /** The documents of a source tree or an installation. */
  static List<Path> documents(Path home) throws IOException {
    try (Stream<Path> docs = Files.walk(home.resolve("docs"))) {
      return Stream.concat(
              Stream.of(home.resolve("README.md"), home.resolve("CONTRIBUTING.md")), docs)
          .filter(path -> path.toString().endsWith(".md"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyLinkLeadsSomewhere(Path document) throws IOException {
    assertEquals(List.of(), deadLinks(document));
  }

  static List<String> deadLinks(Path document) throws IOException {
    String text = CODE.matcher(Files.readString(document)).replaceAll("");
    return LINK.matcher(text)
        .results()
        .filter(link -> !link.group(1).contains("://"))
        .filter(link -> !leadsSomewhere(document, link))
        .map(MatchResult::group)
        .toList();
  }

  private static boolean leadsSomewhere(Path document, MatchResult link) {
    Path file =
        link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1)).normalize();
    return Files.exists(file) && (link.group(2) == null || names(file).contains(link.group(2)));
  }

  private static List<String> names(Path file) {
    try {
      return HEADING
          .matcher(Files.readString(file))
          .results()
          .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
          .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
