// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import java.util.Optional;
import java.util.stream.Stream;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.identity.Caller.Unidentified;
import org.novacompat.metadata.log.Printable;
import org.novacompat.metadata.log.RateLimitedLog;

/**
 * What a caller is told that is not identified, and what the log says of it, in nova's statuses and
 * sentences ({@code nova/api/metadata/handler.py}).
 *
 * @param log where the lines go
 */
record Refusals(RateLimitedLog log) {
  private static final String UNKNOWN_PROVIDER = "Could not find any subnets for provider %s";
  private static final String NO_SINGLE_PORT =
      "Expected a single port matching provider %s and IP %s. Found %s.";
  private static final int MAX_QUOTED_IN_LOG = 200;
  private static final int MAX_QUOTED_TO_GUEST = 255;

  /** Where the details of {@link Reason#NEUTRON_UNAVAILABLE} say why. */
  private static final int FAILURE = 2;

  /**
   * Refuses a caller.
   *
   * @param peer the address of the other end of the connection
   * @return what to tell it
   */
  GuestError refuse(Unidentified caller, String peer) {
    logLine(caller.reason())
        .ifPresent(
            line ->
                log.log(
                    caller.reason(),
                    level(caller.reason()),
                    () -> line.formatted(inLog(caller, peer))));
    return error(caller);
  }

  private static GuestError error(Unidentified caller) {
    return switch (caller.reason()) {
      case NO_AGENT_HEADER -> badRequest("%s header is missing from request.", caller);
      case NO_LOAD_BALANCER_HEADER -> badRequest("%s is missing from request.", caller);
      case INVALID_AGENT_SIGNATURE, INVALID_LOAD_BALANCER_SIGNATURE -> GuestError.INVALID_SIGNATURE;
      case UNKNOWN_PROVIDER -> badRequest(UNKNOWN_PROVIDER, caller);
      case NO_SINGLE_PORT -> badRequest(NO_SINGLE_PORT, caller);
      case NEUTRON_UNAVAILABLE -> GuestError.badRequest(GuestError.UNKNOWN.explanation());
      case UNKNOWN_ADDRESS -> GuestError.NOT_FOUND;
      case SHARED_ADDRESS -> GuestError.UNKNOWN;
    };
  }

  private static Optional<String> logLine(Reason reason) {
    return switch (reason) {
      case NO_AGENT_HEADER, NO_LOAD_BALANCER_HEADER -> Optional.empty();
      case INVALID_AGENT_SIGNATURE, INVALID_LOAD_BALANCER_SIGNATURE ->
          Optional.of("%s does not match for %s %s, from %s");
      case UNKNOWN_PROVIDER -> Optional.of(UNKNOWN_PROVIDER);
      case NO_SINGLE_PORT -> Optional.of(NO_SINGLE_PORT);
      case NEUTRON_UNAVAILABLE -> Optional.of("cannot tell which port has %s at provider %s: %s");
      case UNKNOWN_ADDRESS -> Optional.of("404: no instance has the address %s");
      case SHARED_ADDRESS -> Optional.of("%s instances have the address %s; none is answered");
    };
  }

  private static System.Logger.Level level(Reason reason) {
    return switch (reason) {
      case UNKNOWN_PROVIDER, NO_SINGLE_PORT, NEUTRON_UNAVAILABLE -> System.Logger.Level.ERROR;
      default -> System.Logger.Level.WARNING;
    };
  }

  private static GuestError badRequest(String sentence, Unidentified caller) {
    return GuestError.badRequest(
        sentence.formatted(caller.details().stream().map(Refusals::toGuest).toArray()));
  }

  /**
   * The details and the peer, cut where they quote the request; a failure of Neutron's is whole.
   */
  private static Object[] inLog(Unidentified caller, String peer) {
    Object[] quoted =
        Stream.concat(caller.details().stream(), Stream.of(peer))
            .map(text -> Printable.ascii(text, MAX_QUOTED_IN_LOG))
            .toArray();
    if (caller.reason() == Reason.NEUTRON_UNAVAILABLE) {
      quoted[FAILURE] = caller.details().get(FAILURE);
    }
    return quoted;
  }

  /** As it was sent, unless it is longer than anything that means something. */
  private static String toGuest(String text) {
    return text.length() > MAX_QUOTED_TO_GUEST ? text.substring(0, MAX_QUOTED_TO_GUEST) : text;
  }
}
