// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.paste;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.oslo.OptionType;

/**
 * The filter that believes what proxies say of a request ({@code
 * oslo_middleware/http_proxy_to_wsgi.py}), as api-paste.ini configures it before the metadata API.
 * Without the filter nova takes no notice of {@code [oslo_middleware]
 * enable_proxy_headers_parsing}.
 *
 * @param isThere whether requests pass it; empty where there is no api-paste.ini to tell
 * @param setting {@code enable_proxy_headers_parsing} beside the filter, which comes before
 *     nova.conf's ({@code oslo_middleware/base.py: _conf_get}); empty where it is not set there
 */
public record ProxyHeadersFilter(Optional<Boolean> isThere, Optional<Boolean> setting) {
  private static final Pattern FACTORY =
      Pattern.compile(
          "egg:oslo[._-]middleware#http_proxy_to_wsgi"
              + "|(call:)?oslo_middleware(\\.http_proxy_to_wsgi)?:HTTPProxyToWSGI(\\.factory)?");

  /** There is no api-paste.ini. */
  static final ProxyHeadersFilter UNKNOWN =
      new ProxyHeadersFilter(Optional.empty(), Optional.empty());

  /** Requests do not pass it, or it cannot be known that they do. */
  static final ProxyHeadersFilter ABSENT =
      new ProxyHeadersFilter(Optional.of(false), Optional.empty());

  static ProxyHeadersFilter in(PasteFile file) {
    List<PastePipeline.Filter> own =
        PastePipeline.before(file, PastePipeline.METADATA).stream()
            .filter(filter -> FACTORY.matcher(filter.factory()).matches())
            .toList();
    Optional<Boolean> setting =
        own.stream()
            .flatMap(filter -> filter.section().stream())
            .flatMap(
                section ->
                    file.get(section, Catalogue.WSGI.enableProxyHeadersParsing.name()).stream())
            .flatMap(text -> bool(text).stream())
            .findFirst();
    return own.isEmpty() ? ABSENT : new ProxyHeadersFilter(Optional.of(true), setting);
  }

  private static Optional<Boolean> bool(String text) {
    try {
      return Optional.of(OptionType.bool().parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
