// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample files are what {@code print} gives for nova's defaults on a host of both versions. */
class RuleSamplesTest {
  private static final Path SAMPLES = Path.of("etc-nova-compat");
  private static final String REGENERATE = "sample.regenerate";

  @Test
  void checkedInRulesAreThoseThatArePrinted(@TempDir Path folder) throws Exception {
    DesiredState desired =
        NovaConfText.desired(
            folder,
            List.of(),
            "my_ip = 192.0.2.10",
            "[nova_compat]",
            "metadata_host_ipv6 = 2001:db8::10");
    for (Backend backend : Stream.of(new Iptables(), new Nftables()).toList()) {
      String text =
          "# nova-compat-nat print --backend "
              + backend.name()
              + ", where nova.conf has my_ip = 192.0.2.10 and, in [nova_compat],\n"
              + "# metadata_host_ipv6 = 2001:db8::10\n"
              + backend.print(desired);
      Path sample = SAMPLES.resolve(backend.name());
      if (Boolean.getBoolean(REGENERATE)) {
        Files.writeString(sample, text);
      }
      assertEquals(
          text,
          Files.readString(sample),
          "to make it anew: mvn test -Dtest=RuleSamplesTest -D" + REGENERATE + "=true");
    }
  }
}
