// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.deployments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a deployment tool writes for nova's metadata API: a folder of {@code
 * src/test/resources/deployments}, with {@code deployment.json} and the files as they lie beneath
 * the root of the machine. Texts may hold placeholders; {@code README.md} there has the list.
 *
 * @param name the folder's name
 * @param folder the folder
 * @param arguments the command line
 * @param environment the environment, for what the tool sets in it
 * @param account what the database requires of the user
 * @param cells the names of cells to their {@code cell_mappings.database_connection}, for those
 *     that have no template
 * @param common the places of files to their names in {@code common}
 * @param certificates the places of PEM files to what is in them
 * @param guest how guests are known
 * @param secret the shared secret; empty where the tool sets none
 * @param answers paths to the bodies of their answers
 * @param log the file that the log goes to, beneath the root
 * @param told options that are set and of which the start says, naming file and line, that they are
 *     not heeded
 * @param lines regular expressions that each match something in the log
 */
record Deployment(
    String name,
    Path folder,
    List<String> arguments,
    Map<String, String> environment,
    Account account,
    Map<String, String> cells,
    Map<String, String> common,
    Map<String, Pem> certificates,
    GuestKnownBy guest,
    Optional<String> secret,
    Map<String, String> answers,
    Optional<String> log,
    List<String> told,
    List<String> lines) {

  /** The users of the database. */
  enum Account {
    PLAIN("nova_plain", ""),
    TLS("nova_tls", "REQUIRE SSL"),
    X509("nova_x509", "REQUIRE X509");

    private final String user;
    private final String requirement;

    Account(String user, String requirement) {
      this.user = user;
      this.requirement = requirement;
    }

    String user() {
      return user;
    }

    String requirement() {
      return requirement;
    }
  }

  /** What a PEM file holds. */
  enum Pem {
    /** Several authorities, that of the database's certificate not the first. */
    AUTHORITIES,
    CERTIFICATE,
    KEY
  }

  /** How guests are known. */
  enum GuestKnownBy {
    SIGNATURE,
    ADDRESS
  }

  private static final Path ALL = Path.of("src", "test", "resources", "deployments");
  private static final String DESCRIPTION = "deployment.json";
  private static final Set<String> FIELDS =
      Set.of(
          "source",
          "about",
          "arguments",
          "environment",
          "database",
          "cells",
          "files",
          "certificates",
          "guest",
          "secret",
          "answers",
          "log",
          "told",
          "lines");

  /** All deployments, by name. */
  static List<Deployment> all() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(DESCRIPTION)))
          .sorted()
          .map(Deployment::read)
          .toList();
    }
  }

  /** A file that several deployments have. */
  static Path common(String name) {
    return ALL.resolve("common").resolve(name);
  }

  private static Deployment read(Path folder) {
    String name = folder.getFileName().toString();
    try {
      JsonNode json = new ObjectMapper().readTree(folder.resolve(DESCRIPTION).toFile());
      json.fieldNames().forEachRemaining(field -> requireKnown(name, field));
      json.required("source");
      json.required("about");
      Map<String, Pem> certificates = new LinkedHashMap<>();
      texts(json, "certificates")
          .forEach((place, kind) -> certificates.put(place, Pem.valueOf(upper(kind))));
      return new Deployment(
          name,
          folder,
          list(json, "arguments"),
          texts(json, "environment"),
          Account.valueOf(upper(json.path("database").asText("plain"))),
          texts(json, "cells"),
          texts(json, "files"),
          certificates,
          GuestKnownBy.valueOf(upper(json.path("guest").asText("signature"))),
          Optional.ofNullable(json.path("secret").textValue()),
          texts(json, "answers"),
          Optional.ofNullable(json.path("log").textValue()),
          list(json, "told"),
          list(json, "lines"));
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(name + ": " + e.getMessage(), e);
    }
  }

  private static void requireKnown(String name, String field) {
    if (!FIELDS.contains(field)) {
      throw new IllegalStateException(name + ": " + field + " is none of " + FIELDS);
    }
  }

  private static List<String> list(JsonNode json, String field) {
    return StreamSupport.stream(json.path(field).spliterator(), false)
        .map(JsonNode::textValue)
        .toList();
  }

  private static Map<String, String> texts(JsonNode json, String field) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.path(field)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().textValue()));
    return texts;
  }

  private static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return name;
  }
}
