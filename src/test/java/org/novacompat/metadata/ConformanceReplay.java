// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.novacompat.metadata.ConformanceRecording.Answer;
import org.novacompat.metadata.ConformanceRecording.Difference;
import org.novacompat.metadata.ConformanceRecording.Guest;

/**
 * Asks a metadata service again what nova was asked, and compares status, content type and body,
 * byte for byte. Where nova fell over, 404 is right, or what the recording's differences say.
 */
final class ConformanceReplay {
  private static final int NOT_FOUND = 404;
  private static final int SHOWN = 200;

  private final URI server;
  private final String secret;
  private final List<Difference> everywhere;
  private final RandomSeedMask seeds = new RandomSeedMask();

  ConformanceReplay(URI server, String secret, List<Difference> everywhere) {
    this.server = server;
    this.secret = secret;
    this.everywhere = everywhere;
  }

  /**
   * Replays one recording, whose rows must be in the service's databases.
   *
   * @return a few lines for each request that was answered otherwise; empty when all is well
   */
  List<String> replay(ConformanceRecording recording) throws IOException {
    final List<String> complaints = new ArrayList<>();
    try (RawHttp http = new RawHttp(server)) {
      for (final Answer answer : recording.answers()) {
        final Map<String, String> headers = headers(recording.guest(), answer);
        for (final String path : answer.paths()) {
          final RawHttp.Reply ours = http.ask(answer.method(), path, headers);
          complaint(recording, answer, path, ours)
              .map(what -> describe(recording, answer, path) + what)
              .ifPresent(complaints::add);
        }
      }
    }
    return complaints;
  }

  private Map<String, String> headers(Guest guest, Answer answer) {
    final Map<String, String> headers =
        new LinkedHashMap<>(
            answer.caller().headers(guest, instance -> signature(secret, instance)));
    answer.accept().ifPresent(accept -> headers.put("Accept", accept));
    return headers;
  }

  private Optional<String> complaint(
      ConformanceRecording recording, Answer nova, String path, RawHttp.Reply ours) {
    final Optional<Difference> difference = intended(recording, nova, path);
    if (difference.isPresent()) {
      return unless(
          difference.get().statuses().contains(ours.status()),
          "  meant: one of " + difference.get().statuses() + ", " + difference.get().why(),
          ours);
    }
    if (nova.novaFailed()) {
      return unless(
          ours.status() == NOT_FOUND, "  nova: failed (" + nova.status() + "), so 404", ours);
    }
    final byte[] body = seeds.mask(ours.body());
    final boolean same =
        nova.status() == ours.status()
            && nova.type().equals(ours.type())
            && Arrays.equals(nova.body(), body);
    final int from = Math.max(0, Arrays.mismatch(nova.body(), body) - SHOWN / 4);
    return same
        ? Optional.empty()
        : Optional.of(
            shown("nova", nova.status(), nova.type(), nova.body(), from)
                + shown("ours", ours.status(), ours.type(), body, from));
  }

  private Optional<Difference> intended(ConformanceRecording recording, Answer nova, String path) {
    return Stream.concat(everywhere.stream(), recording.differences().stream())
        .filter(
            difference ->
                difference.paths().isEmpty()
                    ? nova.novaFailed()
                    : difference.paths().contains(path))
        .findFirst();
  }

  private static Optional<String> unless(boolean well, String expected, RawHttp.Reply ours) {
    return well
        ? Optional.empty()
        : Optional.of(expected + "\n" + shown("ours", ours.status(), ours.type(), ours.body(), 0));
  }

  private static String describe(ConformanceRecording recording, Answer answer, String path) {
    return recording.shape()
        + ": "
        + answer.method()
        + " "
        + path
        + (answer.caller() == Caller.GUEST ? "" : " as " + answer.caller().recorded())
        + answer.accept().map(accept -> " accepting " + accept).orElse("")
        + "\n";
  }

  /** One side, its body from shortly before the first byte that differs. */
  private static String shown(
      String whose, int status, Optional<String> type, byte[] body, int from) {
    final int start = Math.min(from, body.length);
    final int end = Math.min(start + SHOWN, body.length);
    return String.format(
        "  %s: %d %s, %d bytes, from byte %d: %s%n",
        whose,
        status,
        type.orElse("no type"),
        body.length,
        start,
        new String(body, start, end - start, StandardCharsets.UTF_8).replace("\n", "\\n"));
  }

  /** What the proxy signs an instance with. */
  static String signature(String secret, String instance) {
    try {
      final Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(instance.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
