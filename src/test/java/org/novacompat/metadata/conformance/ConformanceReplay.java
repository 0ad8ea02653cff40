// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.novacompat.metadata.conformance.ConformanceOracle.Expectation;
import org.novacompat.metadata.conformance.ConformanceRecording.Answer;
import org.novacompat.metadata.conformance.ConformanceRecording.Guest;
import org.novacompat.metadata.fixture.RawHttp;

/**
 * Asks a metadata service again what nova was asked, and compares status, content type and body,
 * byte for byte, with what {@link ConformanceOracle} holds to be right.
 */
public final class ConformanceReplay {
  private static final int SHOWN = 200;

  private final URI server;
  private final String secret;
  private final ConformanceOracle oracle;
  private final RandomSeedMask seeds = new RandomSeedMask();

  public ConformanceReplay(URI server, String secret, ConformanceOracle oracle) {
    this.server = server;
    this.secret = secret;
    this.oracle = oracle;
  }

  /**
   * Replays one recording, whose rows must be in the service's databases.
   *
   * @return a few lines for each request that was answered otherwise; empty when all is well
   */
  public List<String> replay(ConformanceRecording recording) throws IOException {
    final List<String> complaints = new ArrayList<>();
    try (RawHttp http = new RawHttp(server)) {
      for (final Answer answer : recording.answers()) {
        final Map<String, String> headers = headers(recording.guest(), answer);
        for (final String path : answer.paths()) {
          final RawHttp.Reply ours = http.ask(answer.method(), path, headers);
          complaint(oracle.expectation(recording, answer, path), ours)
              .map(what -> describe(recording, answer, path) + what)
              .ifPresent(complaints::add);
        }
      }
    }
    return complaints;
  }

  /**
   * Asks where the recording, or all of them, mean a difference.
   *
   * @return the answers that are not as the difference has them without answers of its own
   */
  public List<OwnAnswer> ownAnswers(ConformanceRecording recording) throws IOException {
    final List<OwnAnswer> own = new ArrayList<>();
    try (RawHttp http = new RawHttp(server)) {
      for (final Answer answer : recording.answers()) {
        final Map<String, String> headers = headers(recording.guest(), answer);
        for (final String path : answer.paths()) {
          final Optional<ConformanceOracle.Meant> meant = oracle.meant(recording, answer, path);
          if (meant.isPresent()) {
            final RawHttp.Reply ours = http.ask(answer.method(), path, headers);
            final byte[] body = seeds.mask(ours.body());
            if (!isSame(meant.get().withoutItsOwnAnswer(), ours, body)) {
              own.add(new OwnAnswer(meant.get().where(), path, ours.status(), ours.type(), body));
            }
          }
        }
      }
    }
    return own;
  }

  /**
   * What ours answered where a difference is meant.
   *
   * @param where the shape that means it; empty text for all
   * @param body with the random seed replaced, as in a recording
   */
  public record OwnAnswer(
      String where, String path, int status, Optional<String> type, byte[] body) {}

  private static boolean isSame(Answer right, RawHttp.Reply ours, byte[] body) {
    return right.status() == ours.status()
        && right.type().equals(ours.type())
        && Arrays.equals(right.body(), body);
  }

  private Map<String, String> headers(Guest guest, Answer answer) {
    final Map<String, String> headers =
        new LinkedHashMap<>(
            answer.caller().headers(guest, instance -> signature(secret, instance)));
    answer.accept().ifPresent(accept -> headers.put("Accept", accept));
    return headers;
  }

  private Optional<String> complaint(Expectation expected, RawHttp.Reply ours) {
    final Answer right = expected.answer();
    final byte[] body = seeds.mask(ours.body());
    if (isSame(right, ours, body)) {
      return Optional.empty();
    }
    final int from = Math.max(0, Arrays.mismatch(right.body(), body) - SHOWN / 4);
    return Optional.of(
        shown(expected.source(), right.status(), right.type(), right.body(), from)
            + shown("ours", ours.status(), ours.type(), body, from));
  }

  private static String describe(ConformanceRecording recording, Answer answer, String path) {
    return recording.shape()
        + ": "
        + answer.method()
        + " "
        + path
        + (answer.caller() == RecordedCaller.GUEST ? "" : " as " + answer.caller().recorded())
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

  /** What the proxy signs an instance with; the secret may be empty. */
  public static String signature(String secret, String instance) {
    // HMAC pads a key with zeros, so this is the empty key, which SecretKeySpec refuses
    final String key = secret.isEmpty() ? "\0" : secret;
    try {
      final Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(instance.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
