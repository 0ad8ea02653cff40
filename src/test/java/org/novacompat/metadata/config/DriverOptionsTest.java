// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverOptionsTest {

  @Test
  void pairsAreRead() {
    assertEquals(
        Map.of("useServerPrepStmts", "false", "sessionVariables", "max_statement_time=3"),
        DriverOptions.parse("useServerPrepStmts=false & sessionVariables=max_statement_time=3&")
            .values());
    assertEquals(DriverOptions.NONE, DriverOptions.parse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allowLocalInfile=true",
        "allowMultiQueries=true",
        "ALLOWMULTIQUERIES=true",
        "dumpQueriesOnException=true",
        "sslMode=disable",
        "user=root",
        "password=x",
        "socketTimeout=0",
        "localSocket=/run/my.sock"
      })
  void whatWouldBreakOrLeakIsRefused(String option) {
    assertEquals(
        "the connector's option "
            + option.replaceFirst("=.*", "")
            + " is not for nova-compat to be told here",
        refusal(option));
  }

  @ParameterizedTest
  @CsvSource({
    "useServerPrepStmt=false, the connector has no option useServerPrepStmt",
    "useServerPrepStmts, there is no = in 'useServerPrepStmts'"
  })
  void whatTheConnectorDoesNotKnowIsRefused(String option, String sentence) {
    assertEquals(sentence, refusal(option));
  }

  @Test
  void valueOfAnotherKindIsRefused() {
    String refusal = refusal("useServerPrepStmts=perhaps");
    assertTrue(refusal.contains("useServerPrepStmts"), refusal);
  }

  @Test
  void helpNamesAllThatIsTaken() {
    String help = Catalogue.DATABASE_DRIVER_OPTIONS.help();
    DriverOptions.TAKEN.forEach(name -> assertTrue(help.contains(name), name));
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> DriverOptions.parse(text))
        .getMessage();
  }
}
