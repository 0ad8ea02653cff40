// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.novacompat.metadata.fixture.PythonOracle;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.PasswordStore;
import org.novacompat.metadata.tree.MetadataPath;

/** A request's first line is a path, its second an {@code Accept} header, the rest a password. */
class GuestRequestFuzzTest {
  private static final List<String> OFFERS = List.of("text/plain", "text/html", "application/json");
  private static final int MAX_PASSWORD_BYTES = 1020;

  @FuzzTest
  void isReadAsPythonReadsIt(byte[] request) throws Exception {
    String[] lines = new String(request, StandardCharsets.ISO_8859_1).split("\n", 3);
    assertPath(lines[0]);
    assertAccept(lines.length > 1 ? lines[1] : "");
    assertPassword(lines.length > 2 ? lines[2].getBytes(StandardCharsets.ISO_8859_1) : new byte[0]);
  }

  private static void assertPath(String raw) {
    Optional<String> path = PathDecoder.decode(raw);
    assertEquals(decodedByTheJdk(raw), path, raw);
    path.ifPresent(GuestRequestFuzzTest::assertNormalised);
    String text = new String(raw.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    assertEquals(Optional.of(text), PathDecoder.decode(encoded(text)));
  }

  private static void assertNormalised(String path) {
    String normalised = MetadataPath.normalise(path);
    assertEquals(normalised, MetadataPath.normalise(normalised));
    PythonOracle.ask("path", path)
        .ifPresent(answer -> assertEquals(answer.text().orElseThrow(), normalised));
  }

  /** Like Python's decoding of UTF-8 it refuses what is none, unlike the JDK's own. */
  private static Optional<String> decodedByTheJdk(String raw) {
    StringBuilder ascii = new StringBuilder();
    raw.chars()
        .forEach(c -> ascii.append(c < 0x80 ? String.valueOf((char) c) : "%%%02X".formatted(c)));
    try {
      String decoded =
          URLDecoder.decode(ascii.toString().replace("+", "%2B"), StandardCharsets.UTF_8);
      String escapes = ascii.toString().toUpperCase(Locale.ROOT);
      boolean isWhole = escapes.split("%EF%BF%BD", -1).length == decoded.split("\ufffd", -1).length;
      return Optional.of(decoded).filter(text -> isWhole);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static void assertAccept(String header) {
    String chosen = AcceptHeader.choose(Optional.of(header), OFFERS).orElse("");
    assertTrue(chosen.isEmpty() || OFFERS.contains(chosen));
    if (header.length() <= 1024) {
      PythonOracle.ask("accept", header)
          .ifPresent(answer -> assertEquals(answer.text().orElseThrow(), chosen, header));
    }
  }

  private static void assertPassword(byte[] body) throws Exception {
    AtomicReference<String> kept = new AtomicReference<>();
    PasswordHandler form =
        new PasswordHandler(
            (instance, text) -> {
              kept.set(text);
              return PasswordStore.Outcome.STORED;
            });
    Exchange exchange = new Exchange("POST", "/password", new ByteArrayInputStream(body));
    Optional<GuestError> refusal = form.take(exchange.request(), Instances.typical().build());
    assertTrue(exchange.read() <= MAX_PASSWORD_BYTES + 1);
    assertEquals(refusal.isPresent(), kept.get() == null);
    assertEquals(refusal.isPresent(), body.length > MAX_PASSWORD_BYTES || !isUtf8(body));
    if (refusal.isEmpty()) {
      assertArrayEquals(body, kept.get().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
  }
}
