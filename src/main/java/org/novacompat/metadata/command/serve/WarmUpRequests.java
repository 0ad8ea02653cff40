// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;

/**
 * Asks this service as a guest's agent does, a connection for each request, before it is said to
 * serve: so that what every request goes through is loaded, and most of it compiled, when balancers
 * let guests come. It asks for the instance that the application showed at its start; for what
 * needs no instance where there is none, or where a request does not name its instance.
 */
record WarmUpRequests(InetSocketAddress address, NovaConf conf) {
  private static final Logger LOG = Logger.getLogger(WarmUpRequests.class.getName());

  /** By which the application, whose classes are not ours, names the instance that it showed. */
  private static final String SHOWN = "nova-compat.first-load.shown";

  private static final Duration TIME = Duration.ofMillis(400);
  private static final int MAX_SILENCE_MILLIS = 1_000;

  private static final List<String> ANONYMOUS_PATHS = List.of("/");

  /** One of each kind: a folder, text, JSON, bytes, and what is not there. */
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

  /**
   * Tells which instance the application showed.
   *
   * @return its UUID and its project, with a space between; empty text when there was none, and
   *     nothing while the application looks for one
   */
  static Optional<String> shown() {
    return Optional.ofNullable(System.getProperty(SHOWN));
  }

  /** Asks for a moment. What comes of it does not matter. */
  void ask() {
    ask(PATHS);
  }

  /** Asks for what Neutron is needed for, and so waits for it for a moment. */
  void askNeutron() {
    ask(NEUTRON_PATHS);
  }

  private void ask(List<String> wanted) {
    String headers = headers();
    List<String> paths = headers.isEmpty() ? ANONYMOUS_PATHS : wanted;
    long end = System.nanoTime() + TIME.toNanos();
    try {
      for (int i = 0; System.nanoTime() < end; i++) {
        ask(
            "GET %s HTTP/1.1\r\nHost: 169.254.169.254\r\nAccept: */*\r\n%sConnection: close\r\n\r\n"
                .formatted(paths.get(i % paths.size()), headers));
      }
    } catch (IOException e) {
      LOG.log(Level.FINE, "the first guest is not answered", e);
    }
  }

  private void ask(String request) throws IOException {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(MAX_SILENCE_MILLIS);
      socket.connect(address, MAX_SILENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getInputStream().readAllBytes();
    }
  }

  /** As {@code neutron/agent/metadata/proxy_base.py} adds them. */
  private String headers() {
    String[] instance = shown().orElse("").split(" ");
    if (instance.length < 2 || !conf.get(Catalogue.SERVICE_METADATA_PROXY)) {
      return "";
    }
    return "X-Instance-ID: %s\r\nX-Tenant-ID: %s\r\nX-Instance-ID-Signature: %s\r\n"
        .formatted(instance[0], instance[1], signature(instance[0]));
  }

  private String signature(String instance) {
    byte[] secret =
        conf.get(Catalogue.METADATA_PROXY_SHARED_SECRET).getBytes(StandardCharsets.UTF_8);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      // HMAC pads a key with zeros, so this is the empty key, which SecretKeySpec refuses
      mac.init(new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, mac.getAlgorithm()));
      return HexFormat.of().formatHex(mac.doFinal(instance.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
