// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigPathsTest {

  @TempDir Path home;

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

  private List<Path> inOrder(List<Path> files, List<Path> directories) {
    return ConfigPaths.inOrder(files, directories, Map.of("HOME", home.toString()));
  }
}
