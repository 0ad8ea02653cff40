// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.novacompat.metadata.signature.SharedSecret;

/**
 * Whatever headers come, {@code Name: value} on a line each: behind proxies a guest is only who is
 * signed for, and without them who has the address.
 */
class ProxiedRequestFuzzTest {
  private static final String SECRET = "s3cr3t-of-the-proxies";
  private static final String FROM = "192.0.2.1";
  private static final Caller.Guest DIRECT =
      new Caller.Guest("direct", Optional.empty(), Optional.of(FROM));
  private static final SharedSecret SHARED = new SharedSecret(SECRET);

  /** Stands in an input for the signature of what stands before it. */
  private static final String SIGNED = "SIGNED ";

  private final Cloud cloud =
      new Cloud()
          .provider("provider", "net-a")
          .port("10.0.0.7", "seven", "project")
          .port("2001:db8::9", "nine", "project");
  private final MetadataProxy proxy =
      new MetadataProxy(
          new LoadBalancer(Optional.of(SHARED), Optional.of(cloud), Duration.ZERO),
          new SignedProxy(SHARED));
  private final RemoteAddress direct =
      new RemoteAddress(
          new ProxyHeaders(GuestRequest::remoteAddress),
          address -> address.toString().equals(FROM) ? List.of(DIRECT) : List.of());

  @FuzzTest
  void namesNobodyWhoIsNotSignedFor(byte[] headers) throws Exception {
    String text = new String(headers, StandardCharsets.ISO_8859_1);
    SentRequest request = request(text);
    Caller caller = proxy.identify(request);
    if (caller instanceof Caller.Guest guest) {
      assertTrue(
          isSigned(request, "X-Instance-ID", guest)
              || isSigned(request, "X-Metadata-Provider", guest));
    } else {
      assertFalse(caller.toString().contains(SECRET) && !text.contains(SECRET));
    }
    boolean isForwarded = hasText(request, "Forwarded") || hasText(request, "X-Forwarded-For");
    boolean isKnown = direct.identify(request) instanceof Caller.Guest;
    assertTrue(isForwarded || isKnown, "no header says otherwise");
  }

  private static boolean hasText(SentRequest request, String header) {
    return request.header(header).filter(value -> !value.isEmpty()).isPresent();
  }

  /** The balancer's guests are those of its ports, the agent's are named as they are. */
  private static boolean isSigned(SentRequest request, String header, Caller.Guest guest)
      throws Exception {
    boolean isNamed =
        header.equals("X-Instance-ID")
            ? request.header(header).equals(Optional.of(guest.instance()))
            : Set.of("seven", "nine").contains(guest.instance());
    Optional<String> signature = request.header(header + "-Signature");
    return isNamed
        && signature.isPresent()
        && signature.get().equals(signature(request.header(header).orElseThrow()));
  }

  private static SentRequest request(String text) throws Exception {
    Map<String, List<String>> headers =
        Stream.of(text.split("\n"))
            .map(line -> line.split(": ?", 2))
            .filter(header -> header.length == 2)
            .collect(
                Collectors.groupingBy(
                    header -> header[0].toLowerCase(Locale.ROOT),
                    Collectors.mapping(header -> header[1], Collectors.toList())));
    SentRequest request = SentRequest.from(FROM);
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      String[] values = header.getValue().toArray(String[]::new);
      for (int i = 0; i < values.length; i++) {
        values[i] =
            values[i].startsWith(SIGNED)
                ? signature(values[i].substring(SIGNED.length()))
                : values[i];
      }
      request.with(header.getKey(), values);
    }
    return request;
  }

  /** Computed without the code under test. */
  private static String signature(String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
  }
}
