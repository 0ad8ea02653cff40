// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.keystone.CallFailure.Kind;
import org.novacompat.metadata.tls.PemFiles;
import org.novacompat.metadata.tls.TrustAllManager;

/**
 * How connections are made ({@code keystoneauth1/loading/session.py}): whom to trust, what to show,
 * and how long to wait. nova waits for ever unless told otherwise. Here a guest waits for a moment,
 * and a call goes on in the background for longer.
 */
final class Connecting {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration MAX_PATIENCE = Duration.ofSeconds(5);
  private static final Duration BEYOND_TIMEOUT = Duration.ofSeconds(1);

  private final NovaConf conf;
  private final ServiceOptions options;
  private final BiConsumer<Peer, CallFailure> slow;
  private final Duration timeout;
  private final Duration patience;
  // null: not made yet
  private BoundedHttp http;

  /**
   * Reads the options; files are read at the first call.
   *
   * @param slow told of a call that takes longer than a guest waits, while it goes on
   */
  Connecting(NovaConf conf, ServiceOptions options, BiConsumer<Peer, CallFailure> slow) {
    this.conf = conf;
    this.options = options;
    this.slow = slow;
    Optional<Duration> configured = conf.get(options.timeout);
    this.timeout = configured.orElse(TIMEOUT);
    this.patience =
        configured
            .map(BEYOND_TIMEOUT::plus)
            .map(longest -> longest.compareTo(MAX_PATIENCE) < 0 ? longest : MAX_PATIENCE)
            .orElse(PATIENCE);
  }

  /** For how long a question may take, all its calls together. */
  Duration timeout() {
    return timeout;
  }

  /** For how long a guest waits. */
  Duration patience() {
    return patience;
  }

  void tellSlow(Peer peer) {
    slow.accept(
        peer,
        peer.answered(
            Kind.BROKEN,
            "has not answered for "
                + seconds(patience)
                + ", and is waited for in the background for up to "
                + seconds(timeout),
            peer.options() + " and " + timeoutName(),
            null));
  }

  /** A duration as a log line shows it: {@code 2.5 s}. */
  static String seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3);
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }

  String timeoutName() {
    return options.timeout.fullName().toString();
  }

  String tokenName() {
    return options.token.fullName().toString();
  }

  String cafileName() {
    return options.cafile.fullName().toString();
  }

  /**
   * Gives the client, with connections that all calls share.
   *
   * @throws CallFailure when a file for TLS is unusable
   */
  synchronized BoundedHttp http() {
    if (http == null) {
      http = new BoundedHttp(tls());
    }
    return http;
  }

  private Optional<SSLContext> tls() {
    Optional<Path> cafile = conf.get(options.cafile);
    Optional<Path> certfile = conf.get(options.certfile);
    boolean insecure = conf.get(options.insecure);
    if (cafile.isEmpty() && certfile.isEmpty() && !insecure) {
      return Optional.empty();
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          certfile.isEmpty() ? null : keys(certfile.get()),
          insecure ? new TrustManager[] {new TrustAllManager()} : authorities(cafile),
          null);
      return Optional.of(context);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("TLS is not to be had", e);
    }
  }

  private KeyManager[] keys(Path certfile) {
    try {
      return PemFiles.keyManagers(certfile, conf.get(options.keyfile).orElse(certfile));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(options.certfile.fullName() + " with " + options.keyfile.fullName(), e);
    }
  }

  private TrustManager[] authorities(Optional<Path> cafile) {
    try {
      return cafile.isEmpty() ? null : PemFiles.trustManagers(cafile.get());
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(cafileName(), e);
    }
  }

  private static CallFailure unusable(String what, Exception e) {
    return new CallFailure(Kind.BROKEN, what + " cannot be used: " + e.getMessage(), e);
  }
}
