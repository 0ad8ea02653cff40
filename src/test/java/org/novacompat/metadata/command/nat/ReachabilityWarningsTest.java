// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.NovaConf;

class ReachabilityWarningsTest {
  @TempDir private Path folder;

  @Test
  void saysNothingOfNovasDefaults() throws Exception {
    assertEquals(List.of(), warnings());
  }

  @Test
  void warnsThatAProxysServiceRefusesGuests() throws Exception {
    assertWarns("service_metadata_proxy", "[neutron]", "service_metadata_proxy = true");
  }

  @Test
  void warnsOfAPortThatTheServiceOnThisHostDoesNotListenOn() throws Exception {
    assertWarns("metadata_listen_port, 8776", "metadata_listen_port = 8776");
    assertEquals(List.of(), warnings("metadata_listen_port = 8776", "metadata_host = 192.0.2.99"));
  }

  @Test
  void warnsOfARedirectionToAnAddressThatTheServiceDoesNotListenOn() throws Exception {
    assertWarns(
        "metadata_listen, 192.0.2.7,", "metadata_host = 127.0.0.1", "metadata_listen = 192.0.2.7");
    assertEquals(List.of(), warnings("metadata_host = 127.0.0.1", "metadata_listen = ::"));
  }

  private void assertWarns(String part, String... lines) throws Exception {
    List<String> warnings = warnings(lines);
    assertEquals(1, warnings.size(), warnings::toString);
    assertTrue(warnings.get(0).contains(part), warnings::toString);
  }

  private List<String> warnings(String... lines) throws Exception {
    NovaConf conf =
        NovaConfText.read(
            folder, Stream.concat(Stream.of("[DEFAULT]"), Stream.of(lines)).toArray(String[]::new));
    return ReachabilityWarnings.of(conf, DesiredState.of(conf, List.of()));
  }
}
