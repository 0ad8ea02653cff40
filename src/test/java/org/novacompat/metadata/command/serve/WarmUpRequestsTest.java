// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.NovaConf;

class WarmUpRequestsTest {
  private static final Logger LOG = Logger.getLogger(WarmUpRequests.class.getName());

  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.setUseParentHandlers(false);
    LOG.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
  }

  @Test
  void asksAgainAndAgainAndLogsNothingWhereAllIsWell() throws IOException {
    assertTrue(asked(200) > 1);
    assertEquals(List.of(), lines);
  }

  @Test
  void logsOnceThatARequestFailsAndAsksNoMore() throws IOException {
    assertEquals(1, asked(503));
    assertEquals(
        List.of(
            "The first guests may wait: the warm-up request GET / fails:"
                + " HTTP/1.1 503 Service Unavailable"),
        lines);
  }

  @Test
  void logsThatNothingListens() {
    ask(new InetSocketAddress("127.0.0.1", 1));
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains("refused"), lines.get(0));
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
