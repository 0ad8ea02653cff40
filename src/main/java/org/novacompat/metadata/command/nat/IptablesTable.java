// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables of iptables that we have a chain of our own in, and from where it is jumped to. */
enum IptablesTable {
  /** Changes where connections go. */
  NAT("nat", Rules.MARK + "-PREROUTING", List.of("PREROUTING")),
  /**
   * Lets the connections so changed, and no others, past the host's own filter: to this host, or
   * through it to another and back.
   */
  FILTER("filter", Rules.MARK + "-accept", List.of("INPUT", "FORWARD"));

  private static final String COMMENT = " -m comment --comment " + Rules.MARK;

  private final String text;
  private final String chain;
  private final List<String> hooks;

  IptablesTable(String text, String chain, List<String> hooks) {
    this.text = text;
    this.chain = chain;
    this.hooks = hooks;
  }

  static Optional<IptablesTable> of(String text) {
    return Stream.of(values()).filter(table -> table.text.equals(text)).findFirst();
  }

  /** The line that begins its part of a file. */
  String begin() {
    return "*" + text;
  }

  /** The name of our chain. */
  String chain() {
    return chain;
  }

  /** The rules that lead to our chain, one in each of the built-in chains, without their verb. */
  List<String> jumps() {
    return hooks.stream().map(hook -> hook + COMMENT + " -j " + chain).toList();
  }

  /** A jump put before all else in its chain: {@code -I INPUT 1 …}. */
  static String inserted(String jump) {
    int end = jump.indexOf(' ');
    return "-I " + jump.substring(0, end) + " 1" + jump.substring(end);
  }

  /** The rules of our chain, without their verb, in the words and order of iptables-save. */
  List<String> rules(Mapping mapping, List<GuestInterface> interfaces) {
    return switch (this) {
      case NAT ->
          interfaces.isEmpty()
              ? List.of(translation(mapping, ""))
              : interfaces.stream()
                  .map(guests -> translation(mapping, " -i " + guests.name()))
                  .toList();
      case FILTER -> List.of(acceptance(mapping));
    };
  }

  private String translation(Mapping mapping, String from) {
    return chain
        + " -d "
        + mapping.address().network()
        + from
        + " -p tcp -m tcp --dport "
        + MetadataAddress.PORT
        + COMMENT
        + (mapping.isRedirect()
            ? " -j REDIRECT --to-ports " + mapping.port()
            : " -j DNAT --to-destination " + mapping.destination());
  }

  private String acceptance(Mapping mapping) {
    return chain
        + " -p tcp -m conntrack --ctstate DNAT --ctorigdst "
        + mapping.address().text()
        + " --ctorigdstport "
        + MetadataAddress.PORT
        + COMMENT
        + " -j ACCEPT";
  }
}
