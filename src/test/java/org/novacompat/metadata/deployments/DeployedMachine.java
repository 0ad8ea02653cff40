// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.deployments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.fixture.SelfSigned;

/**
 * A folder that stands for the root of a machine on which a {@linkplain Deployment deployment} has
 * been done, with all placeholders filled. {@code HOME} leads to its {@code /etc/nova}, where
 * oslo.config looks before it looks in the real one.
 */
final class DeployedMachine {
  private static final String FOLDER_OF_NOVA = "etc/nova";
  private static final String LOG_FOLDERS = "var/log/nova";

  private final Deployment deployment;
  private final Path root;
  private final Map<String, String> values;

  /**
   * Names the machine.
   *
   * @param root an empty folder
   * @param values what is filled into the texts, by placeholder
   */
  DeployedMachine(Deployment deployment, Path root, Map<String, String> values) {
    this.deployment = deployment;
    this.root = root;
    this.values = new LinkedHashMap<>(values);
    this.values.put("ROOT", root.toString());
    this.values.put("DB_USER", deployment.account().user());
  }

  /**
   * Puts all files into their places.
   *
   * @param database the database's certificate, which clients may show too
   * @param other the certificate of another authority
   */
  void install(SelfSigned database, SelfSigned other) throws IOException {
    Files.createDirectories(root.resolve(LOG_FOLDERS));
    if (deployment.log().isPresent()) {
      Files.createDirectories(root.resolve(deployment.log().get()).getParent());
    }
    for (Path file : files(deployment.folder())) {
      write(deployment.folder().relativize(file).toString(), Files.readString(file));
    }
    for (Map.Entry<String, String> file : deployment.common().entrySet()) {
      write(file.getKey(), Files.readString(Deployment.common(file.getValue())));
    }
    for (Map.Entry<String, Deployment.Pem> file : deployment.certificates().entrySet()) {
      write(file.getKey(), pem(file.getValue(), database, other));
    }
    linkHome();
  }

  private static String pem(Deployment.Pem content, SelfSigned database, SelfSigned other)
      throws IOException {
    return switch (content) {
      case AUTHORITIES ->
          Files.readString(other.certificate()) + Files.readString(database.certificate());
      case CERTIFICATE -> Files.readString(database.certificate());
      case KEY -> Files.readString(database.key());
    };
  }

  private void linkHome() throws IOException {
    Path nova = Files.createDirectories(root.resolve(FOLDER_OF_NOVA));
    for (String project : List.of("nova", "nova-api-metadata")) {
      // were they not there, those of the real /etc/nova would count
      Files.createDirectories(nova.resolve(project + ".conf.d"));
    }
    Files.createSymbolicLink(Files.createDirectory(home()).resolve(".nova"), nova);
  }

  private Path home() {
    return root.resolve("home");
  }

  private void write(String place, String text) throws IOException {
    Path file = root.resolve(place);
    Files.createDirectories(file.getParent());
    Files.writeString(file, filled(text));
  }

  /** The command line. */
  String[] arguments() {
    return deployment.arguments().stream().map(this::filled).toArray(String[]::new);
  }

  /** The environment, in which a service finds these files and no others. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("HOME", home().toString());
    deployment.environment().forEach((name, value) -> environment.put(name, filled(value)));
    return environment;
  }

  /** The connection of a cell, where the deployment has one of its own. */
  String cell(String name, String otherwise) {
    return filled(deployment.cells().getOrDefault(name, otherwise));
  }

  /** The log that the deployment's files name. */
  Path log() {
    return root.resolve(deployment.log().orElseThrow());
  }

  /** The places, such as {@code /…/nova.conf:17}, where files set an option, in any group. */
  List<String> places(String option) throws IOException {
    String set = Pattern.quote(option) + "\\s*[=:].*";
    List<String> places = new ArrayList<>();
    for (Path file : files(root)) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).matches(set)) {
          places.add(root.relativize(file).getFileName() + ":" + (i + 1) + ":");
        }
      }
    }
    return places;
  }

  private String filled(String text) {
    String filled = text;
    for (Map.Entry<String, String> value : values.entrySet()) {
      filled = filled.replace("@" + value.getKey() + "@", value.getValue());
    }
    if (filled.matches("(?s).*@[A-Z_]+@.*")) {
      throw new IllegalStateException("no value for a placeholder in " + deployment);
    }
    return filled;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("deployment.json"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
