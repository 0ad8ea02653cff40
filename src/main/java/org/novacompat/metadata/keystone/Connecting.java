// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.eclipse.microprofile.rest.client.RestClientBuilder;
import org.novacompat.metadata.config.Anyone;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.PemFiles;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.keystone.CallFailure.Kind;

/**
 * How connections are made ({@code keystoneauth1/loading/session.py}): whom to trust, what to show,
 * and how long to wait. nova waits for ever unless told otherwise; here nobody does.
 */
final class Connecting {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** MicroProfile's own mapper would read a configuration of its own. */
  private static final String WITHOUT_DEFAULT_MAPPER =
      "microprofile.rest.client.disable.default.mapper";

  private final NovaConf conf;
  private final ServiceOptions options;
  private final Duration timeout;

  Connecting(NovaConf conf, ServiceOptions options) {
    this.conf = conf;
    this.options = options;
    this.timeout = conf.get(options.timeout).orElse(TIMEOUT);
  }

  /** How long a connection, and then an answer, is waited for. */
  Duration timeout() {
    return timeout;
  }

  /** A duration as a log line shows it: {@code 2.5 s}. */
  static String seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3);
    return seconds.stripTrailingZeros().toPlainString() + " s";
  }

  String timeoutName() {
    return options.timeout.fullName().toString();
  }

  String cafileName() {
    return options.cafile.fullName().toString();
  }

  /**
   * Makes a client.
   *
   * @param api the server's calls
   * @param base the address that their paths are appended to
   * @throws CallFailure when a file for TLS is unusable
   */
  <A> A client(Class<A> api, URI base) {
    RestClientBuilder builder =
        RestClientBuilder.newBuilder()
            .baseUri(base)
            .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .property(WITHOUT_DEFAULT_MAPPER, true)
            .register(new ErrorStatus.Mapper())
            .register(new JsonBody());
    tls().ifPresent(builder::sslContext);
    if (conf.get(options.insecure)) {
      builder.hostnameVerifier((host, session) -> true);
    }
    return builder.build(api);
  }

  /** Closes a client's connections. */
  static void close(Object client) {
    try {
      ((Closeable) client).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
          insecure ? new TrustManager[] {new Anyone()} : authorities(cafile),
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
