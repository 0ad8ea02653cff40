// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Believes the first element of {@code Forwarded}, or where there is none the whole of {@code
 * X-Forwarded-For}, as the filter {@code http_proxy_to_wsgi} does where {@code [oslo_middleware]
 * enable_proxy_headers_parsing} is on ({@code oslo_middleware/http_proxy_to_wsgi.py}). Unlike it,
 * this takes an address out of the quotes and brackets, and off the port, with which RFC 7239 has
 * it written.
 *
 * @param otherwise where a request without the headers comes from
 */
public record ProxyHeaders(ClientAddressResolver otherwise) implements ClientAddressResolver {
  private static final Pattern NODE =
      Pattern.compile("\"?(?:\\[([^\\]]*)\\]|([^:\"]*))(?::\\d{1,5})?\"?");

  @Override
  public String of(GuestRequest request) throws StoreUnavailableException {
    Optional<String> forwarded = notEmpty(request, "Forwarded");
    Optional<String> address =
        forwarded.isPresent()
            ? forwarded.flatMap(ProxyHeaders::firstFor)
            : notEmpty(request, "X-Forwarded-For");
    return address.isPresent() ? address.get() : otherwise.of(request);
  }

  private static Optional<String> notEmpty(GuestRequest request, String header) {
    return request.header(header).filter(value -> !value.isEmpty());
  }

  /** Of a parameter that is repeated, the last counts. */
  private static Optional<String> firstFor(String forwarded) {
    String first = forwarded.split(",", 2)[0];
    return Stream.of(first.split(";"))
        .map(parameter -> parameter.split("=", 2))
        .filter(pair -> pair.length == 2 && pair[0].strip().equalsIgnoreCase("for"))
        .map(pair -> pair[1].strip())
        .reduce((before, last) -> last)
        .filter(node -> !node.isEmpty())
        .map(ProxyHeaders::address);
  }

  private static String address(String node) {
    Matcher parts = NODE.matcher(node);
    if (!parts.matches()) {
      return node;
    }
    return parts.group(1) != null ? parts.group(1) : parts.group(2);
  }
}
