// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.signature.SharedSecret;

/**
 * Asks this service as neutron's agent does, a connection for each request, before the service says
 * that it serves: so that the classes of a request are loaded, and most of them compiled, when
 * balancers let guests come. Asks for the instance that the application loaded at its start; for
 * {@code /} alone where there is none, or where a request does not name its instance. A request
 * that fails is logged and ends the warm-up.
 *
 * @param address where guests are served
 * @param conf how agents sign
 */
record WarmUpRequests(InetSocketAddress address, NovaConf conf) {
  private static final Logger LOG = Logger.getLogger(WarmUpRequests.class.getName());

  /** Set by the application, in another class loader: {@code UUID PROJECT}, or empty for none. */
  private static final String LOADED = "nova-compat.warm-up.loaded";

  private static final Duration TIME = Duration.ofMillis(400);
  private static final int MAX_SILENCE_MILLIS = 1_000;

  private static final List<String> ANONYMOUS_PATHS = List.of("/");

  /** One of each kind: a folder, text, JSON, bytes, and a path that does not exist. */
  private static final List<String> PATHS =
      List.of(
          "/",
          "/openstack",
          "/openstack/latest/meta_data.json",
          "/openstack/latest/user_data",
          "/openstack/latest/network_data.json",
          "/latest/meta-data/",
          "/latest/meta-data/block-device-mapping/",
          "/latest/meta-data/hostname",
          "/latest/meta-data/public-keys/0/openssh-key",
          "/latest/nothing");

  /** Answered when Neutron has answered. */
  private static final List<String> NEUTRON_PATHS = List.of("/latest/meta-data/security-groups");

  /** Whether the application has loaded an instance, or found none to load. */
  static boolean isLoadOver() {
    return System.getProperty(LOADED) != null;
  }

  /** The UUID and the project of the instance that the application loaded. */
  static Optional<String[]> instance() {
    return Optional.of(System.getProperty(LOADED, "").split(" ")).filter(words -> words.length > 1);
  }

  /** Asks for what an instance has, for 400 ms. */
  void ask() {
    ask(PATHS);
  }

  /** Asks in the same way for what Neutron knows. */
  void askNeutron() {
    ask(NEUTRON_PATHS);
  }

  private void ask(List<String> wanted) {
    String headers = headers();
    List<String> paths = headers.isEmpty() ? ANONYMOUS_PATHS : wanted;
    long end = System.nanoTime() + TIME.toNanos();
    for (int i = 0; System.nanoTime() < end; i++) {
      String path = paths.get(i % paths.size());
      try {
        requireAnswer(path, headers);
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            "The first guests may wait: the warm-up request GET {0} fails: {1}",
            new Object[] {path, e.getMessage()});
        return;
      }
    }
  }

  private void requireAnswer(String path, String headers) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(MAX_SILENCE_MILLIS);
      socket.connect(address, MAX_SILENCE_MILLIS);
      String request =
          "GET %s HTTP/1.1\r\nHost: 169.254.169.254\r\nAccept: */*\r\n%sConnection: close\r\n\r\n";
      socket
          .getOutputStream()
          .write(request.formatted(path, headers).getBytes(StandardCharsets.ISO_8859_1));
      String status =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
              .lines()
              .findFirst()
              .orElse("no answer");
      if (!status.matches("HTTP/1.1 (200|404) .*")) {
        throw new IOException(status);
      }
    }
  }

  /**
   * As {@code neutron/agent/metadata/proxy_base.py} adds them; empty where a request names no
   * instance.
   */
  private String headers() {
    return instance()
        .filter(instance -> conf.get(Catalogue.NEUTRON.serviceMetadataProxy))
        .map(
            instance ->
                "X-Instance-ID: %s\r\nX-Tenant-ID: %s\r\nX-Instance-ID-Signature: %s\r\n"
                    .formatted(instance[0], instance[1], signature(instance[0])))
        .orElse("");
  }

  private String signature(String instance) {
    return new SharedSecret(conf.get(Catalogue.NEUTRON.metadataProxySharedSecret)).sign(instance);
  }
}
