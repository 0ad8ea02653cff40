// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.fixture.LoggedLines;

class WarmUpRequestsTest {
  @RegisterExtension private final LoggedLines lines = new LoggedLines(WarmUpRequests.class);

  @Test
  void asksAgainAndAgainAndLogsNothingWhereAllIsWell() throws IOException {
    assertTrue(asked(200) > 1);
    assertEquals(List.of(), lines.all());
  }

  @Test
  void logsOnceThatARequestFailsAndAsksNoMore() throws IOException {
    assertEquals(1, asked(503));
    assertEquals(
        List.of(
            "WARNING The first guests may wait: the warm-up request GET / fails:"
                + " HTTP/1.1 503 Service Unavailable"),
        lines.all());
  }

  @Test
  void logsThatNothingListens() {
    ask(new InetSocketAddress("127.0.0.1", 1));
    assertEquals(1, lines.all().size(), () -> lines.all().toString());
    assertTrue(lines.all().get(0).contains("refused"), lines.all().get(0));
  }

  /** How many requests a server gets that answers with this status. */
  private static int asked(int status) throws IOException {
    List<String> requests = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(exchange.getRequestMethod());
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    try {
      ask(server.getAddress());
    } finally {
      server.stop(0);
    }
    return requests.size();
  }

  private static void ask(InetSocketAddress address) {
    new WarmUpRequests(address, NovaConf.load(List.of(), List.of(), Map.of())).ask();
  }
}
