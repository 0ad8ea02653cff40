// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPathsTest {

  @TempDir Path home;
  @TempDir Path root;

  private Path novaConf;
  private Path metadataConf;
  private Path novaFragments;
  private Path metadataFragments;
  private Path given;
  private Path givenDirectory;

  @BeforeEach
  void putDefaultsIntoTheHome() throws Exception {
    Files.createDirectory(home.resolve(".nova"));
    novaConf = Files.createFile(home.resolve(".nova/nova.conf"));
    Files.createFile(home.resolve("nova.conf"));
    metadataConf = Files.createFile(home.resolve("nova-api-metadata.conf"));
    novaFragments = Files.createDirectory(home.resolve("nova.conf.d"));
    metadataFragments = Files.createDirectory(home.resolve("nova-api-metadata.conf.d"));
    given = Files.createFile(home.resolve("given.conf"));
    givenDirectory = Files.createDirectory(home.resolve("given.d"));
  }

  @Test
  void findsOneOfEachNameWhenNothingIsGiven() {
    assertEquals(
        List.of(novaConf, metadataConf, novaFragments, metadataFragments),
        inOrder(List.of(), List.of()));
  }

  @Test
  void readsFoundDirectoriesBeforeTheFilesGiven() {
    assertEquals(
        List.of(novaFragments, metadataFragments, given), inOrder(List.of(given), List.of()));
  }

  @Test
  void readsFoundFilesBeforeTheDirectoriesGiven() {
    assertEquals(
        List.of(novaConf, metadataConf, givenDirectory),
        inOrder(List.of(), List.of(givenDirectory)));
    assertEquals(
        List.of(novaConf, metadataConf, givenDirectory),
        inOrder(List.of(givenDirectory), List.of()));
  }

  @Test
  void readsOnlyWhatIsGivenWhenBothAreInTheirOrder() {
    assertEquals(List.of(given, givenDirectory), inOrder(List.of(given), List.of(givenDirectory)));
    assertEquals(
        List.of(givenDirectory, given), inOrder(List.of(givenDirectory, given), List.of()));
  }

  @Test
  void findsTheMetadataServicesOwnFragmentsWhereverNovaLooks() throws Exception {
    for (String place : List.of("etc/nova", "etc")) {
      Path etc = Files.createDirectories(root.resolve(place));
      Path fragments = Files.createDirectory(etc.resolve("nova-api-metadata.conf.d"));
      ConfigPaths elsewhere = new ConfigPaths(root, Map.of("HOME", root.toString()));
      assertEquals(List.of(fragments), elsewhere.before(List.of(given), List.of()));
      Files.delete(fragments);
    }
  }

  @Test
  void readsTheDistributionsFileBeforeTheOperators() throws Exception {
    Path etc = Files.createDirectories(root.resolve("etc/nova"));
    Path operators = Files.createFile(etc.resolve("nova.conf"));
    Path share = Files.createDirectories(root.resolve("usr/share/nova"));
    Path distributions = Files.createFile(share.resolve("nova-dist.conf"));
    ConfigPaths rdo = new ConfigPaths(root, Map.of("HOME", root.toString()));
    assertEquals(List.of(distributions, operators), rdo.before(List.of(), List.of()));
    assertEquals(List.of(distributions, operators), rdo.before(List.of(), List.of(givenDirectory)));
    assertEquals(List.of(), rdo.before(List.of(given), List.of()));
  }

  @Test
  void namesTheUsualFileWhereThereIsNone() {
    ConfigPaths bare = new ConfigPaths(root, Map.of("HOME", root.toString()));
    assertEquals(List.of(root.resolve("etc/nova/nova.conf")), bare.before(List.of(), List.of()));
  }

  @Test
  void theEnvironmentNamesTheFilesOfNovasWsgiApplication() throws Exception {
    Path etc = root.resolve("etc/nova");
    assertEquals(
        List.of(etc.resolve("a.conf"), home.resolve("b.conf"), novaFragments, metadataFragments),
        byEnvironment("OS_NOVA_CONFIG_FILES", "a.conf;" + home.resolve("b.conf")));
    assertEquals(
        List.of(home.resolve("d/nova.conf"), novaFragments, metadataFragments),
        byEnvironment("OS_NOVA_CONFIG_DIR", " " + home.resolve("d") + " "));
    assertEquals(
        List.of(home.resolve("d/a.conf"), home.resolve("d/b.conf"), givenDirectory),
        byEnvironment(
            "OS_NOVA_CONFIG_DIR",
            home.resolve("d").toString(),
            "OS_NOVA_CONFIG_FILES",
            "a.conf;b.conf;",
            List.of(givenDirectory)));
    Files.createDirectory(home.resolve("d"));
    Files.createFile(home.resolve("d/api-paste.ini"));
    assertEquals(
        List.of(
            home.resolve("d/api-paste.ini"),
            home.resolve("d/nova.conf"),
            novaFragments,
            metadataFragments),
        byEnvironment("OS_NOVA_CONFIG_DIR", home.resolve("d").toString()));
  }

  @Test
  void theCommandLinesFileComesInThePlaceOfTheEnvironments() {
    assertEquals(
        List.of(novaFragments, metadataFragments, given),
        byEnvironment(Map.of("OS_NOVA_CONFIG_FILES", "a.conf"), List.of(given)));
    assertEquals(
        List.of(novaConf, metadataConf, novaFragments, metadataFragments),
        byEnvironment("OS_NOVA_CONFIG_FILES", ""));
  }

  @Test
  void aTildeAtTheBeginningIsTheHome() {
    ConfigPaths paths = new ConfigPaths(root, Map.of("HOME", home.toString()));
    assertEquals(home.resolve("d/x.conf"), paths.expanded(Path.of("~/d/x.conf")));
    assertEquals(home, paths.expanded(Path.of("~")).normalize());
    for (String path : List.of("/etc/~/x", "a/~", "~x", "~nova/x", "")) {
      assertEquals(Path.of(path), paths.expanded(Path.of(path)));
    }
    assertEquals(
        List.of(home.resolve("d/nova.conf"), novaFragments, metadataFragments),
        byEnvironment("OS_NOVA_CONFIG_DIR", "~/d"));
    assertEquals(
        List.of(root.resolve("etc/nova/~/a.conf"), novaFragments, metadataFragments),
        byEnvironment("OS_NOVA_CONFIG_FILES", "~/a.conf"));
  }

  private List<Path> byEnvironment(String name, String value) {
    return byEnvironment(Map.of(name, value), List.of());
  }

  private List<Path> byEnvironment(
      String name, String value, String otherName, String otherValue, List<Path> files) {
    return byEnvironment(Map.of(name, value, otherName, otherValue), files);
  }

  private List<Path> byEnvironment(Map<String, String> environment, List<Path> files) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", home.toString());
    return Stream.concat(
            new ConfigPaths(root, all).before(files, List.of()).stream(), files.stream())
        .toList();
  }

  private List<Path> inOrder(List<Path> files, List<Path> directories) {
    ConfigPaths paths = new ConfigPaths(root, Map.of("HOME", home.toString()));
    return Stream.of(paths.before(files, directories), files, directories)
        .flatMap(List::stream)
        .toList();
  }
}
