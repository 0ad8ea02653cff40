// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The built server behind a real neutron-metadata-agent, as {@code src/test/chain/chain.sh} sets it
 * up: what the databases say about the guests there, and what the guests were told.
 */
final class Chain {
  private static final Path SCRIPT = Path.of("src/test/chain/chain.sh");
  private static final Path FOLDER = Path.of("target/chain");
  private static final int LONGEST_RUN_SECONDS = 240;
  private static final int LONGEST_TAKING_DOWN_SECONDS = 30;

  private final JsonNode cloud;

  private Chain(JsonNode cloud) {
    this.cloud = cloud;
  }

  /** What this machine lacks to run the chain, in words for humans; empty when nothing. */
  static Optional<String> lack() throws IOException, InterruptedException {
    Process check =
        new ProcessBuilder(SCRIPT.toString(), "check").redirectErrorStream(true).start();
    String told = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return check.waitFor() == 0 ? Optional.empty() : Optional.of(told.strip());
  }

  /** Builds the chain, lets its guests ask, and takes it down again. */
  static Chain run() throws IOException, InterruptedException {
    Path told = FOLDER.resolveSibling("chain.log");
    Process script =
        new ProcessBuilder(SCRIPT.toString(), "run", FOLDER.toString())
            .redirectErrorStream(true)
            .redirectOutput(told.toFile())
            .start();
    if (!script.waitFor(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
      script.destroy();
      script.waitFor(LONGEST_TAKING_DOWN_SECONDS, TimeUnit.SECONDS);
      throw new IllegalStateException("the chain takes too long:\n" + Files.readString(told));
    }
    if (script.exitValue() != 0) {
      throw new IllegalStateException("the chain does not work:\n" + Files.readString(told));
    }
    return new Chain(read("cloud"));
  }

  /** One of its guests. */
  ChainGuest guest(String name) throws IOException {
    return new ChainGuest(cloud.get(name), read(name));
  }

  private static JsonNode read(String name) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve(name + ".json").toFile());
  }
}
