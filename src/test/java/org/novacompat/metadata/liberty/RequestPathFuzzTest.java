// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A path is usable exactly where Open Liberty's own {@code RequestUtils} takes it decoded. */
class RequestPathFuzzTest {
  private static final Pattern ESCAPED = Pattern.compile("(?:[^%]|%\\p{XDigit}{2})*+");
  private static final Pattern ESCAPE = Pattern.compile("%(\\p{XDigit}{2})");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
  private static final MethodHandle CANONICALIZE = canonicalizeUri();

  @FuzzTest
  void isUsableWhereTheWebContainerTakesIt(byte[] path) throws Throwable {
    String text = "/" + new String(path, StandardCharsets.ISO_8859_1);
    assertEquals(webContainerTakes(text), RequestPath.isUsable(text), text);
  }

  private static boolean webContainerTakes(String path) throws Throwable {
    String decoded =
        ESCAPE
            .matcher(path)
            .replaceAll(
                escape ->
                    Matcher.quoteReplacement(
                        String.valueOf((char) HexFormat.fromHexDigits(escape.group(1)))));
    if (!ESCAPED.matcher(path).matches() || CONTROL.matcher(decoded).find()) {
      return false;
    }
    try {
      CANONICALIZE.invoke(decoded);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @SuppressWarnings("resource") // the class loader is needed as long as the class is
  private static MethodHandle canonicalizeUri() {
    try (Stream<Path> jars = Files.list(Path.of("target", "liberty", "wlp", "lib"))) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars.filter(path -> path.toString().endsWith(".jar")).toList()) {
        urls.add(jar.toUri().toURL());
      }
      ClassLoader liberty = new URLClassLoader(urls.toArray(URL[]::new));
      return MethodHandles.publicLookup()
          .findStatic(
              Class.forName("com.ibm.wsspi.webcontainer.util.RequestUtils", true, liberty),
              "canonicalizeURI",
              MethodType.methodType(String.class, String.class));
    } catch (IOException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
