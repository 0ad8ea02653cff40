// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.EopSignature;
import org.novacompat.metadata.signature.SignedQuery;

/**
 * Whatever is signed comes in once and unchanged, and nothing else does. The lines of an input are
 * authorization, request id, date, another header, the query; the rest is the body.
 */
class SignedCallFuzzTest {
  private static final AccessKey KEY = new AccessKey("ak", "s3cr3t-of-the-key", Set.of("p1"));
  private static final Duration SKEW = Duration.ofSeconds(300);

  /** Stand in an input for the signature and for the present time. */
  private static final String SIGNED = "SIGNED";

  private static final String NOW = "NOW";

  private static final String ID = "6f70656e-7374-4163-8000-00000000c01d";
  private static final Pattern RIGHT =
      Pattern.compile("ak Headers?=ctyun-eop-request-id;eop-date(;x-more)? Signature=" + SIGNED);

  private final MovableClock clock = new MovableClock();

  private record Call(Map<String, String> headers, String query, byte[] body)
      implements ReceivedCall {
    @Override
    public String method() {
      return "POST";
    }

    @Override
    public String path() {
      return "/v4/ecs/metadata/create";
    }

    @Override
    public List<String> headers(String name) {
      return Optional.ofNullable(headers.get(name)).stream().toList();
    }

    @Override
    public String address() {
      return "192.0.2.1";
    }

    Call with(String header, String value) {
      Map<String, String> changed = new TreeMap<>(headers);
      changed.put(header, value);
      return new Call(changed, query, body);
    }
  }

  @FuzzTest
  void comesInOnceAndUnchanged(byte[] input) throws Exception {
    String[] lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", 6);
    if (lines.length < 6) {
      return;
    }
    Call unsigned =
        new Call(
            Map.of(
                "eop-authorization", lines[0],
                "ctyun-eop-request-id", lines[1],
                "eop-date", lines[2].replace(NOW, now()),
                "x-more", lines[3]),
            lines[4],
            lines[5].getBytes(StandardCharsets.ISO_8859_1));
    Call call = unsigned.with("eop-authorization", lines[0].replace(SIGNED, signature(unsigned)));
    Verification verification =
        new Verification(
            new OpenApiSettings("here", SKEW, 1000, 8),
            id -> Optional.of(KEY).filter(key -> key.id().equals(id)),
            (accessKey, id, validFor) -> RequestIds.Sighting.UNKNOWN,
            clock);
    try {
      VerifiedCall verified = verification.verify(call);
      assertTrue(lines[0].contains(signature(unsigned)) || lines[0].contains(SIGNED));
      assertArrayEquals(call.body(), verified.body());
    } catch (RefusedException e) {
      assertFalse(isSigned(lines), e.getMessage());
      assertFalse(e.getMessage().contains(KEY.secret()));
      assertTrue(e.getMessage().matches("[\\x20-\\x7e]{1,300}"), e.getMessage());
      return;
    }
    assertEquals(ErrorCode.SIGNATURE_REPLAYED, refusal(verification, call));
    byte[] longer = Arrays.copyOf(call.body(), call.body().length + 1);
    Call changed = new Call(call.headers(), call.query(), longer);
    assertEquals(ErrorCode.SIGNATURE_INVALID, refusal(verification, changed));
  }

  private static boolean isSigned(String[] lines) {
    return RIGHT.matcher(lines[0]).matches() && lines[1].equals(ID) && lines[2].equals(NOW);
  }

  private static ErrorCode refusal(Verification verification, Call call) {
    return assertThrows(RefusedException.class, () -> verification.verify(call)).error();
  }

  private static String signature(Call call) {
    SortedMap<String, String> signed = new TreeMap<>();
    EopAuthorization.parse(call.headers.get("eop-authorization")).stream()
        .flatMap(authorization -> authorization.headers().stream())
        .forEach(name -> signed.put(name, call.headers.getOrDefault(name, "")));
    String query = SignedQuery.readings(call.query).iterator().next();
    return EopSignature.sign(KEY, call.headers.get("eop-date"), signed, query, call.body);
  }

  private String now() {
    return DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'")
        .withZone(ZoneOffset.UTC)
        .format(clock.instant());
  }
}
