// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bodies were recorded from nova 26 with oslo.middleware 5.0. */
class HealthcheckTest {
  private static final String HTML =
      "<HTML>\n<HEAD><TITLE>Healthcheck Status</TITLE></HEAD>\n<BODY>\n\n"
          + "<H2>Result of 1 checks:</H2>\n<TABLE bgcolor=\"#ffffff\" border=\"1\">\n<TBODY>\n<TR>\n\n"
          + "<TH>\nReason\n</TH>\n</TR>\n<TR>\n\n    <TD>%s</TD>\n\n</TR>\n</TBODY>\n</TABLE>\n"
          + "<HR></HR>\n\n</BODY>\n</HTML>";
  private static final String JSON =
      "{\n    \"detailed\": false,\n    \"reasons\": [\n        \"%s\"\n    ]\n}";

  @TempDir private Path folder;
  private final DrainState drain = new DrainState();

  @Test
  void saysOkInTheFormAskedFor() throws Exception {
    assertAnswers(200, "text/plain; charset=UTF-8", "OK", asked("text/plain"));
    assertAnswers(200, "text/plain; charset=UTF-8", "OK", asked("*/*"));
    assertAnswers(200, "text/plain; charset=UTF-8", "OK", asked("image/png"));
    assertAnswers(200, "text/html; charset=UTF-8", HTML.formatted("OK"), asked("text/html"));
    assertAnswers(200, "application/json", JSON.formatted("OK"), asked("application/json"));
  }

  @Test
  void saysThatAFileDisablesItInTheFormAskedFor() throws Exception {
    Files.createFile(folder.resolve("off"));
    String reason = "DISABLED BY FILE";
    assertAnswers(503, "text/plain; charset=UTF-8", reason, asked("text/plain"));
    assertAnswers(503, "text/html; charset=UTF-8", HTML.formatted(reason), asked("text/html"));
    assertAnswers(503, "application/json", JSON.formatted(reason), asked("application/json"));
  }

  @Test
  void saysThatTheNodeIsLeavingInTheFormAskedFor() throws Exception {
    drain.begin();
    String reason = "DRAINING";
    assertAnswers(503, "text/plain; charset=UTF-8", reason, asked("text/plain"));
    assertAnswers(503, "text/html; charset=UTF-8", HTML.formatted(reason), asked("text/html"));
    assertAnswers(503, "application/json", JSON.formatted(reason), asked("application/json"));
    Exchange head = answered(Exchange.of("HEAD", "/healthcheck"));
    assertAnswers(503, "text/plain; charset=UTF-8", "", head);
  }

  @Test
  void answersAHeadByItsStatusAlone() throws Exception {
    Exchange well = answered(Exchange.of("HEAD", "/healthcheck"));
    assertEquals(204, well.status());
    assertEquals(Optional.of("text/plain; charset=UTF-8"), well.type());
    assertEquals("", well.body());
    Files.createFile(folder.resolve("off"));
    Exchange off = answered(Exchange.of("HEAD", "/healthcheck"));
    assertAnswers(503, "text/plain; charset=UTF-8", "", off);
  }

  @Test
  void isWellWhereNoFileMayDisableIt() throws Exception {
    Exchange exchange = Exchange.of("GET", "/healthcheck");
    new Healthcheck(Optional.empty(), drain).answer(exchange.request(), exchange.response());
    assertEquals(200, exchange.status());
  }

  @Test
  void isWellWhereTheFileCannotBeSeen() throws Exception {
    Path notADirectory = Files.createFile(folder.resolve("file"));
    Exchange exchange = Exchange.of("GET", "/healthcheck");
    new Healthcheck(Optional.of(notADirectory.resolve("off")), drain)
        .answer(exchange.request(), exchange.response());
    assertEquals(200, exchange.status());
  }

  private Exchange asked(String accept) throws Exception {
    return answered(Exchange.of("GET", "/healthcheck").with("Accept", accept));
  }

  private Exchange answered(Exchange exchange) throws Exception {
    new Healthcheck(Optional.of(folder.resolve("off")), drain)
        .answer(exchange.request(), exchange.response());
    return exchange;
  }

  private static void assertAnswers(int status, String type, String body, Exchange exchange) {
    assertEquals(status, exchange.status());
    assertEquals(Optional.of(type), exchange.type());
    assertEquals(body, exchange.body());
    assertEquals(Optional.of(body.length()), exchange.length());
  }
}
