// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.paste.ApiPaste;
import org.novacompat.metadata.identity.ClientAddressResolver;
import org.novacompat.metadata.identity.GuestRequest;
import org.novacompat.metadata.instance.StoreUnavailableException;

class ClientAddressResolversTest {
  private static final Logger LOG = Logger.getLogger(ClientAddressResolvers.class.getName());
  private static final String PEER = "192.0.2.1";
  private static final String CLAIMED = "10.0.0.9";
  private static final String FORWARDED_FOR = "[api]\nuse_forwarded_for = true\n";
  private static final String PROXY_HEADERS =
      "[oslo_middleware]\nenable_proxy_headers_parsing = true\n";
  private static final String PASTE =
      """
      [pipeline:metadata]
      pipeline = cors http_proxy_to_wsgi metaapp
      [filter:http_proxy_to_wsgi]
      use = egg:oslo.middleware#http_proxy_to_wsgi
      """;

  @TempDir private Path folder;
  private final PresentedRelease release = new PresentedRelease();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(line.getLevel() + " " + new SimpleFormatter().formatMessage(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(listener);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    LOG.removeHandler(listener);
    LOG.setUseParentHandlers(true);
  }

  /** A request by way of a proxy, or of a guest that claims so. */
  private record Proxied() implements GuestRequest {
    @Override
    public List<String> headers(String name) {
      return name.equals("X-Forwarded-For") ? List.of(CLAIMED) : List.of();
    }

    @Override
    public String remoteAddress() {
      return PEER;
    }
  }

  private ClientAddressResolver origin(String novaConf) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("nova.conf"),
            novaConf + "[wsgi]\napi_paste_config = " + folder.resolve("paste.ini"));
    NovaConf conf = NovaConf.load(List.of(file), List.of(), Map.of());
    return new ClientAddressResolvers(conf, ApiPaste.of(conf), release).resolver();
  }

  private void write(String paste) throws Exception {
    Files.writeString(folder.resolve("paste.ini"), paste);
  }

  private static String seen(ClientAddressResolver origin) throws StoreUnavailableException {
    return origin.of(new Proxied());
  }

  @Test
  void noHeaderIsBelievedByDefault() throws Exception {
    write(PASTE);
    release.present(ApiRelease.TRAIN);
    assertEquals(PEER, seen(origin("")));
    assertEquals(List.of(), List.copyOf(lines));
  }

  @Test
  void forwardedForIsBelievedUntil20232AndNobodyIsAnsweredWhileTheReleaseIsNotKnown()
      throws Exception {
    ClientAddressResolver origin = origin(FORWARDED_FOR);
    assertThrows(StoreUnavailableException.class, () -> seen(origin));
    assertEquals(List.of(), List.copyOf(lines));
    release.present(ApiRelease.BOBCAT);
    assertEquals(CLAIMED, seen(origin));
    assertTrue(lines.poll().contains("[api] use_forwarded_for is on, so any guest"));
    release.present(ApiRelease.CARACAL);
    assertEquals(PEER, seen(origin));
    assertEquals(
        "WARNING [api] use_forwarded_for is on and has no effect: nova has no such option since"
            + " 2024.1, and this is 2024.1 (caracal). Guests are known by the address that they"
            + " connect from",
        lines.poll());
    assertEquals(List.of(), List.copyOf(lines));
  }

  @Test
  void proxyHeadersAreBelievedWhereThePipelineHasTheFilterWhateverTheRelease() throws Exception {
    write(PASTE);
    ClientAddressResolver origin = origin(PROXY_HEADERS);
    assertEquals(CLAIMED, seen(origin));
    assertTrue(lines.poll().contains("Forwarded or X-Forwarded-For (OSSN-0074)"));
    release.present(ApiRelease.TRAIN);
    assertEquals(CLAIMED, seen(origin));
    assertEquals(List.of(), List.copyOf(lines));
  }

  @Test
  void proxyHeadersAreNotBelievedWhereThePipelineLacksTheFilter() throws Exception {
    write(PASTE.replace("cors http_proxy_to_wsgi", "cors"));
    release.present(ApiRelease.latest());
    assertEquals(PEER, seen(origin(PROXY_HEADERS)));
    assertEquals(
        "WARNING [oslo_middleware] enable_proxy_headers_parsing is on and has no effect: the"
            + " pipeline of the metadata API lacks the filter http_proxy_to_wsgi in "
            + folder.resolve("paste.ini")
            + ". Guests are known by the address that they connect from",
        lines.poll());
    assertEquals(List.of(), List.copyOf(lines));
  }

  @Test
  void proxyHeadersAreBelievedSinceZedWhereThereIsNoApiPaste() throws Exception {
    ClientAddressResolver origin = origin(PROXY_HEADERS);
    assertThrows(StoreUnavailableException.class, () -> seen(origin));
    release.present(ApiRelease.YOGA);
    assertEquals(PEER, seen(origin));
    assertTrue(lines.poll().contains("there is no api-paste.ini here, and in that of yoga"));
    release.present(ApiRelease.ZED);
    assertEquals(CLAIMED, seen(origin));
    assertTrue(lines.poll().contains("(OSSN-0074)"));
  }

  @Test
  void whatTheFilterItselfIsToldComesFirst() throws Exception {
    write(PASTE + "enable_proxy_headers_parsing = true\n");
    assertEquals(CLAIMED, seen(origin("")));
    write(PASTE + "enable_proxy_headers_parsing = false\n");
    assertEquals(PEER, seen(origin(PROXY_HEADERS)));
  }

  @Test
  void forwardedForComesBeforeProxyHeaders() throws Exception {
    write(PASTE);
    release.present(ApiRelease.ZED);
    assertEquals(CLAIMED, seen(origin(FORWARDED_FOR + PROXY_HEADERS)));
  }
}
