// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;

/** Every expected value here is what oslo.config 9.0.0 made of the same files. */
class OsloFormatTest {

  private static final String UNSET = "unset";
  private static final Option<String> A = text("DEFAULT", "a");
  private static final Option<String> B = text("DEFAULT", "b");
  private static final Option<String> API_A = text("api", "a");
  private static final Option<String> API_B = text("api", "b");
  private static final Option<Optional<Integer>> N =
      option("DEFAULT", "n", OptionType.optional(OptionType.integer()));
  private static final Option<Optional<List<String>>> L =
      option("DEFAULT", "l", OptionType.optional(OptionType.list(OptionType.text())));
  private static final Option<Optional<Boolean>> F =
      option("DEFAULT", "f", OptionType.optional(OptionType.bool()));
  private static final Option<List<String>> M =
      option("DEFAULT", "m", OptionType.repeated(OptionType.text()));
  private static final Option<String> X =
      new OptionGroup("api")
          .option("x", OptionType.text(), UNSET)
          .formerly("DEFAULT", "x")
          .help("x");
  private static final Option<String> C =
      new OptionGroup("db")
          .option("c", OptionType.text(), UNSET)
          .formerly("DEFAULT", "sc")
          .formerly("DATABASE", "sc")
          .formerly("sql", "c")
          .help("c");
  private static final List<Option<?>> OPTIONS = List.of(A, B, API_A, API_B, N, L, F, M, X, C);

  @TempDir Path directory;

  static List<Arguments> files() {
    return List.of(
        file("[DEFAULT]\na = x\n  y\n\tz   \nb: q = 1\n", "a", "x\ny\nz", "b", "q = 1"),
        file("[DEFAULT]\na = \"x y\"\nb = 'q\n", "a", "x y", "b", "'q"),
        file("[DEFAULT]\na = \"\nb = \"\"\n", "a", "", "b", ""),
        file("[DEFAULT]\na = x\n  # cont?\n", "a", "x\n# cont?"),
        file("[DEFAULT]\na = x # no comment\n# c\n; d\n", "a", "x # no comment"),
        file("[default]\na = 1\n"),
        file("[ api ]\na=1\n"),
        file("[DEFAULT]\nA = 1\n"),
        file("[DEFAULT]\na b = 1\n"),
        file("[API]\na = 1\n[Api]\nb=2\n[api]\na=3\n", "api.a", "3", "api.b", "2"),
        file("[DEFAULT]\na=1\na=2\nm=1\nm=2\n[DEFAULT]\na=3\n", "a", "3", "m", "[1, 2]"),
        file("[DEFAULT]\na = b = c : d\n", "a", "b = c : d"),
        file("[DEFAULT]\r\na=1\r\n", "a", "1"),
        file("[DEFAULT]\na=1\rb=2\n", "a", "1", "b", "2"),
        file("[DEFAULT]\na=1\u000cb=2\u0085b=3\u2028b=4\n", "a", "1\u000cb=2\u0085b=3\u2028b=4"),
        file("[DEFAULT]\n\u00a0a=1\n", "a", "1"),
        file("[api]\na=\"  sp  \"\n", "api.a", "  sp  "),
        file("[DEFAULT]\nn= 1_000\n", "n", "1000"),
        file("[DEFAULT]\nn=+5\n", "n", "5"),
        file("[DEFAULT]\nn=-5\n", "n", "-5"),
        file("[DEFAULT]\nn=007\n", "n", "7"),
        file("[DEFAULT]\nn=\u0665\n", "n", "5"),
        file("[DEFAULT]\nn=\n"),
        file("[DEFAULT]\nf=TRUE\n", "f", "true"),
        file("[DEFAULT]\nf=\"True\"\n", "f", "true"),
        file("[DEFAULT]\nf=1\n", "f", "true"),
        file("[DEFAULT]\nf=On\n", "f", "true"),
        file("[DEFAULT]\nf=yes\n", "f", "true"),
        file("[DEFAULT]\nf=0\n", "f", "false"),
        file("[DEFAULT]\nf=off\n", "f", "false"),
        file("[DEFAULT]\nf=No\n", "f", "false"),
        file("[DEFAULT]\nl=a, b ,\"c,d\", 'e'\n", "l", "[a, b, \"c, d\", 'e']"),
        file("[DEFAULT]\nl=a,,b,,\n", "l", "[a, , b]"),
        file("[DEFAULT]\nl=a,\n b,\n c\n", "l", "[a, b, c]"),
        file("[DEFAULT]\na = $b\nb = 5\n", "a", "5", "b", "5"),
        file(
            "[DEFAULT]\na = ${b}x$api.b-\nb = 5\n[api]\nb = 7\n",
            "a",
            "5x7-",
            "b",
            "5",
            "api.b",
            "7"),
        file("[DEFAULT]\na=\"$b\"\nb=\"x # y\"\n", "a", "x # y", "b", "x # y"),
        file("[api]\nb=x\\$b$$b $ $1 ${b\n", "api.b", "x$b$b $ $1 ${b"),
        file("[api]\na=${api.b}_x\nb=q\n", "api.a", "q_x", "api.b", "q"),
        file("[api]\na=$n\n[DEFAULT]\nn=7\n", "api.a", "7", "n", "7"),
        file("[DEFAULT]\na=$b-x$\nb=1\n", "a", "1-x$", "b", "1"),
        file("[DEFAULT]\nb=[$n]\n", "b", "[]"),
        file(
            "[DEFAULT]\na=$n|${f}|$l\nm=$b\nb=B\nn= 0_7 \nf=TRUE\nl=x,$b\n",
            "a",
            "7|True|['x', 'B']",
            "m",
            "[B]",
            "b",
            "B",
            "n",
            "7",
            "f",
            "true",
            "l",
            "[x, B]"),
        file("[DEFAULT]\nx=old\n", "api.x", "old"),
        file("[DEFAULT]\nx=old\n[api]\nx=new\n", "api.x", "new"),
        file("[DEFAULT]\nsc=1\n[sql]\nc=2\n", "db.c", "1"),
        file("[sql]\nc=2\n[database]\nsc=3\n", "db.c", "3"),
        file("[DATABASE]\nsc=4\n", "db.c", "4"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void readsWhatOsloReads(String text, Map<String, String> expected) throws Exception {
    assertEquals(expected, values(parse("nova.conf", text)));
  }

  @Test
  void environmentComesBeforeFilesAndMayRefer() throws Exception {
    Resolution conf =
        resolution(
            List.of(parse("nova.conf", "[DEFAULT]\na=1\nb=$a\n[api]\na=2\n")),
            Map.of("OS_DEFAULT__A", "e", "OS_API__A", "$b", "OS_API__B", ""));
    assertEquals(Map.of("a", "e", "b", "e", "api.a", "", "api.b", ""), values(conf));
  }

  @Test
  void laterFileComesBeforeEarlierWhateverTheNames() throws Exception {
    ConfigFile earlier = parse("1", "[api]\nx=new\n[DEFAULT]\nm=1\nm=2\n");
    ConfigFile later = parse("2", "[DEFAULT]\nx=old\nm=3\n");
    assertEquals(Map.of("api.x", "old", "m", "[1, 2, 3]"), values(earlier, later));
  }

  @Test
  void directoryIsReadAfterTheFilesByName() throws Exception {
    write("nova.conf", "[DEFAULT]\nmy_ip=1\n");
    Files.createDirectory(directory.resolve("d"));
    write("d/20.conf", "[DEFAULT]\nmy_ip=20\n");
    write("d/10.conf", "[DEFAULT]\nmy_ip=10\n");
    write("d/30.cfg", "[DEFAULT]\nmy_ip=30\n");
    write("d/.40.conf", "[DEFAULT]\nmy_ip=40\n");
    write("d/B.conf", "[DEFAULT]\nmetadata_listen=B\n");
    write("d/a.conf", "[DEFAULT]\nmetadata_listen=a\n");
    Path file = directory.resolve("nova.conf");
    Path fragments = directory.resolve("d");
    NovaConf conf = NovaConf.load(List.of(file), List.of(fragments), Map.of());
    assertEquals("20", conf.get(Catalogue.DEFAULT.myIp));
    assertEquals("a", conf.get(Catalogue.DEFAULT.metadataListen));
    NovaConf turned = NovaConf.load(List.of(fragments, file), List.of(), Map.of());
    assertEquals("1", turned.get(Catalogue.DEFAULT.myIp));
  }

  @Test
  void refusesWhatOsloRefusesAllAtOnce() throws Exception {
    Path file =
        write(
            "nova.conf",
            """
            a = 1
            [DEFAULT]
            debug true
            = 1

              y
            [api
            []
            [DEFAULT] # c
            a = x
            # c
              more
            """);
    InvalidConfigurationException refusal =
        assertThrows(
            InvalidConfigurationException.class,
            () -> NovaConf.load(List.of(file), List.of(), Map.of()));
    assertEquals(
        List.of(
            file + ":1: an option belongs to a group: [DEFAULT] comes first",
            file + ":3: there is neither = nor : in it: 'debug true'",
            file + ":4: an assignment starts with an option's name",
            file + ":6: an indented line continues a value, and there is none above it",
            file + ":7: a group ends in ]: '[api'",
            file + ":8: a group has a name: '[]'",
            file + ":9: nothing follows a group's ]: '[DEFAULT]'",
            file + ":12: an indented line continues a value, and there is none above it"),
        refusal.problems());
  }

  @Test
  void refusesReferencesThatLeadNowhereOrInACircle() throws Exception {
    assertEquals(
        List.of(
            directory.resolve("1")
                + ":2: [DEFAULT] a: it refers to $nope, which is set nowhere (a"
                + " plain $ is $$)"),
        refusal("1", "[DEFAULT]\na = $nope\n"));
    assertEquals(1, refusal("2", "[DEFAULT]\na=$a\n").size());
    assertEquals(1, refusal("3", "[DEFAULT]\na=$b\nb=$a\n").size());
    assertEquals(1, refusal("4", "[DEFAULT]\na=$bx\nb=1\n").size());
  }

  @Test
  void refersToOptionsThatOnlyNovaKnows() throws Exception {
    assertEquals(
        Map.of("a", "q!"),
        values(parse("nova.conf", "[DEFAULT]\na=$other\nother=$more!\nmore=q\n")));
  }

  private List<String> refusal(String name, String text) throws Exception {
    List<ConfigFile> files = List.of(parse(name, text));
    return resolution(files, Map.of()).problems();
  }

  private Path write(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text);
  }

  private ConfigFile parse(String name, String text) throws Exception {
    return ConfigFileParser.parse(write(name, text), word -> true);
  }

  private static Map<String, String> values(ConfigFile... files) {
    return values(resolution(Arrays.asList(files), Map.of()));
  }

  private static Resolution resolution(List<ConfigFile> files, Map<String, String> environment) {
    return new Resolution(OPTIONS, new Settings(List.of(new ConfigFiles(files, environment))));
  }

  private static Map<String, String> values(Resolution conf) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Option<?> option : OPTIONS) {
      Object value = conf.values().get(option.fullName()).value();
      Object shown = value instanceof Optional<?> optional ? optional.orElse(null) : value;
      if (shown != null && !shown.equals(List.of()) && !shown.equals(UNSET)) {
        String group = option.group().equals("DEFAULT") ? "" : option.group() + ".";
        values.put(group + option.name(), shown.toString());
      }
    }
    return values;
  }

  private static Arguments file(String text, String... namesAndValues) {
    Map<String, String> expected = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      expected.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return Arguments.of(text, expected);
  }

  private static Option<String> text(String group, String name) {
    return new OptionGroup(group).option(name, OptionType.text(), UNSET).help("");
  }

  private static <T> Option<T> option(String group, String name, OptionType<T> type) {
    return new OptionGroup(group).option(name, type, "").help("");
  }
}
