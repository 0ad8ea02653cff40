// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.vendordata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Lookup;

class StaticVendorDataTest {
  private static final Instance INSTANCE = Instances.typical().build();
  private static final List<String> STATIC = List.of("StaticJSON");

  @TempDir private Path directory;

  private Path file(String content) throws IOException {
    return Files.writeString(directory.resolve("vendor.json"), content);
  }

  private static StaticVendorData reading(Path file) {
    return new StaticVendorData(STATIC, Optional.of(file), Duration.ZERO);
  }

  private static String text(Lookup answer) throws IOException {
    Document document = assertInstanceOf(Document.class, answer);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String reason(Lookup answer) {
    return assertInstanceOf(Lookup.Failed.class, answer).reason();
  }

  @Test
  void isEmptyWithoutAFile() throws IOException {
    StaticVendorData data = new StaticVendorData(STATIC, Optional.empty());

    assertEquals("{}", text(data.vendorData(INSTANCE)));
    assertEquals("{\"static\": {}}", text(data.vendorData2(INSTANCE)));
  }

  @Test
  void writesTheFileAsPythonDoes() throws IOException {
    StaticVendorData data = reading(file("{\"b\":[1.50,NaN],\"a\":\"\u00e9\",\"b\":2}"));

    assertEquals("{\"b\": 2, \"a\": \"\\u00e9\"}", text(data.vendorData(INSTANCE)));
    assertEquals("{\"static\": {\"b\": 2, \"a\": \"\\u00e9\"}}", text(data.vendorData2(INSTANCE)));
    assertEquals(
        ContentType.JSON,
        assertInstanceOf(Document.class, data.vendorData(INSTANCE)).contentType());
  }

  @Test
  void takesAnyJson() throws IOException {
    StaticVendorData data = reading(file("[1]"));

    assertEquals("[1]", text(data.vendorData(INSTANCE)));
    assertEquals("{\"static\": [1]}", text(data.vendorData2(INSTANCE)));
  }

  @Test
  void hasNoVendorDataWithoutTheStaticProvider() throws IOException {
    StaticVendorData data =
        new StaticVendorData(
            List.of("DynamicJSON"), Optional.of(directory.resolve("missing")), Duration.ZERO);

    assertSame(Lookup.NOT_FOUND, data.vendorData(INSTANCE));
    assertEquals("{}", text(data.vendorData2(INSTANCE)));
  }

  @Test
  void saysWhereABrokenFileIsBroken() throws IOException {
    Path file = file("{\n  \"a\": 1,\n}");
    StaticVendorData data = reading(file);

    String reason = reason(data.vendorData(INSTANCE));
    assertTrue(reason.contains(file + ": not JSON, line 3, column 1"), reason);
    assertEquals(1, reason.lines().count());
    assertEquals(reason, reason(data.vendorData2(INSTANCE)));
  }

  @Test
  void saysThatAFileIsMissingOrNotText() throws IOException {
    Path missing = directory.resolve("missing.json");
    Path latin = directory.resolve("latin.json");
    Files.write(latin, "\"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));

    assertEquals(
        "vendordata_jsonfile_path " + missing + ": no such file",
        reason(reading(missing).vendorData(INSTANCE)));
    assertEquals(
        "vendordata_jsonfile_path " + latin + ": not UTF-8",
        reason(reading(latin).vendorData(INSTANCE)));
  }

  @Test
  void readsAFileAgainWhenItChanges() throws IOException {
    Path file = file("{\"a\": 1}");
    StaticVendorData data = reading(file);
    Lookup before = data.vendorData(INSTANCE);

    assertSame(before, data.vendorData(INSTANCE));
    Files.writeString(file, "{\"a\": 23}");
    assertEquals("{\"a\": 23}", text(data.vendorData(INSTANCE)));
    Files.delete(file);
    assertTrue(reason(data.vendorData(INSTANCE)).endsWith("no such file"));
    Files.writeString(file, "{\"a\": 4}");
    assertEquals("{\"a\": 4}", text(data.vendorData(INSTANCE)));
  }

  @Test
  void looksAtAFileNoMoreOftenThanItIsTold() throws IOException {
    Path file = file("{\"a\": 1}");
    StaticVendorData data = new StaticVendorData(STATIC, Optional.of(file), Duration.ofHours(1));
    Files.writeString(file, "{\"a\": 23}");

    assertEquals("{\"a\": 1}", text(data.vendorData(INSTANCE)));
  }
}
