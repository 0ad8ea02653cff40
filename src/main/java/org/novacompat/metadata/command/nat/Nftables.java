// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import java.util.Optional;

/**
 * nftables: one table of this command. It only changes where connections go: what another table of
 * the host drops stays dropped, since no table can overrule another.
 */
final class Nftables implements Backend {
  private static final Program NFT = new Program("nft", "nftables");
  private static final String TABLE = "table inet nova_compat";

  @Override
  public String name() {
    return "nftables";
  }

  @Override
  public boolean isInstalled() {
    return NFT.isInstalled();
  }

  @Override
  public String print(DesiredState desired) {
    return """
    # In the place of what is there of it: nft -f FILE
    %1$s
    delete %1$s
    """
            .formatted(TABLE)
        + table(desired);
  }

  @Override
  public List<String> expected(DesiredState desired) {
    return words(table(desired));
  }

  @Override
  public List<String> inForce() {
    boolean isThere = isInstalled() && NFT.run("list", "tables").lines().anyMatch(TABLE::equals);
    return isThere ? words(NFT.run(("-s list " + TABLE).split(" "))) : List.of();
  }

  @Override
  public void apply(DesiredState desired) {
    NFT.feed(print(desired), "-f", "-");
  }

  @Override
  public boolean remove() {
    boolean isInUse = !inForce().isEmpty();
    if (isInUse) {
      NFT.run(("delete " + TABLE).split(" "));
    }
    return isInUse;
  }

  /** In the words and order of {@code nft list table}. */
  private static String table(DesiredState desired) {
    return """
    %s {
    \tchain prerouting {
    \t\ttype nat hook prerouting priority dstnat; policy accept;
    %s\t}
    }
    """
        .formatted(TABLE, desired.rules(Nftables::rule));
  }

  private static String rule(Mapping mapping, Optional<GuestInterface> guests) {
    String family = mapping.address() == MetadataAddress.IPV4 ? "ip" : "ip6";
    return "\t\t%s%s daddr %s tcp dport %d %s comment \"%s\"\n"
        .formatted(
            guests.map(name -> "iifname \"" + name.inNftables() + "\" ").orElse(""),
            family,
            mapping.address().text(),
            MetadataAddress.PORT,
            mapping.isRedirect()
                ? "redirect to :" + mapping.port()
                : "dnat " + family + " to " + mapping.destination(),
            DesiredState.MARK);
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }
}
