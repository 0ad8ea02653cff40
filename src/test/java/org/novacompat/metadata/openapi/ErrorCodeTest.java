// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.CustomMetadataRefusedException.Reason;

class ErrorCodeTest {
  @Test
  void theDocumentationListsEveryCodeAsItIs() throws Exception {
    List<String> documented =
        Files.readAllLines(Path.of("docs/openapi.md")).stream()
            .filter(line -> line.matches("\\| `\\w+\\.\\w+\\.\\w+` \\|.*"))
            .toList();
    List<String> known =
        Arrays.stream(ErrorCode.values())
            .map(
                error ->
                    "| `%s` | %d | %s |"
                        .formatted(error.code(), error.status(), error.description()))
            .toList();
    assertEquals(String.join("\n", known), String.join("\n", documented));
  }

  @Test
  void codesHaveThreePartsAndAreAllDifferent() {
    List<String> codes = Arrays.stream(ErrorCode.values()).map(ErrorCode::code).toList();
    assertTrue(codes.stream().allMatch(code -> code.matches("(Openapi|Ecs)(\\.[A-Z]\\w+){2}")));
    assertEquals(codes.size(), new HashSet<>(codes).size());
  }

  @Test
  void everyRefusalOfTheStoreHasItsOwnCode() {
    List<ErrorCode> errors = Arrays.stream(Reason.values()).map(ErrorCode::of).toList();
    assertEquals(Reason.values().length, new HashSet<>(errors).size());
    assertTrue(errors.stream().allMatch(error -> error.status() == 200));
  }
}
