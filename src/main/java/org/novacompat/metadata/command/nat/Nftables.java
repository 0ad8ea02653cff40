// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import java.util.stream.Stream;

/**
 * nftables: a table of our own. It only changes where connections go: what another table of the
 * host drops stays dropped, since no table can overrule another.
 */
final class Nftables implements Backend {
  private static final Program NFT = new Program("nft", "the package nftables");
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
  public String file(Rules rules) {
    return """
        # In the place of what is there of it: nft -f FILE
        %1$s
        delete %1$s
        """
            .formatted(TABLE)
        + table(rules);
  }

  @Override
  public State state(Rules rules) throws NatException {
    if (!isThere()) {
      return State.NONE;
    }
    List<String> present = words(NFT.run(("-s list " + TABLE).split(" ")));
    return present.equals(words(table(rules))) ? State.AS_WANTED : State.OTHERWISE;
  }

  @Override
  public void apply(Rules rules) throws NatException {
    NFT.feed(file(rules), "-f", "-");
  }

  @Override
  public boolean remove() throws NatException {
    boolean there = isThere();
    if (there) {
      NFT.run(("delete " + TABLE).split(" "));
    }
    return there;
  }

  private static boolean isThere() throws NatException {
    return NFT.isInstalled() && NFT.run("list", "tables").lines().anyMatch(TABLE::equals);
  }

  /** In the words and order of {@code nft list table}. */
  private static String table(Rules rules) {
    StringBuilder text =
        new StringBuilder(
            """
            %s {
            \tchain prerouting {
            \t\ttype nat hook prerouting priority dstnat; policy accept;
            """
                .formatted(TABLE));
    rules.mappings().stream()
        .flatMap(mapping -> lines(mapping, rules.interfaces()))
        .forEach(rule -> text.append("\t\t").append(rule).append('\n'));
    return text.append("\t}\n}\n").toString();
  }

  private static Stream<String> lines(Mapping mapping, List<GuestInterface> interfaces) {
    return interfaces.isEmpty()
        ? Stream.of(line(mapping, ""))
        : interfaces.stream()
            .map(guests -> line(mapping, "iifname \"" + guests.inNftables() + "\" "));
  }

  private static String line(Mapping mapping, String from) {
    String family =
        switch (mapping.address()) {
          case IPV4 -> "ip";
          case IPV6 -> "ip6";
        };
    String target =
        mapping.isRedirect()
            ? "redirect to :" + mapping.port()
            : "dnat " + family + " to " + mapping.destination();
    return "%s%s daddr %s tcp dport %d %s comment \"%s\""
        .formatted(
            from, family, mapping.address().text(), MetadataAddress.PORT, target, Rules.MARK);
  }

  private static List<String> words(String text) {
    return Stream.of(text.split("\\s+")).filter(word -> !word.isEmpty()).toList();
  }
}
