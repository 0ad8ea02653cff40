// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Eop-Authorization}: {@code AK Headers=a;b Signature=BASE64}, where older
 * clients write {@code Header=}.
 *
 * @param accessKey the id of the access key; printable ASCII
 * @param headers the names of the signed headers, in lower case
 * @param signature the signature, in base64
 */
record EopAuthorization(String accessKey, List<String> headers, String signature) {
  private static final int MAX_LENGTH = 2048;
  private static final int MAX_HEADERS = 32;
  private static final Pattern FORM =
      Pattern.compile("([!-~]{1,128}) +Headers?=([!-~]+) +Signature=([A-Za-z0-9+/=]{1,128})");

  /** Reads the header; empty when it is not of its form. */
  static Optional<EopAuthorization> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (text.length() > MAX_LENGTH || !form.matches()) {
      return Optional.empty();
    }
    List<String> headers = List.of(form.group(2).toLowerCase(Locale.ROOT).split(";"));
    return headers.size() > MAX_HEADERS
        ? Optional.empty()
        : Optional.of(new EopAuthorization(form.group(1), headers, form.group(3)));
  }
}
