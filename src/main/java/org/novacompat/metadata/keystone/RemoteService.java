// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.novacompat.metadata.keystone.ServiceCallException.Kind;

/**
 * A server, and what the log says of it when a call fails.
 *
 * @param name such as {@code Keystone}
 * @param address its address
 * @param addressOptions the options that set the address
 * @param settings how it is called
 */
record RemoteService(String name, URI address, String addressOptions, HttpSettings settings) {
  /**
   * Reads a server's address, as far as {@link java.net.http.HttpClient} can call it.
   *
   * @throws IllegalArgumentException with the rest of a sentence that begins with the address's
   *     name; the address, which may hold a password, is not in it
   */
  static URI addressOf(String text) {
    URI url;
    try {
      url = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is no URL");
    }
    if (url.getHost() == null) {
      throw new IllegalArgumentException(
          "names no host, or one with an underscore or another character that the name of a host"
              + " may not have");
    }
    return url;
  }

  /** A failure that its answer tells. */
  ServiceCallException answered(Kind kind, String what) {
    return failure(kind, what, addressOptions, null);
  }

  /** A failure that other options than those of the address may have caused. */
  ServiceCallException failure(Kind kind, String what, String lookAt, Throwable cause) {
    return new ServiceCallException(kind, this + " " + what + "; see " + lookAt, cause);
  }

  /** A call that takes longer than guests wait, and goes on. */
  ServiceCallException slow() {
    return failure(
        Kind.BROKEN,
        "has not answered for %s, and is waited for in the background for up to %s"
            .formatted(seconds(settings.times().guest()), seconds(settings.times().question())),
        addressOptions + " and " + settings.options().timeout.fullName(),
        null);
  }

  /** Says why no answer came, or none that can be understood. */
  ServiceCallException failed(Throwable cause) {
    if (cause instanceof InterruptedIOException) {
      return new ServiceCallException(Kind.NOT_MADE, "a call was given up", cause);
    }
    Optional<String> unreachable = whyUnreachable(cause);
    if (unreachable.isPresent()) {
      return failure(Kind.UNREACHABLE, unreachable.get(), addressOptions, cause);
    }
    if (cause instanceof BoundedHttp.RefusedAnswerException) {
      return failure(Kind.BROKEN, cause.getMessage(), addressOptions, cause);
    }
    if (inChain(cause, SSLException.class).isPresent()) {
      String lookAt = addressOptions + " and " + settings.options().cafile.fullName();
      return failure(Kind.BROKEN, whyUntrusted(cause), lookAt, cause);
    }
    if (inChain(cause, EOFException.class).isPresent()) {
      return failure(
          Kind.UNREACHABLE, "closes the connection without an answer", addressOptions, cause);
    }
    if (inChain(cause, HttpTimeoutException.class).isPresent()) {
      String lookAt = addressOptions + " and " + settings.options().timeout.fullName();
      return failure(
          Kind.BROKEN,
          "does not answer within " + seconds(settings.times().question()),
          lookAt,
          cause);
    }
    return failure(
        Kind.BROKEN, "does not answer as it should (" + root(cause) + ")", addressOptions, cause);
  }

  /** A duration as a log line shows it: {@code 2.5 s}. */
  static String seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3);
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }

  /** The kind of the fault alone: its text may quote what was received. */
  private static String root(Throwable cause) {
    return chain(cause)
        .reduce((outer, inner) -> inner)
        .map(fault -> fault.getClass().getSimpleName())
        .orElseThrow();
  }

  private static Optional<String> whyUnreachable(Throwable cause) {
    if (inChain(cause, UnresolvedAddressException.class).isPresent()) {
      return Optional.of("cannot be reached: there is no host of that name");
    }
    if (inChain(cause, ConnectException.class).isPresent()) {
      return Optional.of("cannot be reached: nothing listens there, or no route leads there");
    }
    return inChain(cause, SocketException.class).map(e -> "cannot be reached: " + e.getMessage());
  }

  private static String whyUntrusted(Throwable cause) {
    if (inChain(cause, CertificateExpiredException.class).isPresent()) {
      return "shows a certificate that has expired";
    }
    // HostnameChecker's, which has no type of its own
    return inChain(cause, CertificateException.class)
            .filter(e -> String.valueOf(e.getMessage()).startsWith("No "))
            .isPresent()
        ? "shows a certificate of another host"
        : "cannot be spoken to by TLS, or shows a certificate that is not trusted";
  }

  private static Optional<Throwable> inChain(Throwable cause, Class<? extends Throwable> type) {
    return chain(cause).filter(type::isInstance).findFirst();
  }

  private static Stream<Throwable> chain(Throwable outermost) {
    return Stream.iterate(outermost, fault -> fault != null, Throwable::getCause);
  }

  @Override
  public String toString() {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    String path = address.getPath() == null ? "" : address.getPath();
    return name + " at " + address.getScheme() + "://" + address.getHost() + port + path;
  }
}
