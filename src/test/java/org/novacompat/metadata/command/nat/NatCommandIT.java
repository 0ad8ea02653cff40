// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code nova-compat-nat} as far as it needs neither root nor a network. */
class NatCommandIT {
  private static final Path COMMAND =
      Path.of("target/nova-compat-metadata/bin/nova-compat-nat").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void explainsItself() throws Exception {
    String help = run(0, COMMAND, "--help");
    for (String word : List.of("print", "apply", "status", "remove", "metadata_host", "Exit")) {
      assertTrue(help.contains(word), help);
    }
    String apply = run(0, COMMAND, "apply", "--help");
    for (String option : List.of("--config-file", "--config-dir", "--backend", "--interface")) {
      assertTrue(apply.contains(option), apply);
    }
  }

  @Test
  void printsTheSampleFilesRules() throws Exception {
    Path conf =
        conf(
            "[DEFAULT]",
            "my_ip = 192.0.2.10",
            "[nova_compat]",
            "metadata_host_ipv6 = 2001:db8::10");
    for (String backend : List.of("iptables", "nftables")) {
      String printed =
          run(0, COMMAND, "print", "--config-file", conf.toString(), "--backend", backend);
      String sample = Files.readString(Path.of("etc-nova-compat", backend));
      assertTrue(sample.endsWith(printed), printed);
    }
  }

  @Test
  void printsTheAddressesThatApplyWouldAdd() throws Exception {
    String printed =
        run(
            0,
            COMMAND,
            "print",
            "--config-file",
            conf("[DEFAULT]", "my_ip = 192.0.2.10").toString(),
            "--add-address");
    assertTrue(printed.contains("\n# ip -4 address add 169.254.169.254/32 dev lo "), printed);
  }

  @Test
  void namesFileLineAndOptionOfAWrongValue() throws Exception {
    Path conf = conf("[DEFAULT]", "metadata_port = eight");
    String complaint = run(1, COMMAND, "apply", "--config-file", conf.toString());
    assertTrue(complaint.startsWith(conf + ":2: [DEFAULT] metadata_port: "), complaint);
    conf = conf("[DEFAULT]", "metadata_host = controller");
    complaint = run(1, COMMAND, "status", "--config-file", conf.toString());
    assertTrue(complaint.startsWith(conf + ":2: [DEFAULT] metadata_host: "), complaint);
    assertEquals(1, complaint.lines().count(), complaint);
  }

  @Test
  void refusesAnInterfaceAndABackEndThatThereCannotBe() throws Exception {
    assertTrue(run(2, COMMAND, "print", "--interface", "a b").contains("--interface"));
    assertTrue(run(2, COMMAND, "print", "--backend", "pf").contains("--backend"));
  }

  @Test
  void findsItsInstallationThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("nat"), COMMAND);
    try {
      assertTrue(run(0, link, "--version").startsWith("nova-compat metadata "));
    } finally {
      Files.delete(link);
    }
  }

  private Path conf(String... lines) throws IOException {
    return Files.write(folder.resolve("nova.conf"), List.of(lines));
  }

  private String run(int status, Path command, String... arguments) throws Exception {
    List<String> words =
        new ArrayList<>(
            Stream.concat(Stream.of(command.toString()), Stream.of(arguments)).toList());
    Path output = Files.createTempFile("nat", ".out");
    try {
      Process process =
          new ProcessBuilder(words)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
      String text = Files.readString(output);
      assertEquals(status, process.exitValue(), text);
      return text;
    } finally {
      Files.delete(output);
    }
  }
}
