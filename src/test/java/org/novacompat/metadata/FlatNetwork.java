// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A flat network without a metadata agent, of network namespaces: a host with the bridge br100, two
 * guests on that bridge whose gateway is the host, and behind the host another one. Nothing outside
 * of these namespaces is touched, and they are gone when it is closed or the JVM ends.
 */
final class FlatNetwork implements AutoCloseable {
  static final String BRIDGE = "br100";
  static final String HOST_ADDRESS = "192.0.2.1";
  static final String OTHER_HOST_ADDRESS = "198.51.100.2";
  private static final String HOST_ADDRESS6 = "2001:db8:100::1";
  private static final long LONGEST_COMMAND_SECONDS = 60;

  private final String prefix =
      "nc-nat-" + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 24)) + "-";
  private final Thread hook = new Thread(this::delete, "namespaces");

  /**
   * What a command did.
   *
   * @param status its exit status
   * @param output what it wrote to both of its outputs
   */
  record Outcome(int status, String output) {}

  /** One of the namespaces. */
  enum Place {
    HOST,
    FIRST_GUEST,
    SECOND_GUEST,
    OTHER_HOST
  }

  /** A guest, by its fixed addresses and the MAC address that the demo's rows give it. */
  record Guest(Place place, String mac, String address, String address6) {
    static final Guest FIRST =
        new Guest(Place.FIRST_GUEST, "fa:16:3e:0a:00:01", "192.0.2.11", "2001:db8:100::11");
    static final Guest SECOND =
        new Guest(Place.SECOND_GUEST, "fa:16:3e:0a:00:04", "192.0.2.12", "2001:db8:100::12");
  }

  private FlatNetwork() {}

  /**
   * Builds it.
   *
   * @throws IOException when this machine does not let us; the message says why
   */
  static FlatNetwork build() throws IOException {
    FlatNetwork network = new FlatNetwork();
    Runtime.getRuntime().addShutdownHook(network.hook);
    try {
      network.addNamespaces();
      network.addHost();
      network.addGuest(Guest.FIRST);
      network.addGuest(Guest.SECOND);
      network.addOtherHost();
      return network;
    } catch (IOException e) {
      network.close();
      throw e;
    }
  }

  /** The words before a command that is to run in a namespace. */
  List<String> in(Place place) {
    return List.of("ip", "netns", "exec", name(place));
  }

  /** Runs a command in a namespace, words separated by spaces; it must succeed. */
  String run(Place place, String command) throws IOException {
    return succeed(Stream.concat(in(place).stream(), Stream.of(command.split(" "))).toList());
  }

  /** Runs a command in a namespace, however it ends. */
  Outcome attempt(Place place, Map<String, String> environment, List<String> command)
      throws IOException {
    return execute(environment, Stream.concat(in(place).stream(), command.stream()).toList());
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    delete();
  }

  private void addNamespaces() throws IOException {
    for (Place place : Place.values()) {
      succeed(List.of("ip", "netns", "add", name(place)));
      run(place, "ip link set lo up");
    }
  }

  private void addHost() throws IOException {
    run(Place.HOST, "ip link add " + BRIDGE + " type bridge");
    run(Place.HOST, "ip link set " + BRIDGE + " up");
    run(Place.HOST, "ip address add " + HOST_ADDRESS + "/24 dev " + BRIDGE);
    run(Place.HOST, "ip address add " + HOST_ADDRESS6 + "/64 dev " + BRIDGE + " nodad");
    run(Place.HOST, "sysctl -q -w net.ipv4.ip_forward=1");
  }

  private void addGuest(Guest guest) throws IOException {
    String port = "tap" + guest.place().ordinal();
    link(port, guest.place());
    run(Place.HOST, "ip link set " + port + " master " + BRIDGE);
    run(guest.place(), "ip link set eth0 down address " + guest.mac());
    run(guest.place(), "ip link set eth0 addrgenmode eui64 up");
    run(guest.place(), "ip address add " + guest.address() + "/24 dev eth0");
    run(guest.place(), "ip address add " + guest.address6() + "/64 dev eth0 nodad");
    run(guest.place(), "ip route add default via " + HOST_ADDRESS);
  }

  private void addOtherHost() throws IOException {
    link("up0", Place.OTHER_HOST);
    run(Place.HOST, "ip address add 198.51.100.1/24 dev up0");
    run(Place.OTHER_HOST, "ip address add " + OTHER_HOST_ADDRESS + "/24 dev eth0");
    run(Place.OTHER_HOST, "ip route add default via 198.51.100.1");
  }

  /** A cable from the host to the interface eth0 of another namespace. */
  private void link(String port, Place place) throws IOException {
    run(Place.HOST, "ip link add " + port + " type veth peer name eth0 netns " + name(place));
    run(Place.HOST, "ip link set " + port + " up");
    run(place, "ip link set eth0 up");
  }

  private void delete() {
    for (Place place : Place.values()) {
      try {
        execute(Map.of(), List.of("ip", "netns", "delete", name(place)));
      } catch (IOException e) {
        System.getLogger(FlatNetwork.class.getName())
            .log(System.Logger.Level.WARNING, "a namespace stays: {0}", name(place));
      }
    }
  }

  private String name(Place place) {
    return prefix + place.ordinal();
  }

  private static String succeed(List<String> command) throws IOException {
    Outcome outcome = execute(Map.of(), command);
    if (outcome.status() != 0) {
      throw new IOException(String.join(" ", command) + ": " + outcome.output().strip());
    }
    return outcome.output();
  }

  private static Outcome execute(Map<String, String> environment, List<String> command)
      throws IOException {
    Path output = Files.createTempFile("nat", ".out");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(new ArrayList<>(command))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST_COMMAND_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(String.join(" ", command) + " does not end");
      }
      return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(output);
    }
  }
}
