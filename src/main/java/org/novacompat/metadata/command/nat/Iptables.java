// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * iptables, in either of its kinds (nf_tables and legacy): a chain of this command in the table
 * {@code nat}, which changes where connections go, and one in {@code filter}, which lets the
 * connections so changed, and no others, past the host's own filter: to this host, or through it to
 * another and back.
 *
 * <p>One file is for both IP versions: {@code iptables-restore} and {@code ip6tables-restore} pass
 * over the rules that are marked {@code -6} and {@code -4} for the other.
 */
final class Iptables implements Backend {
  private static final List<Chain> CHAINS =
      List.of(
          new Chain("nat", "nova-compat-PREROUTING"), new Chain("filter", "nova-compat-accept"));

  /** In the words of iptables-save: one of the chains, a rule in it, or a jump to it. */
  private static final Pattern OWN =
      Pattern.compile(
          "(:|-A )nova-compat-(PREROUTING|accept) .*|-A .* -j nova-compat-(PREROUTING|accept)");

  private static final String COMMENT = "-m comment --comment " + DesiredState.MARK;

  private record Chain(String table, String name) {
    /** The line that makes it where it is missing, and empties it where it is not. */
    String definition() {
      return ":" + name + " - [0:0]";
    }

    /** The lines that delete the jumps to it. */
    String deletions(List<String> inForce) {
      return inForce.stream()
          .filter(line -> line.endsWith(" -j " + name))
          .map(jump -> jump.replaceFirst("-A", "-D") + "\n")
          .collect(Collectors.joining());
    }
  }

  @Override
  public String name() {
    return "iptables";
  }

  @Override
  public boolean isInstalled() {
    return program(MetadataAddress.IPV4, "save").isInstalled();
  }

  @Override
  public String print(DesiredState desired) {
    String commands =
        desired.mappings().stream()
            .map(mapping -> program(mapping.address(), "restore").name() + " --noflush FILE")
            .collect(Collectors.joining(" && "));
    return """
    # For a host that has none of these yet: %s
    *nat
    :nova-compat-PREROUTING - [0:0]
    %s-I PREROUTING 1 %4$s -j nova-compat-PREROUTING
    COMMIT
    *filter
    :nova-compat-accept - [0:0]
    %s-I INPUT 1 %4$s -j nova-compat-accept
    -I FORWARD 1 %4$s -j nova-compat-accept
    COMMIT
    """
        .formatted(commands, translations(desired), acceptances(desired), COMMENT);
  }

  @Override
  public List<String> expected(DesiredState desired) {
    return desired.mappings().stream()
        .map(mapping -> mapping.address().option() + " ")
        .flatMap(
            version ->
                print(desired)
                    .lines()
                    .map(line -> line.replaceFirst("^" + version, ""))
                    .map(line -> line.replaceFirst("^-I (\\w+) 1", "-A $1"))
                    .filter(OWN.asMatchPredicate())
                    .map(version::concat))
        .sorted()
        .toList();
  }

  @Override
  public List<String> inForce() {
    return Stream.of(MetadataAddress.values())
        .flatMap(address -> inForce(address).stream().map((address.option() + " ")::concat))
        .map(line -> line.replace("\"", ""))
        .sorted()
        .toList();
  }

  @Override
  public void apply(DesiredState desired) {
    for (MetadataAddress address : MetadataAddress.values()) {
      List<String> inForce = inForce(address);
      restore(
          address,
          desired.of(address).isPresent() ? replacement(inForce, desired) : removal(inForce));
    }
  }

  @Override
  public boolean remove() {
    boolean isInUse = !inForce().isEmpty();
    for (MetadataAddress address : MetadataAddress.values()) {
      restore(address, removal(inForce(address)));
    }
    return isInUse;
  }

  /** The lines of iptables-save that are this command's. */
  static List<String> own(String saved) {
    return saved.lines().filter(OWN.asMatchPredicate()).toList();
  }

  /** The printed file, with the jumps deleted that are in force. */
  String replacement(List<String> inForce, DesiredState desired) {
    String file = print(desired);
    for (Chain chain : CHAINS) {
      String definition = chain.definition() + "\n";
      file = file.replace(definition, definition + chain.deletions(inForce));
    }
    return file;
  }

  /** A file that undoes what is in force; empty where nothing is. */
  static String removal(List<String> inForce) {
    return CHAINS.stream()
        .filter(chain -> inForce.contains(chain.definition()))
        .map(
            chain ->
                "*%s\n%s-F %3$s\n-X %3$s\nCOMMIT\n"
                    .formatted(chain.table(), chain.deletions(inForce), chain.name()))
        .collect(Collectors.joining());
  }

  private static List<String> inForce(MetadataAddress address) {
    Program save = program(address, "save");
    return save.isInstalled() ? own(save.run()) : List.of();
  }

  private static void restore(MetadataAddress address, String file) {
    if (!file.isEmpty()) {
      program(address, "restore").feed(file, "--noflush", "-w", "5");
    }
  }

  private static Program program(MetadataAddress address, String suffix) {
    String family = address == MetadataAddress.IPV4 ? "iptables" : "ip6tables";
    return new Program(family + "-" + suffix, "iptables");
  }

  private static String translations(DesiredState desired) {
    return desired.rules(
        (mapping, guests) ->
            "%s -A nova-compat-PREROUTING -d %s%s -p tcp -m tcp --dport %d %s -j %s\n"
                .formatted(
                    mapping.address().option(),
                    mapping.address().network(),
                    guests.map(name -> " -i " + name.name()).orElse(""),
                    MetadataAddress.PORT,
                    COMMENT,
                    mapping.isRedirect()
                        ? "REDIRECT --to-ports " + mapping.port()
                        : "DNAT --to-destination " + mapping.destination()));
  }

  private static String acceptances(DesiredState desired) {
    return desired.mappings().stream()
        .map(Mapping::address)
        .map(
            address ->
                ("%s -A nova-compat-accept -p tcp -m conntrack --ctstate DNAT --ctorigdst %s"
                        + " --ctorigdstport %d %s -j ACCEPT\n")
                    .formatted(address.option(), address.text(), MetadataAddress.PORT, COMMENT))
        .collect(Collectors.joining());
  }
}
