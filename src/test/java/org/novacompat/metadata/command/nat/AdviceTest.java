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

class AdviceTest {
  @TempDir private Path folder;

  @Test
  void saysNothingOfNovasDefaults() throws Exception {
    assertEquals(List.of(), advice());
  }

  @Test
  void warnsThatAProxysServiceRefusesGuests() throws Exception {
    assertAdvises("service_metadata_proxy", "[neutron]", "service_metadata_proxy = true");
  }

  @Test
  void warnsOfAPortThatTheServiceOnThisHostDoesNotListenOn() throws Exception {
    assertAdvises("metadata_listen_port, 8776", "metadata_listen_port = 8776");
    assertEquals(List.of(), advice("metadata_listen_port = 8776", "metadata_host = 192.0.2.99"));
  }

  @Test
  void warnsOfARedirectionToAnAddressThatTheServiceDoesNotListenOn() throws Exception {
    assertAdvises(
        "metadata_listen, 192.0.2.7,", "metadata_host = 127.0.0.1", "metadata_listen = 192.0.2.7");
    assertEquals(List.of(), advice("metadata_host = 127.0.0.1", "metadata_listen = ::"));
  }

  private void assertAdvises(String part, String... lines) throws Exception {
    List<String> advice = advice(lines);
    assertEquals(1, advice.size(), advice::toString);
    assertTrue(advice.get(0).contains(part), advice::toString);
  }

  private List<String> advice(String... lines) throws Exception {
    NovaConf conf =
        NovaConfText.read(
            folder, Stream.concat(Stream.of("[DEFAULT]"), Stream.of(lines)).toArray(String[]::new));
    return Advice.of(conf, new Wanted(Rules.from(conf, List.of()), false));
  }
}
