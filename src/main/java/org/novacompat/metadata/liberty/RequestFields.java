// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists the header fields that reach Liberty, in lower case: those that this service reads and
 * those of HTTP that Liberty and its features read. Others are removed from the request, since
 * Liberty keeps names, and the words of some values, for the life of the JVM.
 */
final class RequestFields {
  private static final Set<String> KNOWN =
      Stream.of(
              // what HTTP itself gives a meaning
              "accept accept-charset accept-encoding accept-language authorization cache-control",
              "connection content-language content-length content-type date from host if-match",
              "if-modified-since if-none-match if-range if-unmodified-since max-forwards origin pragma",
              "proxy-authorization range referer transfer-encoding user-agent via",
              // what browsers and proxies send
              "access-control-request-headers access-control-request-method cookie dnt forwarded",
              "sec-fetch-dest sec-fetch-mode sec-fetch-site sec-fetch-user upgrade-insecure-requests",
              "x-csrf-token x-forwarded-for x-forwarded-host x-forwarded-port x-forwarded-prefix",
              "x-forwarded-proto x-requested-with",
              // the metadata API's, and the OpenAPI's
              "x-instance-id x-instance-id-signature x-metadata-provider x-metadata-provider-signature",
              "x-tenant-id ctyun-eop-request-id eop-authorization eop-date")
          .flatMap(names -> Stream.of(names.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private RequestFields() {}

  /** Tells whether a field reaches Liberty. */
  static boolean isKnown(String name) {
    return KNOWN.contains(name);
  }
}
