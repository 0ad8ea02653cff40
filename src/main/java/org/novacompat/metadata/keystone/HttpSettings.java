// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.ServiceOptions;
import org.novacompat.metadata.keystone.ServiceCallException.Kind;
import org.novacompat.metadata.tls.PemFiles;
import org.novacompat.metadata.tls.TrustAllManager;

/**
 * How a group of nova.conf configures calls ({@code keystoneauth1/loading/session.py}): which
 * certificates to trust and to present, and how long to wait.
 */
final class HttpSettings {
  private final NovaConf conf;
  private final ServiceOptions options;
  private final WaitTimes times;
  private final BiConsumer<RemoteService, ServiceCallException> slow;
  // null until the first call
  private BoundedHttp http;

  /**
   * Reads no file before the first call.
   *
   * @param slow told of a call that takes longer than guests wait, while it goes on
   */
  HttpSettings(
      NovaConf conf,
      ServiceOptions options,
      WaitTimes times,
      BiConsumer<RemoteService, ServiceCallException> slow) {
    this.conf = conf;
    this.options = options;
    this.times = times;
    this.slow = slow;
  }

  /** The group's options, which failures name. */
  ServiceOptions options() {
    return options;
  }

  WaitTimes times() {
    return times;
  }

  void tellSlow(RemoteService service) {
    slow.accept(service, service.slow());
  }

  /**
   * The client, whose connections all calls share.
   *
   * @throws ServiceCallException when a file for TLS is unusable
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
      throw new IllegalStateException("TLS is not available", e);
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
      throw unusable(options.cafile.fullName().toString(), e);
    }
  }

  private static ServiceCallException unusable(String what, Exception e) {
    return new ServiceCallException(Kind.BROKEN, what + " cannot be used: " + e.getMessage(), e);
  }
}
