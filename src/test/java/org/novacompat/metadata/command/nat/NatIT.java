// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.novacompat.metadata.fixture.FlatCell;
import org.novacompat.metadata.fixture.FlatNetwork;
import org.novacompat.metadata.fixture.FlatNetwork.Guest;
import org.novacompat.metadata.fixture.FlatNetwork.Outcome;
import org.novacompat.metadata.fixture.FlatNetwork.Place;
import org.novacompat.metadata.fixture.RunningService;

/**
 * The command {@code nova-compat-nat} on a host with guests, all of them network namespaces, with
 * the built server on a real MariaDB. Needs root and, of each back end, the programs.
 */
@ResourceLock(FlatNetwork.ONE)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class NatIT {
  private static final Path COMMAND =
      Path.of("target/nova-compat-metadata/bin/nova-compat-nat").toAbsolutePath();
  private static final String BASE = "http://169.254.169.254";
  private static final String BASE6 = "http://[fe80::a9fe:a9fe%25eth0]";
  private static final String LOCAL_IPV4 = "/latest/meta-data/local-ipv4";
  private static final String MARK = "nova-compat";
  private static final String ADDRESSES = "ip -o address show";

  @TempDir private static Path folder;
  private static final List<AutoCloseable> STARTED = new ArrayList<>();
  private static FlatNetwork network;
  private static Path serviceConf;

  /** The kinds of rules that a host may have. */
  enum Kind {
    IPTABLES("iptables", "iptables"),
    LEGACY_IPTABLES("iptables", "iptables-legacy"),
    NFTABLES("nftables", "nft");

    private final String backend;
    private final String program;

    Kind(String backend, String program) {
      this.backend = backend;
      this.program = program;
    }

    /** The kind is chosen as an administrator does it, by what the name iptables leads to. */
    Map<String, String> environment() throws IOException {
      if (this != LEGACY_IPTABLES) {
        return Map.of();
      }
      Path programs =
          Files.createDirectories(Path.of("target", "iptables-legacy").toAbsolutePath());
      for (String name : List.of("iptables", "ip6tables")) {
        for (String suffix : List.of("", "-save", "-restore")) {
          Path link = programs.resolve(name + suffix);
          if (!Files.isSymbolicLink(link)) {
            Files.createSymbolicLink(link, Path.of("/usr/sbin", name + "-legacy" + suffix));
          }
        }
      }
      return Map.of("PATH", programs + ":" + System.getenv("PATH"));
    }
  }

  @BeforeAll
  static void startAServiceOnEachHost() throws Exception {
    try {
      network = FlatNetwork.build();
      STARTED.add(network);
      network.run(Place.FIRST_GUEST, "curl --version");
    } catch (IOException e) {
      abort("needs root, ip, sysctl and curl, for network namespaces: " + e.getMessage());
    }
    FlatCell cell = FlatCell.create("nat");
    serviceConf = conf("service.conf", cell.configuration());
    start(Place.HOST, 8775);
    start(Place.OTHER_HOST, 8776);
  }

  @AfterAll
  static void endAll() throws Exception {
    for (int i = STARTED.size() - 1; i >= 0; i--) {
      STARTED.get(i).close();
    }
  }

  @AfterEach
  void removeAllRules() throws Exception {
    for (Kind kind : List.of(Kind.NFTABLES, Kind.LEGACY_IPTABLES)) {
      assertEquals(0, nat(kind, "remove").status());
    }
  }

  @ParameterizedTest
  @EnumSource
  void bringsEachGuestToItselfOnThisHostsAddress(Kind kind) throws Exception {
    bringsEachGuestToItself(kind, FlatNetwork.HOST_ADDRESS, 8775);
  }

  @ParameterizedTest
  @EnumSource
  void bringsEachGuestToItselfOnThisHost(Kind kind) throws Exception {
    bringsEachGuestToItself(kind, "127.0.0.1", 8775);
  }

  @ParameterizedTest
  @EnumSource
  void bringsEachGuestToItselfOnAnotherHost(Kind kind) throws Exception {
    bringsEachGuestToItself(kind, FlatNetwork.OTHER_HOST_ADDRESS, 8776);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For, 192.0.2.12",
    "X-Forwarded-For, '192.0.2.12, 127.0.0.1'",
    "Forwarded, for=192.0.2.12",
    "X-Real-IP, 192.0.2.12",
    "X-Instance-ID, " + FlatCell.SECOND_UUID,
    "X-Metadata-Provider, 00000000-0000-4000-8000-000000000001",
  })
  void believesNoGuestThatSaysItIsAnother(String header, String value) throws Exception {
    requireKind(Kind.NFTABLES);
    apply(Kind.NFTABLES, FlatNetwork.HOST_ADDRESS, 8775);
    String forged = header + ": " + value;
    String tenant = "X-Tenant-ID: 3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00";
    String signature = "X-Instance-ID-Signature: " + "0".repeat(64);
    assertEquals(
        Guest.FIRST.address(),
        ask(Guest.FIRST, BASE + LOCAL_IPV4, "-H", forged, "-H", tenant, "-H", signature).output());
    assertTrue(metaData(Guest.FIRST, "-H", forged).contains(FlatCell.FIRST_UUID));
  }

  @ParameterizedTest
  @EnumSource
  void bringsGuestsToItselfByIpv6(Kind kind) throws Exception {
    requireKind(kind);
    for (String host : List.of("::1", "2001:db8:100::1")) {
      Path conf = conf("nat.conf", "[nova_compat]", "metadata_host_ipv6 = " + host);
      done(kind, "apply", conf, "--interface", FlatNetwork.BRIDGE, "--add-address");
      for (Guest guest : List.of(Guest.FIRST, Guest.SECOND)) {
        Outcome answer =
            ask(guest, BASE6 + LOCAL_IPV4, "--interface", guest.address6(), "-H", forgery(guest));
        assertEquals(new Outcome(0, guest.address()), answer, host);
        Outcome ofLinkLocal = ask(guest, BASE6 + LOCAL_IPV4);
        assertEquals(new Outcome(0, guest.address()), ofLinkLocal, "link-local to " + host);
      }
      done(kind, "status", conf, "--interface", FlatNetwork.BRIDGE, "--add-address");
      done(kind, "remove", conf);
      assertNotEquals(
          0,
          ask(Guest.FIRST, BASE6 + "/", "--interface", Guest.FIRST.address6()).status(),
          "the address is gone");
    }
  }

  @ParameterizedTest
  @EnumSource
  void appliedTwiceIsAppliedOnce(Kind kind) throws Exception {
    requireKind(kind);
    Path conf = natConf(FlatNetwork.HOST_ADDRESS, 8775);
    done(kind, "apply", conf, "--add-address");
    String once = state(kind);
    assertTrue(done(kind, "apply", conf, "--add-address").contains("as it was before"));
    assertEquals(once, state(kind));
    Path other = natConf("192.0.2.99", 8775);
    done(kind, "apply", other, "--add-address");
    done(kind, "apply", conf, "--add-address");
    assertEquals(once, state(kind), "after rules that were replaced");
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhetherWhatIsThereIsWhatNovaConfWants(Kind kind) throws Exception {
    requireKind(kind);
    Path conf = natConf(FlatNetwork.HOST_ADDRESS, 8775);
    assertStatus(1, "nothing in place", kind, conf);
    done(kind, "apply", conf);
    assertStatus(0, "as nova.conf wants", kind, conf);
    assertStatus(1, "not what nova.conf wants", kind, natConf("192.0.2.99", 8775));
    assertStatus(1, "not what nova.conf wants", kind, conf, "--interface", FlatNetwork.BRIDGE);
    assertStatus(1, "missing: 169.254.169.254 on lo", kind, conf, "--add-address");
    done(kind, "remove", conf);
    assertStatus(1, "nothing in place", kind, conf);
  }

  @ParameterizedTest
  @EnumSource
  void touchesNoRuleOfAnother(Kind kind) throws Exception {
    requireKind(kind);
    addForeignRules(kind);
    try {
      String before = state(kind);
      assertTrue(before.contains("foreign"), before);
      Path conf =
          conf(
              "nat.conf",
              "[DEFAULT]",
              "metadata_host = " + FlatNetwork.HOST_ADDRESS,
              "[nova_compat]",
              "metadata_host_ipv6 = ::1");
      done(kind, "apply", conf, "--interface", FlatNetwork.BRIDGE, "--add-address");
      assertEquals(before, withoutOurs(state(kind)));
      assertEquals(new Outcome(0, Guest.FIRST.address()), ask(Guest.FIRST, BASE + LOCAL_IPV4));
      done(kind, "remove", conf);
      assertEquals(before, state(kind));
    } finally {
      removeForeignRules(kind);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"IPTABLES", "LEGACY_IPTABLES"})
  void letsGuestsPastAHostThatAcceptsNothingElse(Kind kind) throws Exception {
    requireKind(kind);
    run(kind, kind.program + " -P INPUT DROP");
    run(kind, kind.program + " -P FORWARD DROP");
    try {
      for (int port : new int[] {8775, 8776}) {
        String host = port == 8775 ? FlatNetwork.HOST_ADDRESS : FlatNetwork.OTHER_HOST_ADDRESS;
        apply(kind, host, port);
        assertEquals(new Outcome(0, Guest.FIRST.address()), ask(Guest.FIRST, BASE + LOCAL_IPV4));
        assertNotEquals(0, ask(Guest.FIRST, "http://" + host + ":" + port + "/").status());
      }
    } finally {
      run(kind, kind.program + " -P INPUT ACCEPT");
      run(kind, kind.program + " -P FORWARD ACCEPT");
    }
  }

  @ParameterizedTest
  @EnumSource
  void samplesAreWhatNovaConfWantsOnceTheyAreLoaded(Kind kind) throws Exception {
    requireKind(kind);
    Path sample = Path.of("etc-nova-compat", kind.backend).toAbsolutePath();
    List<String> loaders =
        kind == Kind.NFTABLES
            ? List.of("nft -f ")
            : List.of("iptables-restore --noflush ", "ip6tables-restore --noflush ");
    for (String loader : loaders) {
      run(kind, loader + sample);
    }
    Path conf =
        conf(
            "sample.conf",
            "[DEFAULT]",
            "my_ip = 192.0.2.10",
            "[nova_compat]",
            "metadata_host_ipv6 = 2001:db8::10");
    assertStatus(0, "as nova.conf wants", kind, conf);
  }

  @Test
  void answersGuestsThatLookForTheAddressOnTheirOwnLink() throws Exception {
    requireKind(Kind.NFTABLES);
    Guest guest = Guest.FIRST;
    network.run(guest.place(), "ip route delete default");
    network.run(guest.place(), "ip route add 169.254.0.0/16 dev eth0");
    try {
      Path conf = natConf(FlatNetwork.HOST_ADDRESS, 8775);
      done(Kind.NFTABLES, "apply", conf);
      assertNotEquals(0, ask(guest, BASE + LOCAL_IPV4).status(), "nobody has the address");
      done(Kind.NFTABLES, "apply", conf, "--add-address");
      assertEquals(new Outcome(0, guest.address()), ask(guest, BASE + LOCAL_IPV4));
    } finally {
      network.run(guest.place(), "ip route delete 169.254.0.0/16");
      network.run(guest.place(), "ip route add default via " + FlatNetwork.HOST_ADDRESS);
    }
  }

  @Test
  void keepsAnAddressThatWasThereBefore() throws Exception {
    requireKind(Kind.NFTABLES);
    network.run(Place.HOST, "ip address add 169.254.169.254/32 dev lo");
    network.run(Place.HOST, "ip address add fe80::a9fe:a9fe/64 nodad dev br100");
    try {
      String before = network.run(Place.HOST, ADDRESSES);
      Path conf = conf("nat.conf", "[nova_compat]", "metadata_host_ipv6 = ::1");
      String[] options = {"--interface", FlatNetwork.BRIDGE, "--add-address"};
      done(Kind.NFTABLES, "apply", conf, options);
      done(Kind.NFTABLES, "status", conf, options);
      done(Kind.NFTABLES, "remove", conf);
      assertEquals(before, network.run(Place.HOST, ADDRESSES));
    } finally {
      network.run(Place.HOST, "ip address delete 169.254.169.254/32 dev lo");
      network.run(Place.HOST, "ip address delete fe80::a9fe:a9fe/64 dev br100");
    }
  }

  @Test
  void leavesNothingInTheBackEndThatItIsMovedFrom() throws Exception {
    requireKind(Kind.IPTABLES);
    requireKind(Kind.NFTABLES);
    Path conf = natConf(FlatNetwork.HOST_ADDRESS, 8775);
    done(Kind.IPTABLES, "apply", conf);
    done(Kind.NFTABLES, "apply", conf);
    assertFalse(network.run(Place.HOST, "iptables-save").contains(MARK));
    String[] auto = command("status", "auto", conf);
    Outcome status = network.attempt(Place.HOST, Map.of(), List.of(auto));
    assertEquals(0, status.status(), status.output());
    assertTrue(status.output().startsWith("nftables: "), status.output());
  }

  @Test
  void saysWhoMayChangeRulesToOneWhoMayNot() throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of("setpriv", "--bounding-set=-net_admin", "--"),
                Stream.of(command("apply", "auto", natConf("127.0.0.1", 8775))))
            .toList();
    Outcome refused = network.attempt(Place.HOST, Map.of(), command);
    assertEquals(1, refused.status(), refused.output());
    assertTrue(refused.output().startsWith("only root"), refused.output());
  }

  private void bringsEachGuestToItself(Kind kind, String host, int port) throws Exception {
    requireKind(kind);
    apply(kind, host, port);
    for (Guest guest : List.of(Guest.FIRST, Guest.SECOND)) {
      assertEquals(new Outcome(0, guest.address()), ask(guest, BASE + LOCAL_IPV4));
      assertEquals(
          new Outcome(0, guest.address()), ask(guest, BASE + LOCAL_IPV4, "-H", forgery(guest)));
    }
    assertTrue(metaData(Guest.FIRST).contains(FlatCell.FIRST_UUID));
    assertTrue(metaData(Guest.SECOND).contains(FlatCell.SECOND_UUID));
    assertEquals(0, nat(kind, "remove").status());
    assertNotEquals(0, ask(Guest.FIRST, BASE + LOCAL_IPV4).status(), "once removed");
  }

  /** A header by which a guest claims to be the other one. */
  private static String forgery(Guest guest) {
    return "X-Forwarded-For: "
        + (guest == Guest.FIRST ? Guest.SECOND.address() : Guest.FIRST.address());
  }

  private static String metaData(Guest guest, String... options) throws IOException {
    Outcome answer = ask(guest, BASE + "/openstack/latest/meta_data.json", options);
    assertEquals(0, answer.status(), answer.output());
    return answer.output();
  }

  private static Outcome ask(Guest guest, String url, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "5", url));
    command.addAll(List.of(options));
    return network.attempt(guest.place(), Map.of(), command);
  }

  private static void apply(Kind kind, String host, int port) throws IOException {
    done(kind, "apply", natConf(host, port), "--interface", FlatNetwork.BRIDGE);
  }

  private static Path natConf(String host, int port) throws IOException {
    return conf(host + ".conf", "[DEFAULT]", "metadata_host = " + host, "metadata_port = " + port);
  }

  private static String done(Kind kind, String verb, Path conf, String... options)
      throws IOException {
    Outcome outcome = nat(kind, verb, conf, options);
    assertEquals(0, outcome.status(), outcome.output());
    return outcome.output();
  }

  private static void assertStatus(
      int status, String sentence, Kind kind, Path conf, String... options) throws IOException {
    Outcome outcome = nat(kind, "status", conf, options);
    assertEquals(status, outcome.status(), outcome.output());
    assertTrue(outcome.output().contains(sentence), outcome.output());
  }

  private static Outcome nat(Kind kind, String verb) throws IOException {
    return network.attempt(Place.HOST, kind.environment(), List.of(COMMAND.toString(), verb));
  }

  private static Outcome nat(Kind kind, String verb, Path conf, String... options)
      throws IOException {
    return network.attempt(
        Place.HOST, kind.environment(), List.of(command(verb, kind.backend, conf, options)));
  }

  private static String[] command(String verb, String backend, Path conf, String... options) {
    return Stream.concat(
            Stream.of(
                COMMAND.toString(),
                verb,
                "--config-file",
                serviceConf.toString(),
                "--config-file",
                conf.toString(),
                "--backend",
                backend),
            Stream.of(options))
        .toArray(String[]::new);
  }

  /** Skips what this machine's kernel or packages do not have. */
  private static void requireKind(Kind kind) throws IOException {
    List<String> probe =
        kind == Kind.NFTABLES
            ? List.of("nft", "list", "tables")
            : List.of(kind.program, "-t", "nat", "-S");
    Outcome outcome = network.attempt(Place.HOST, Map.of(), probe);
    assumeTrue(outcome.status() == 0, kind + " is not to be had: " + outcome.output());
  }

  /** All rules of a kind and all addresses of the host, without counters and times. */
  private static String state(Kind kind) throws IOException {
    String rules =
        kind == Kind.NFTABLES
            ? run(kind, "nft -s list ruleset")
            : run(kind, "iptables-save") + run(kind, "ip6tables-save");
    String all = rules + network.run(Place.HOST, ADDRESSES);
    return all.lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceAll("\\[\\d+:\\d+]", "[0:0]"))
        .collect(Collectors.joining("\n"));
  }

  private static String withoutOurs(String state) {
    return state
        .replaceAll("(?s)table inet nova_compat \\{.*?\n}\n", "")
        .lines()
        .filter(line -> !line.contains(MARK) && !line.contains("metric 169254"))
        .collect(Collectors.joining("\n"));
  }

  private static String run(Kind kind, String command) throws IOException {
    Outcome outcome = network.attempt(Place.HOST, kind.environment(), List.of(command.split(" ")));
    assertEquals(0, outcome.status(), command + ": " + outcome.output());
    return outcome.output();
  }

  private static void addForeignRules(Kind kind) throws IOException {
    if (kind == Kind.NFTABLES) {
      Path file =
          conf(
              "foreign.nft",
              "table inet foreign {",
              "  set ports { type inet_service; elements = { 22, 443 } }",
              "  chain in { type filter hook input priority filter; tcp dport @ports accept; }",
              "}",
              "table ip nat {",
              "  chain PREROUTING {",
              "    type nat hook prerouting priority dstnat",
              "    tcp dport 8080 redirect to :80 comment \"foreign\"",
              "  }",
              "}");
      run(kind, "nft -f " + file);
      return;
    }
    for (String program : List.of("iptables", "ip6tables")) {
      run(kind, program + " -t nat -A PREROUTING -p tcp --dport 8080 -j REDIRECT --to-ports 80");
      run(kind, program + " -t nat -N foreign");
      run(kind, program + " -t nat -A PREROUTING -j foreign");
      run(kind, program + " -A INPUT -p tcp --dport 22 -m comment --comment foreign -j ACCEPT");
      run(kind, program + " -A FORWARD -i tap1 -o tap2 -j DROP");
      run(kind, program + " -t mangle -A PREROUTING -p udp --dport 53 -j MARK --set-mark 0x7");
    }
  }

  private static void removeForeignRules(Kind kind) throws IOException {
    if (kind == Kind.NFTABLES) {
      run(kind, "nft delete table inet foreign");
      run(kind, "nft flush chain ip nat PREROUTING");
      return;
    }
    for (String program : List.of("iptables", "ip6tables")) {
      for (String table : List.of("nat", "filter", "mangle")) {
        run(kind, program + " -t " + table + " -F");
        run(kind, program + " -t " + table + " -X");
      }
    }
  }

  private static void start(Place place, int port) throws Exception {
    STARTED.add(
        RunningService.startBy(
            network.in(place),
            folder,
            Map.of("OS_DEFAULT__METADATA_LISTEN_PORT", String.valueOf(port)),
            "--config-file",
            serviceConf.toString()));
  }

  private static Path conf(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }
}
