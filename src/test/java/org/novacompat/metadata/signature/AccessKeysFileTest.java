// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessKeysFileTest {
  private static final String SECRET = "b7e0c2a94d5f41838e6a1f0d9c3b5728";
  private static final String OTHER_SECRET = "0e8a5d1c7b3f4926a5c4d3e2f1b09876";
  private static final Logger LOGGER = Logger.getLogger(AccessKeysFile.class.getName());

  @TempDir private Path folder;
  private final List<String> logged = new ArrayList<>();
  private final Handler handler = new Lines();
  private Path file;

  @BeforeEach
  void listen() {
    file = folder.resolve("access-keys");
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void listenNoMore() {
    LOGGER.removeHandler(handler);
  }

  @Test
  void findsEachKeyWithItsProjects() throws Exception {
    write(
        "# ours",
        "[first]",
        "secret = " + SECRET,
        "projects = p1, p2",
        "comment = anything = [at all] \u00e9",
        "",
        "; theirs",
        "[second.key_2-a]",
        "  projects=p3  ",
        "  secret=" + OTHER_SECRET);
    AccessKeysFile keys = open();
    assertEquals(
        Optional.of(new AccessKey("first", SECRET, Set.of("p1", "p2"))), keys.find("first"));
    assertEquals(
        Optional.of(new AccessKey("second.key_2-a", OTHER_SECRET, Set.of("p3"))),
        keys.find("second.key_2-a"));
    assertEquals(Optional.empty(), keys.find("third"));
    assertEquals(Set.of("first", "second.key_2-a"), keys.ids());
  }

  @Test
  void mayHoldNoKeyAsTheSampleDoes() throws Exception {
    Files.copy(Path.of("etc-nova-compat", "access-keys.sample"), file);
    mode("rw-------");
    assertEquals(Set.of(), open().ids());
  }

  @Test
  void theSamplesSectionIsOneThatWorks() throws Exception {
    List<String> sample = Files.readAllLines(Path.of("etc-nova-compat", "access-keys.sample"));
    write(
        sample.stream()
            .map(
                line ->
                    line.replaceFirst("^#(?=[^ ])", "").replaceFirst("^secret =", "$0" + SECRET))
            .toArray(String[]::new));
    assertEquals(1, open().ids().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          secret = SECRET                               | 1 | expected the id
          [a]/SECRET                                    | 2 | expected [ID]
          [a]/password = SECRET                         | 2 | expected [ID]
          [a b]/secret = SECRET                         | 1 | expected [ID]
          [a]/secret = SECRET/secret = SECRET           | 3 | [a] has a second secret
          [a]/secret = SECRET/#/projects = p, , q       | 4 | [a] projects: expected ids
          [a]/secret = SECRET/projects =                | 3 | [a] projects: expected ids
          [a]/secret = x SECRET/projects = p            | 2 | [a] secret: expected 16 to 255 printable
          [a]/secret = tooshort/projects = p            | 2 | [a] secret: expected 16 to 255 printable
          [a]/secret =/projects = p                     | 2 | [a] secret: expected 16 to 255 printable
          [a]/projects = p/[b]/secret = SECRET          | 1 | [a] has no 'secret = '
          #/[a]/secret = SECRET                         | 2 | [a] has no 'projects = '
          [a]/secret = SECRET/projects = p/[b]/[a]      | 4 | [b] has no 'secret = '
          [a]/secret = SECRET/projects = p/[a]          | 4 | [a] is there already, on line 1
          """)
  void namesTheLineOfAMistakeAndNoSecret(String text, int line, String complaint) throws Exception {
    write(text.replace("SECRET", SECRET).split("/"));
    String message = assertThrows(InvalidAccessKeysException.class, this::open).getMessage();
    assertTrue(message.startsWith(file + ":" + line + ": " + complaint), message);
    assertFalse(message.contains(SECRET), message);
    assertEquals(1, message.lines().count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw------x", "rw-rw-rw-"})
  void isForItsOwnerAlone(String mode) throws Exception {
    writeKey("a", SECRET);
    mode(mode);
    String message = assertThrows(InvalidAccessKeysException.class, this::open).getMessage();
    assertEquals(
        file + ": others than its owner may read or change it: expected mode 0600 (chmod 600)",
        message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void mayBeReadOnly(String mode) throws Exception {
    writeKey("a", SECRET);
    mode(mode);
    assertEquals(Set.of("a"), open().ids());
  }

  @Test
  void isARegularFileOrALinkToOne() throws Exception {
    assertEquals(
        file + ": no such file",
        assertThrows(InvalidAccessKeysException.class, this::open).getMessage());
    Files.createDirectory(file);
    assertEquals(
        file + ": not a regular file",
        assertThrows(InvalidAccessKeysException.class, this::open).getMessage());
    writeKey("a", SECRET);
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertEquals(Set.of("a"), AccessKeysFile.open(link).ids());
  }

  @Test
  void isTextAndNotEndless() throws Exception {
    Files.write(file, "[a]\ncomment = \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    mode("rw-------");
    assertEquals(
        file + ": not UTF-8",
        assertThrows(InvalidAccessKeysException.class, this::open).getMessage());
    Files.write(file, new byte[(1 << 20) + 1]);
    assertEquals(
        file + ": larger than 1048576 bytes",
        assertThrows(InvalidAccessKeysException.class, this::open).getMessage());
  }

  @Test
  void followsItsChanges() throws Exception {
    writeKey("a", SECRET);
    AccessKeysFile keys = open();
    writeKey("bb", OTHER_SECRET);
    assertEquals(Set.of("bb"), keys.ids());
    assertEquals(Optional.empty(), keys.find("a"));
    write("# all revoked");
    assertEquals(Set.of(), keys.ids());
  }

  @Test
  void keepsItsKeysWhileANewVersionCannotBeUsedAndSaysSoOnce() throws Exception {
    writeKey("a", SECRET);
    AccessKeysFile keys = open();
    write("[b]", "secret = " + OTHER_SECRET, OTHER_SECRET);
    for (int i = 0; i < 3; i++) {
      assertEquals(SECRET, keys.find("a").orElseThrow().secret());
    }
    assertEquals(1, logged.size(), logged.toString());
    assertTrue(logged.get(0).startsWith(file + ":3: expected [ID]"), logged.get(0));
    assertTrue(logged.get(0).endsWith("; the access keys stay as they were read before"));
    assertFalse(logged.get(0).contains(OTHER_SECRET));
    writeKey("b", OTHER_SECRET);
    assertEquals(Set.of("b"), keys.ids());
    assertEquals(file + " has changed; access keys in it: 1", logged.get(1));
  }

  @Test
  void keepsItsKeysWhileOthersMayReadTheFileOrItIsAway() throws Exception {
    writeKey("a", SECRET);
    AccessKeysFile keys = open();
    mode("rw-r--r--");
    assertEquals(Set.of("a"), keys.ids());
    mode("rw-------");
    assertEquals(Set.of("a"), keys.ids());
    Files.delete(file);
    assertEquals(Set.of("a"), keys.ids());
    assertEquals(Set.of("a"), keys.ids());
    writeKey("b", OTHER_SECRET);
    assertEquals(Set.of("b"), keys.ids());
    assertEquals(4, logged.size(), logged.toString());
  }

  @Test
  void looksNoMoreOftenThanItIsTold() throws Exception {
    writeKey("a", SECRET);
    AccessKeysFile keys = AccessKeysFile.open(file, Duration.ofHours(1));
    Files.delete(file);
    assertEquals(Set.of("a"), keys.ids());
    assertEquals(List.of(), logged);
  }

  @Test
  void saysThatItMayNotBeRead() throws Exception {
    writeKey("a", SECRET);
    mode("---------");
    assumeTrue(!Files.isReadable(file), "root reads everything");
    assertEquals(
        file + ": may not be read",
        assertThrows(InvalidAccessKeysException.class, this::open).getMessage());
  }

  private AccessKeysFile open() throws InvalidAccessKeysException {
    return AccessKeysFile.open(file, Duration.ZERO);
  }

  private void writeKey(String id, String secret) throws IOException {
    write("[" + id + "]", "secret = " + secret, "projects = p");
  }

  private void write(String... lines) throws IOException {
    Files.deleteIfExists(file);
    Files.write(file, List.of(lines));
    mode("rw-------");
  }

  private void mode(String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private final class Lines extends Handler {
    @Override
    public void publish(LogRecord record) {
      logged.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
