// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.application;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.paste.ApiPaste;
import org.novacompat.metadata.config.paste.ProxyHeadersFilter;
import org.novacompat.metadata.identity.ClientAddressResolver;
import org.novacompat.metadata.identity.ForwardedFor;
import org.novacompat.metadata.identity.ProxyHeaders;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Chooses which headers are believed about where a request comes from, as nova.conf, api-paste.ini
 * and the presented release say, and tells the operator. While the release is not known that would
 * have to allow it, no request is answered.
 *
 * @param conf nova's configuration
 * @param paste what api-paste.ini says
 * @param release the release that is presented
 */
record ClientAddressResolvers(NovaConf conf, ApiPaste paste, PresentedRelease release) {
  private static final System.Logger LOG = System.getLogger(ClientAddressResolvers.class.getName());
  private static final String PROXY_HEADERS = "[oslo_middleware] enable_proxy_headers_parsing";
  private static final String PROXY_HEADERS_NAMES = "Forwarded or X-Forwarded-For";
  private static final String FORWARDED_FOR = "[api] use_forwarded_for";

  ClientAddressResolver resolver() {
    ClientAddressResolver resolver = proxyHeaders(ClientAddressResolver.connection());
    return conf.get(Catalogue.API.useForwardedFor) ? forwardedFor(resolver) : resolver;
  }

  private ClientAddressResolver proxyHeaders(ClientAddressResolver connection) {
    ProxyHeadersFilter filter = paste.proxyHeaders();
    boolean isOn =
        filter.setting().orElseGet(() -> conf.get(Catalogue.WSGI.enableProxyHeadersParsing));
    if (!isOn) {
      return connection;
    }
    ClientAddressResolver believing = new ProxyHeaders(connection);
    if (filter.isThere().isEmpty()) {
      release.subscribe(this::tellOfProxyHeaders);
      return where(ApiRelease::shipsProxyHeadersFilter, believing, connection);
    }
    if (filter.isThere().get()) {
      warnOf(PROXY_HEADERS, PROXY_HEADERS_NAMES);
      return believing;
    }
    tellOfNoEffect(
        PROXY_HEADERS,
        "the pipeline of the metadata API lacks the filter http_proxy_to_wsgi in "
            + paste.file().map(Path::toString).orElse("api-paste.ini"));
    return connection;
  }

  private ClientAddressResolver forwardedFor(ClientAddressResolver otherwise) {
    release.subscribe(this::tellOfForwardedFor);
    return where(ApiRelease::readsUseForwardedFor, new ForwardedFor(otherwise), otherwise);
  }

  private ClientAddressResolver where(
      Predicate<ApiRelease> allows,
      ClientAddressResolver believing,
      ClientAddressResolver otherwise) {
    return request -> {
      ApiRelease presented =
          release
              .known()
              .orElseThrow(
                  () ->
                      new StoreUnavailableException(
                          "which release of nova this is, is not known yet", null));
      return (allows.test(presented) ? believing : otherwise).of(request);
    };
  }

  private void tellOfProxyHeaders(ApiRelease presented) {
    if (presented.shipsProxyHeadersFilter()) {
      warnOf(PROXY_HEADERS, PROXY_HEADERS_NAMES);
    } else {
      tellOfNoEffect(
          PROXY_HEADERS,
          "there is no api-paste.ini here, and in that of "
              + presented
              + " the pipeline of the metadata API lacks the filter http_proxy_to_wsgi");
    }
  }

  private void tellOfForwardedFor(ApiRelease presented) {
    if (presented.readsUseForwardedFor()) {
      warnOf(FORWARDED_FOR, "X-Forwarded-For");
    } else {
      tellOfNoEffect(
          FORWARDED_FOR, "nova has no such option since 2024.1, and this is " + presented);
    }
  }

  private static void tellOfNoEffect(String option, String why) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} is on and has no effect: {1}. Guests are known by the address that they connect from",
        option,
        why);
  }

  private static void warnOf(String option, String header) {
    LOG.log(
        System.Logger.Level.WARNING,
        "{0} is on, so any guest that can reach this service directly reads the metadata, user data"
            + " and password of any other by sending {1} (OSSN-0074). It is safe only where every"
            + " request passes a proxy that sets this header itself.",
        option,
        header);
  }
}
