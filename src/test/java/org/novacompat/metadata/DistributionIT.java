// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is in the built directory, and so in its zip. */
class DistributionIT {
  private static final Path HOME = Path.of("target/nova-compat-metadata");

  @Test
  void theWarHasTheLibrariesThatTheApplicationNeedsAndNoOthers() throws IOException {
    Path libraries =
        HOME.resolve("wlp/usr/servers/metadata/apps/nova-compat-metadata.war/WEB-INF/lib");
    try (Stream<Path> jars = Files.list(libraries)) {
      assertEquals(
          List.of(
              "HikariCP",
              "algebra",
              "antlr4-runtime",
              "big-math",
              "caffeine",
              "commons-lang3",
              "commons-net",
              "failsafe",
              "failureaccess",
              "guava",
              "hibernate-core",
              "hibernate-models",
              "immutables-exceptions",
              "jackson-annotations",
              "jackson-core",
              "jackson-databind",
              "jackson-dataformat-yaml",
              "jackson-datatype-jdk8",
              "jakarta.activation-api",
              "jakarta.inject-api",
              "jakarta.persistence-api",
              "jakarta.transaction-api",
              "jakarta.xml.bind-api",
              "java-ipv6",
              "javassist",
              "jboss-logging",
              "jinjava",
              "mariadb-java-client",
              "re2j",
              "slf4j-api",
              "slf4j-jdk14",
              "smallrye-open-api-ui",
              "snakeyaml"),
          jars.map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
              .sorted()
              .toList());
    }
  }

  @Test
  void everyLinkOfItsDocumentsLeadsSomewhere() throws IOException {
    for (Path document : DocumentationTest.documents(HOME)) {
      assertEquals(List.of(), DocumentationTest.deadLinks(document), document::toString);
    }
  }
}
