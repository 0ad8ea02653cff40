// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Any text is a file of keys, or refused in one line that shows none of its secrets. */
class AccessKeysFuzzTest {
  private static final Path FILE = Path.of("keys");
  private static final String SECRET = "s3cr3t-of-the-key";

  /** Ids are shown; what is written for one is no secret. */
  private static final Pattern SECRET_AS_ID = Pattern.compile("\\[[^\\]]*" + SECRET);

  @FuzzTest
  void isAFileOfKeysOrRefused(byte[] bytes) throws Exception {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Map<String, AccessKey> keys;
    try {
      keys = parsed(text);
    } catch (InvalidAccessKeysException e) {
      assertTrue(e.getMessage().matches("keys:\\d+: [\\x20-\\x7e]{1,400}"), e.getMessage());
      assertFalse(
          e.getMessage().contains(SECRET) && !SECRET_AS_ID.matcher(text).find(), e.getMessage());
      return;
    }
    assertEquals(
        keys,
        parsed(
            keys.values().stream().map(AccessKeysFuzzTest::printed).collect(Collectors.joining())));
    keys.values().stream()
        .filter(key -> !printed(key).replace("secret = " + key.secret(), "").contains(key.secret()))
        .forEach(key -> assertFalse(key.toString().contains(key.secret())));
  }

  private static Map<String, AccessKey> parsed(String text) throws InvalidAccessKeysException {
    return AccessKeysParser.parse(FILE, text.lines().toList());
  }

  private static String printed(AccessKey key) {
    return "[%s]\nsecret = %s\nprojects = %s\n"
        .formatted(key.id(), key.secret(), String.join(",", key.projects()));
  }
}
