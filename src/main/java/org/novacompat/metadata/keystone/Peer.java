// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.novacompat.metadata.keystone.CallFailure.Kind;

/**
 * A server that is asked, as the log names it.
 *
 * @param name such as {@code Keystone}
 * @param address where it is
 * @param options the options that say so
 * @param connecting how connections to it are made
 */
record Peer(String name, URI address, String options, Connecting connecting) {

  /** Says what the server answered. */
  CallFailure answered(Kind kind, String what, String lookAt, Throwable cause) {
    return new CallFailure(kind, this + " " + what + "; see " + lookAt, cause);
  }

  /** Says why no answer came, or none that can be understood. */
  CallFailure failed(Throwable cause) {
    if (cause instanceof InterruptedIOException) {
      return new CallFailure(Kind.NOT_MADE, "a call was given up", cause);
    }
    Optional<String> unreachable = whyUnreachable(cause);
    if (unreachable.isPresent()) {
      return answered(Kind.UNREACHABLE, "cannot be reached: " + unreachable.get(), options, cause);
    }
    if (cause instanceof BoundedHttp.RefusedAnswerException) {
      return answered(Kind.BROKEN, cause.getMessage(), options, cause);
    }
    if (inChain(cause, SSLException.class).isPresent()) {
      return answered(
          Kind.BROKEN, whyUntrusted(cause), options + " and " + connecting.cafileName(), cause);
    }
    if (inChain(cause, EOFException.class).isPresent()) {
      return answered(Kind.UNREACHABLE, "closes the connection without an answer", options, cause);
    }
    if (inChain(cause, HttpTimeoutException.class).isPresent()) {
      return answered(
          Kind.BROKEN,
          "does not answer within " + Connecting.seconds(connecting.timeout()),
          options + " and " + connecting.timeoutName(),
          cause);
    }
    return answered(
        Kind.BROKEN, "does not answer as it should (" + root(cause) + ")", options, cause);
  }

  /** The kind of the fault alone: its text may quote what was received. */
  private static String root(Throwable cause) {
    return Stream.iterate(cause, link -> link != null, Throwable::getCause)
        .reduce((outer, inner) -> inner)
        .map(fault -> fault.getClass().getSimpleName())
        .orElseThrow();
  }

  private static Optional<String> whyUnreachable(Throwable cause) {
    if (inChain(cause, UnresolvedAddressException.class).isPresent()) {
      return Optional.of("there is no host of that name");
    }
    if (inChain(cause, ConnectException.class).isPresent()) {
      return Optional.of("nothing listens there, or no route leads there");
    }
    return inChain(cause, SocketException.class).map(Throwable::getMessage);
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
    return Stream.iterate(cause, link -> link != null, Throwable::getCause)
        .filter(type::isInstance)
        .findFirst();
  }

  @Override
  public String toString() {
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    String path = address.getPath() == null ? "" : address.getPath();
    return name + " at " + address.getScheme() + "://" + address.getHost() + port + path;
  }
}
