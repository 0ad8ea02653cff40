// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NftablesTest {
  @TempDir private Path folder;

  @Test
  void putsATableOfItsOwnInThePlaceOfTheOneThatIsThere() throws Exception {
    DesiredState desired =
        NovaConfText.desired(
            folder,
            List.of("br100", "tap+"),
            "my_ip = 192.0.2.10",
            "metadata_port = 8776",
            "[nova_compat]",
            "metadata_host_ipv6 = ::1");
    assertEquals(
        """
        # In the place of what is there of it: nft -f FILE
        table inet nova_compat
        delete table inet nova_compat
        table inet nova_compat {
        	chain prerouting {
        		type nat hook prerouting priority dstnat; policy accept;
        		iifname "br100" ip daddr 169.254.169.254 tcp dport 80 dnat ip to 192.0.2.10:8776 comment "nova-compat"
        		iifname "tap*" ip daddr 169.254.169.254 tcp dport 80 dnat ip to 192.0.2.10:8776 comment "nova-compat"
        		iifname "br100" ip6 daddr fe80::a9fe:a9fe tcp dport 80 redirect to :8776 comment "nova-compat"
        		iifname "tap*" ip6 daddr fe80::a9fe:a9fe tcp dport 80 redirect to :8776 comment "nova-compat"
        	}
        }
        """,
        new Nftables().print(desired));
  }
}
