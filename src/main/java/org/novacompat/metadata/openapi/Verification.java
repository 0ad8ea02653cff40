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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.RequestIds;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.EopSignature;
import org.novacompat.metadata.signature.SignedQuery;

/**
 * Verifies that a call is signed with a known access key, dated now, and not a replay.
 *
 * <p>A stranger cannot find out whether an access key exists: a call that names an unknown one is
 * verified with a random key, and fails as a wrong signature does.
 */
final class Verification {
  private static final System.Logger LOG = System.getLogger(Verification.class.getName());

  private static final String REQUEST_ID = "ctyun-eop-request-id";
  private static final String DATE = "eop-date";
  private static final String AUTHORIZATION = "eop-authorization";

  /** A UUID, says the vendor; its clients also send other texts. */
  private static final Pattern REQUEST_ID_FORM = Pattern.compile("[!-~]{1,128}");

  private static final int IPV6_BYTES = 16;
  private static final int IPV6_NETWORK_BYTES = 8;

  /** The share of places for calls from networks that signed none right within the hour: 1/2. */
  private static final int STRANGERS_SHARE = 2;

  /** The share for networks that made too many calls that are not signed right: 1/4. */
  private static final int FAILING_SHARE = 4;

  private final RateLimitedLog limitedLog = new RateLimitedLog(LOG);
  private final Function<String, Optional<AccessKey>> keys;
  private final Clock clock;
  private final Duration skew;
  private final SignatureFailureLimiter limiter;
  private final ReplayGuard replays;
  private final RequestIds ids;
  private final Instant start;
  private final Semaphore placesOfStrangers;
  private final Semaphore placesOfFailing;
  private final AccessKey unknownKey;

  /**
   * Prepares to verify.
   *
   * @param settings the limits for callers
   * @param keys finds access keys by their ids
   * @param ids the ids of the calls that all nodes accepted
   * @param clock the time
   */
  Verification(
      OpenApiSettings settings,
      Function<String, Optional<AccessKey>> keys,
      RequestIds ids,
      Clock clock) {
    this.keys = keys;
    this.ids = ids;
    this.skew = settings.skew();
    this.clock = clock;
    this.start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    this.placesOfStrangers = places(settings, STRANGERS_SHARE);
    this.placesOfFailing = places(settings, FAILING_SHARE);
    this.limiter =
        new SignatureFailureLimiter(settings.maxFailuresPerMinute(), Ticker.systemTicker());
    this.replays = new ReplayGuard(clock);
    byte[] secret = new byte[16];
    new SecureRandom().nextBytes(secret);
    this.unknownKey = new AccessKey("unknown", HexFormat.of().formatHex(secret), Set.of());
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
    String network = network(call.address());
    boolean isLimitReached = limiter.isReached(network);
    try {
      VerifiedCall verified =
          limiter.isTrusted(network)
              ? verify(call, authorization)
              : verifyIn(isLimitReached ? placesOfFailing : placesOfStrangers, call, authorization);
      limiter.succeeded(network);
      return verified;
    } catch (RefusedException e) {
      if (e.error().countsAsUnsigned()) {
        limiter.failed(network);
      }
      RefusedException told =
          isLimitReached && e.error() == ErrorCode.SIGNATURE_INVALID ? tooMany() : e;
      limitedLog.log(
          told.error(), System.Logger.Level.WARNING, () -> line(call, authorization, told));
      throw told;
    }
  }

  private static Semaphore places(OpenApiSettings settings, int share) {
    return new Semaphore(Math.max(1, settings.maxCallsAtATime() / share));
  }

  private static RefusedException tooMany() {
    return new RefusedException(
        ErrorCode.SIGNATURE_TOO_MANY_FAILURES,
        "Too many calls from this address within a minute were not signed right, nor is this one.");
  }

  private static String line(
      ReceivedCall call, Optional<EopAuthorization> authorization, RefusedException refusal) {
    return "OpenAPI: %s from %s, access key %s: %s"
        .formatted(
            refusal.error().code(),
            call.address(),
            authorization.map(EopAuthorization::accessKey).orElse("not named"),
            refusal.getCause() == null ? refusal.getMessage() : refusal.getCause().getMessage());
  }

  private VerifiedCall verifyIn(
      Semaphore places, ReceivedCall call, Optional<EopAuthorization> authorization)
      throws RefusedException {
    if (!places.tryAcquire()) {
      throw new RefusedException(
          ErrorCode.REQUEST_TOO_MANY,
          "Too many calls at the same time from where none was signed right lately. Try again in"
              + " a second.");
    }
    try {
      return verify(call, authorization);
    } finally {
      places.release();
    }
  }

  private VerifiedCall verify(ReceivedCall call, Optional<EopAuthorization> sent)
      throws RefusedException {
    required(call, AUTHORIZATION);
    EopAuthorization authorization =
        sent.orElseThrow(
            () ->
                malformed(
                    "The header Eop-Authorization must be"
                        + " \"AK Headers=ctyun-eop-request-id;eop-date Signature=BASE64\"."));
    final String id = requestId(call);
    final String date = required(call, DATE);
    final SortedMap<String, String> headers = signedHeaders(call, authorization);
    final EopDate time = requireNow(date);
    final Optional<AccessKey> key = keys.apply(authorization.accessKey());
    final byte[] body = call.body();
    boolean right =
        isSigned(
            key.orElse(unknownKey), date, headers, call.query(), body, authorization.signature());
    if (!right || key.isEmpty()) {
      throw new RefusedException(
          ErrorCode.SIGNATURE_INVALID,
          "The signature does not belong to this call, or there is no such access key.");
    }
    requireFirst(key.get(), id, time);
    return new VerifiedCall(key.get(), id, body);
  }

  private static String requestId(ReceivedCall call) throws RefusedException {
    String id = required(call, REQUEST_ID);
    if (!REQUEST_ID_FORM.matcher(id).matches()) {
      throw malformed(
          "The header ctyun-eop-request-id must be 1 to 128 printable ASCII characters without a"
              + " space, such as a UUID.");
    }
    return id;
  }

  private static SortedMap<String, String> signedHeaders(
      ReceivedCall call, EopAuthorization authorization) throws RefusedException {
    if (!authorization.headers().containsAll(List.of(REQUEST_ID, DATE))) {
      throw malformed("Both ctyun-eop-request-id and eop-date must be among the signed headers.");
    }
    SortedMap<String, String> headers = new TreeMap<>();
    for (String name : authorization.headers()) {
      Optional<String> value = only(call, name);
      headers.put(
          name,
          value.orElseThrow(() -> malformed("Every signed header must be there, and once only.")));
    }
    return headers;
  }

  private EopDate requireNow(String date) throws RefusedException {
    EopDate time =
        EopDate.parse(date)
            .orElseThrow(
                () -> malformed("The header Eop-date must be written as yyyyMMdd'T'HHmmss'Z'."));
    Instant now = clock.instant();
    Duration ahead = Duration.between(now, time.nearest(now));
    if (ahead.abs().compareTo(skew) > 0) {
      throw new RefusedException(
          ErrorCode.SIGNATURE_EXPIRED,
          ("The header Eop-date is %d seconds %s the present time, %s, taken for the time of UTC or"
                  + " of Beijing, whichever is nearer; at most %d are allowed. Look at the caller's"
                  + " clock and time zone.")
              .formatted(
                  ahead.abs().toSeconds(),
                  ahead.isNegative() ? "behind" : "ahead of",
                  now.truncatedTo(ChronoUnit.SECONDS),
                  skew.toSeconds()));
    }
    return time;
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

  private void requireFirst(AccessKey key, String id, EopDate time) throws RefusedException {
    switch (replays.look(key.id(), id, time.end(skew))) {
      case FIRST -> requireFirstOfAllNodes(key, id, time);
      case AGAIN -> throw replayed();
      case NO_ROOM ->
          throw new RefusedException(
              ErrorCode.REQUEST_TOO_MANY,
              "This access key has made more calls than can be told apart. Try again later.");
    }
  }

  private void requireFirstOfAllNodes(AccessKey key, String id, EopDate time)
      throws RefusedException {
    Instant now = clock.instant();
    RequestIds.Sighting sighting;
    try {
      sighting = ids.look(key.id(), id, Duration.between(now, time.end(skew)));
    } catch (StoreUnavailableException e) {
      throw new RefusedException(
          ErrorCode.SERVICE_UNAVAILABLE, "The database cannot be asked now. Try again later.", e);
    }
    if (sighting == RequestIds.Sighting.AGAIN) {
      throw replayed();
    }
    if (sighting == RequestIds.Sighting.UNKNOWN && time.nearest(now).isBefore(start)) {
      throw new RefusedException(
          ErrorCode.SIGNATURE_EXPIRED,
          "The call is dated before this node's start, and may have been made then. Make it anew.");
    }
  }

  private static RefusedException replayed() {
    return new RefusedException(
        ErrorCode.SIGNATURE_REPLAYED,
        "A call with this ctyun-eop-request-id was made before: each call needs its own.");
  }

  private static String required(ReceivedCall call, String header) throws RefusedException {
    return only(call, header)
        .orElseThrow(
            () ->
                new RefusedException(
                    ErrorCode.SIGNATURE_MISSING,
                    "The header " + header + " must be there, and once only."));
  }

  private static Optional<String> only(ReceivedCall call, String header) {
    List<String> values = call.headers(header);
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  private static RefusedException malformed(String message) {
    return new RefusedException(ErrorCode.SIGNATURE_MALFORMED, message);
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
