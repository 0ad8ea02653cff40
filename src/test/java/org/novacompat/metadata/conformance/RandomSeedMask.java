// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces the random seed in {@code meta_data.json}, as the recordings have it, provided that it
 * is 512 bytes in base64 and was not seen before; any other seed is left and so shows as a
 * difference.
 */
final class RandomSeedMask {
  private static final Pattern SEED =
      Pattern.compile("(\"random_seed\": \")([A-Za-z0-9+/]+={0,2})\"");
  private static final int BYTES = 512;

  private final Set<String> seen = new HashSet<>();

  byte[] mask(byte[] body) {
    // a byte a character, and back: nothing but the seed changes
    final String text = new String(body, StandardCharsets.ISO_8859_1);
    final Matcher seed = SEED.matcher(text);
    if (!seed.find() || !fresh(seed.group(2))) {
      return body;
    }
    return seed.replaceFirst("$1RANDOM\"").getBytes(StandardCharsets.ISO_8859_1);
  }

  private boolean fresh(String seed) {
    try {
      return Base64.getDecoder().decode(seed).length == BYTES && seen.add(seed);
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }
}
