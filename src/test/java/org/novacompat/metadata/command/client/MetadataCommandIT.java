// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.signature.AccessKey;

/** The built command {@code bin/nova-compat-metadata}, run as its users run it. */
class MetadataCommandIT {
  private static final Path COMMAND =
      Path.of("target/nova-compat-metadata/bin/nova-compat-metadata").toAbsolutePath();
  private static final String INSTANCE = "c44de03e-300b-7237-1827-b51aeaff3ccd";
  private static final AccessKey KEY =
      new AccessKey("theKey", "b7e0c2a94d5f41838e6a1f0d9c3b5728", Set.of());

  @TempDir private Path folder;
  private FakeOpenApi api;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    api = FakeOpenApi.start(folder, KEY);
    environment.put("NOVA_COMPAT_ENDPOINT", api.url());
    environment.put("NOVA_COMPAT_CACERT", api.certificate().toString());
    environment.put("NOVA_COMPAT_REGION", "huadong1");
    environment.put("NOVA_COMPAT_ACCESS_KEY", KEY.id());
    environment.put("NOVA_COMPAT_SECRET_KEY", KEY.secret());
  }

  @AfterEach
  void end() {
    api.close();
  }

  @Test
  void explainsItselfInLinesThatFitATerminal() throws Exception {
    String help = run(0, "--help");
    for (String word :
        List.of("create", "details", "update", "delete", "--keys-file", "NOVA_COMPAT_SECRET_KEY")) {
      assertTrue(help.contains(word), help);
    }
    assertEquals(List.of(), help.lines().filter(line -> line.length() > 80).toList());
    assertTrue(run(0, "update", "--help").contains("--force"));
    assertTrue(run(0, "--version").startsWith("nova-compat metadata "));
  }

  @Test
  void readsAndWritesUtf8WhateverTheLocale() throws Exception {
    environment.put("LC_ALL", "C");
    api.answer(200, "{\"returnObj\": {\"a\": \"\u5929\"}, \"statusCode\": 800}");
    assertEquals("{\n  \"a\": \"\u5929\"\n}\n", run(0, "create", INSTANCE, "a=\u5929"));
    assertTrue(api.asked().get(0).body().endsWith("{\"a\":\"\u5929\"}}"));
  }

  @Test
  void endsWithAStatusThatTellsWhy() throws Exception {
    api.answer(200, FakeOpenApi.failure("Ecs.Instance.NotFound", "There is no such instance."));
    assertEquals(
        "Ecs.Instance.NotFound: There is no such instance.\n", run(1, "details", INSTANCE));
    assertTrue(run(2, "create", INSTANCE).startsWith("which metadata? "));
    environment.put("NOVA_COMPAT_SECRET_KEY", "");
    String complaint = run(2, "details", INSTANCE);
    assertTrue(complaint.startsWith("which access key? "), complaint);
    assertFalse(complaint.contains("Exception"), complaint);
  }

  private String run(int status, String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "command", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(Stream.of(COMMAND.toString()), Stream.of(arguments)).toList())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
    String text = Files.readString(output);
    assertEquals(status, process.exitValue(), text);
    return text;
  }
}
