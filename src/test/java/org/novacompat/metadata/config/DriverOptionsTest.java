// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.Configuration;

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
        "trustServerCertificate=true",
        "user=root",
        "password=hunter2",
        "socketTimeout=0",
        "localSocket=/run/my.sock",
        "useServerPrepStmt=false"
      })
  void whatIsUnknownOrWouldBreakOrLeakIsRefused(String option) {
    assertEquals(
        "part 2 is none of those that may be set here: " + String.join(", ", DriverOptions.names()),
        refusal("tcpKeepAlive=true&" + option));
  }

  @ParameterizedTest
  @CsvSource({
    "tcpKeepAlive=true&hunter2, there is no = in part 2",
    "useServerPrepStmts=perhaps, useServerPrepStmts is true or false",
    "prepStmtCacheSize=many, prepStmtCacheSize is a number"
  })
  void whatIsNotOfTheFormIsRefused(String option, String sentence) {
    assertEquals(sentence, refusal(option));
  }

  @Test
  void connectorKnowsAllOfThem() throws Exception {
    for (String name : DriverOptions.names()) {
      try {
        Configuration parsed = Configuration.parse("jdbc:mariadb://h/db?" + name + "=1");
        assertEquals(Map.of(), parsed.nonMappedOptions(), name);
      } catch (SQLException e) {
        assertTrue(e.getMessage().contains("1"), "it knows the name, and wants other values");
      }
    }
  }

  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> DriverOptions.parse(text))
        .getMessage();
  }
}
