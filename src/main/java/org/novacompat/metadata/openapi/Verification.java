// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import com.github.benmanes.caffeine.cache.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.novacompat.metadata.log.Seldom;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.EopSignature;
import org.novacompat.metadata.signature.SignedQuery;

/**
 * Lets in the calls that are signed right, of now, and made for the first time.
 *
 * <p>Whether an access key exists cannot be told from outside: a call that names an unknown one is
 * verified with a key of our own, and fails as a wrong signature does.
 */
final class Verification {
  private static final System.Logger LOG = System.getLogger(Verification.class.getName());

  private static final String REQUEST_ID = "ctyun-eop-request-id";
  private static final String DATE = "eop-date";
  private static final String AUTHORIZATION = "eop-authorization";
  private static final Pattern UUID_FORM =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
  private static final int IPV6_BYTES = 16;
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Seldom seldom = new Seldom(LOG);
  private final Function<String, Optional<AccessKey>> keys;
  private final Clock clock;
  private final Duration skew;
  private final FailureLimit limit;
  private final SeenRequests seen;
  private final AccessKey nobody;

  /**
   * Prepares to verify.
   *
   * @param keys finds access keys by their ids
   * @param skew by how much a caller's clock may differ
   * @param mostFailures how many calls a minute may be signed wrong
   * @param clock the time
   */
  Verification(
      Function<String, Optional<AccessKey>> keys, Duration skew, int mostFailures, Clock clock) {
    this.keys = keys;
    this.skew = skew;
    this.clock = clock;
    this.limit = new FailureLimit(mostFailures, Ticker.systemTicker());
    this.seen = new SeenRequests(clock);
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    this.nobody = new AccessKey("nobody", HexFormat.of().formatHex(secret), Set.of());
  }

  /**
   * Verifies a call.
   *
   * @param call the call; its body is read only when the rest is as it must be
   * @return the call, and whose it is
   * @throws RefusedException when it is not let in
   */
  VerifiedCall verify(ReceivedCall call) throws RefusedException {
    Optional<EopAuthorization> authorization =
        only(call, AUTHORIZATION).flatMap(EopAuthorization::parse);
    FailureLimit.Source source =
        new FailureLimit.Source(
            network(call.address()), authorization.map(EopAuthorization::accessKey).orElse(""));
    try {
      if (limit.isReached(source)) {
        throw new RefusedException(
            Failure.SIGNATURE_TOO_MANY_FAILURES,
            "Too many calls within a minute were not signed right. Try again in a minute.");
      }
      VerifiedCall verified = verify(call, authorization);
      limit.succeeded(source);
      return verified;
    } catch (RefusedException e) {
      if (e.failure().countsAsUnsigned()) {
        limit.failed(source);
      }
      seldom.log(
          System.Logger.Level.WARNING,
          "OpenAPI: %s from %s, access key %s: %s"
              .formatted(
                  e.failure().code(),
                  call.address(),
                  source.accessKey().isEmpty() ? "not named" : source.accessKey(),
                  e.getMessage()));
      throw e;
    }
  }

  private VerifiedCall verify(ReceivedCall call, Optional<EopAuthorization> sent)
      throws RefusedException {
    EopAuthorization authorization =
        sent.orElseThrow(
            () ->
                missing(
                    "The header Eop-Authorization must be there once, as"
                        + " \"AK Headers=ctyun-eop-request-id;eop-date Signature=BASE64\"."));
    final UUID id = requestId(call);
    final String date =
        only(call, DATE).orElseThrow(() -> missing("The header Eop-date must be there once."));
    final SortedMap<String, String> headers = signedHeaders(call, authorization);
    final EopDate time = requireNow(date);
    final Optional<AccessKey> key = keys.apply(authorization.accessKey());
    final byte[] body = call.body();
    boolean right =
        isSigned(key.orElse(nobody), date, headers, call.query(), body, authorization.signature());
    if (!right || key.isEmpty()) {
      throw new RefusedException(
          Failure.SIGNATURE_INVALID,
          "The signature does not belong to this call, or there is no such access key.");
    }
    requireFirst(key.get(), id, time);
    return new VerifiedCall(key.get(), id, body);
  }

  private static UUID requestId(ReceivedCall call) throws RefusedException {
    return only(call, REQUEST_ID)
        .filter(text -> UUID_FORM.matcher(text).matches())
        .map(UUID::fromString)
        .orElseThrow(
            () -> missing("The header ctyun-eop-request-id must be there once, and be a UUID."));
  }

  private static SortedMap<String, String> signedHeaders(
      ReceivedCall call, EopAuthorization authorization) throws RefusedException {
    if (!authorization.headers().containsAll(List.of(REQUEST_ID, DATE))) {
      throw missing("Both ctyun-eop-request-id and eop-date must be among the signed headers.");
    }
    SortedMap<String, String> headers = new TreeMap<>();
    for (String name : authorization.headers()) {
      Optional<String> value = only(call, name);
      headers.put(
          name,
          value.orElseThrow(() -> missing("Every signed header must be there, and once only.")));
    }
    return headers;
  }

  private EopDate requireNow(String date) throws RefusedException {
    return EopDate.parse(date)
        .filter(time -> time.isNow(clock, skew))
        .orElseThrow(
            () ->
                new RefusedException(
                    Failure.SIGNATURE_EXPIRED,
                    "The header Eop-date must be the present time of UTC or of Beijing, written as"
                        + " yyyyMMdd'T'HHmmss'Z', give or take "
                        + skew.toSeconds()
                        + " seconds."));
  }

  /** Takes as long whether the signature is right or not. */
  private static boolean isSigned(
      AccessKey key,
      String date,
      SortedMap<String, String> headers,
      String query,
      byte[] body,
      String signature) {
    boolean right = false;
    for (String reading : SignedQuery.readings(query)) {
      String expected = EopSignature.sign(key, date, headers, reading, body);
      right |= MessageDigest.isEqual(ascii(expected), ascii(signature));
    }
    return right;
  }

  private void requireFirst(AccessKey key, UUID id, EopDate time) throws RefusedException {
    switch (seen.look(key.id(), id, time.end(skew))) {
      case FIRST -> {}
      case AGAIN ->
          throw new RefusedException(
              Failure.SIGNATURE_REPLAYED,
              "A call with this ctyun-eop-request-id was made before: each call needs its own.");
      case NO_ROOM ->
          throw new RefusedException(
              Failure.REQUEST_TOO_MANY,
              "This access key has made more calls than can be told apart. Try again later.");
    }
  }

  private static Optional<String> only(ReceivedCall call, String header) {
    List<String> values = call.headers(header);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private static RefusedException missing(String message) {
    return new RefusedException(Failure.SIGNATURE_MISSING, message);
  }

  private static String network(String address) {
    try {
      byte[] bytes = InetAddress.getByName(address).getAddress();
      return bytes.length == IPV6_BYTES
          ? HexFormat.of().formatHex(Arrays.copyOf(bytes, IPV6_NETWORK_BYTES))
          : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
