// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.novacompat.metadata.instance.Instance.Part;

/**
 * Builds instances for tests: a plain one to start from ({@link #typical}), and a method for each
 * thing that a test wants otherwise. A null stands for a NULL column.
 */
public final class Instances {
  /** The UUID of every built instance that does not ask for another. */
  public static final String UUID = "6f70656e-7374-4163-8000-000000000001";

  private String uuid = UUID;
  private Optional<String> projectId = Optional.of("project-1");
  private Optional<String> hostname = Optional.of("vm-1");
  private Optional<String> displayName = Optional.of("vm-1");
  private Optional<Integer> launchIndex = Optional.of(0);
  private Optional<String> availabilityZone = Optional.of("nova");
  private Optional<String> reservationId = Optional.of("r-00000001");
  private Optional<String> imageRef = Optional.of("00000000-0000-0000-0000-000000000001");
  private Optional<String> keyName = Optional.of("mykey");
  private Optional<String> keyData = Optional.of("ssh-ed25519 AAAA user@host\n");
  private Optional<KeyPair> keyPair =
      Optional.of(new KeyPair("mykey", "ssh", Optional.of("ssh-ed25519 AAAA user@host\n")));
  private Optional<String> flavorName = Optional.of("m1.small");
  private Ec2Ids ec2Ids =
      new Ec2Ids("i-00000001", Optional.of("ami-00000001"), Optional.empty(), Optional.empty());
  private BlockDevices blockDevices =
      new BlockDevices(Optional.of("/dev/vda"), Optional.empty(), Optional.empty(), List.of());
  private Optional<UserData> userData =
      Optional.of(new UserData("#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII)));
  private Map<String, Optional<String>> metadata = Map.of("role", Optional.of("webserver"));
  private Map<String, String> customMetadata = Map.of();
  private Optional<String> password = Optional.empty();
  private List<Device> devices = List.of();
  private List<Integer> dedicatedCpus = List.of();
  private List<Vif> vifs = List.of();
  private Set<Part> unreadable = Set.of();

  private Instances() {}

  /** Starts with an instance that has a key, a flavor and user data, and no network. */
  public static Instances typical() {
    return new Instances();
  }

  public Instances uuid(String value) {
    uuid = value;
    return this;
  }

  public Instances projectId(String value) {
    projectId = Optional.ofNullable(value);
    return this;
  }

  public Instances hostname(String value) {
    hostname = Optional.ofNullable(value);
    return this;
  }

  public Instances displayName(String value) {
    displayName = Optional.ofNullable(value);
    return this;
  }

  public Instances launchIndex(Integer value) {
    launchIndex = Optional.ofNullable(value);
    return this;
  }

  public Instances availabilityZone(String value) {
    availabilityZone = Optional.ofNullable(value);
    return this;
  }

  public Instances reservationId(String value) {
    reservationId = Optional.ofNullable(value);
    return this;
  }

  public Instances imageRef(String value) {
    imageRef = Optional.ofNullable(value);
    return this;
  }

  /** Sets the columns that EC2 shows; the key pair is another matter. */
  public Instances key(String name, String data) {
    keyName = Optional.ofNullable(name);
    keyData = Optional.ofNullable(data);
    return this;
  }

  public Instances keyPair(KeyPair value) {
    keyPair = Optional.ofNullable(value);
    return this;
  }

  public Instances flavorName(String value) {
    flavorName = Optional.ofNullable(value);
    return this;
  }

  public Instances ec2Ids(Ec2Ids value) {
    ec2Ids = value;
    return this;
  }

  public Instances blockDevices(BlockDevices value) {
    blockDevices = value;
    return this;
  }

  public Instances userData(byte[] value) {
    userData = Optional.ofNullable(value).map(UserData::new);
    return this;
  }

  /** Sets the metadata: names and values in turn. */
  public Instances metadata(String... namesAndValues) {
    Map<String, Optional<String>> pairs = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      pairs.put(namesAndValues[i], Optional.ofNullable(namesAndValues[i + 1]));
    }
    metadata = pairs;
    return this;
  }

  /** Sets what nova's table cannot hold: names and JSON texts in turn. */
  public Instances customMetadata(String... namesAndValues) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      pairs.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    customMetadata = pairs;
    return this;
  }

  public Instances password(String value) {
    password = Optional.ofNullable(value);
    return this;
  }

  public Instances devices(Device... values) {
    devices = List.of(values);
    return this;
  }

  public Instances dedicatedCpus(Integer... values) {
    dedicatedCpus = List.of(values);
    return this;
  }

  public Instances vifs(Vif... values) {
    vifs = List.of(values);
    return this;
  }

  public Instances unreadable(Part... parts) {
    unreadable = Set.of(parts);
    return this;
  }

  public Instance build() {
    return new Instance(
        uuid,
        projectId,
        Optional.of("user-1"),
        hostname,
        displayName,
        launchIndex,
        availabilityZone,
        reservationId,
        imageRef,
        keyName,
        keyData,
        keyPair,
        flavorName,
        ec2Ids,
        blockDevices,
        userData,
        metadata,
        customMetadata,
        password,
        devices,
        dedicatedCpus,
        vifs,
        unreadable);
  }

  /** Builds VIFs on one network, by the same rules. */
  public static final class VifBuilder {
    private Optional<String> id = Optional.of("port-1");
    private Optional<String> type = Optional.of("ovs");
    private Optional<String> deviceName = Optional.of("tap1");
    private Optional<Integer> mtu = Optional.of(1450);
    private boolean injected;
    private final List<Vif.Subnet> subnets = new ArrayList<>();

    private VifBuilder() {}

    /** Starts with a plain VIF on a network with these subnets. */
    public static VifBuilder on(SubnetBuilder... subnets) {
      VifBuilder builder = new VifBuilder();
      for (SubnetBuilder subnet : subnets) {
        builder.subnets.add(subnet.build());
      }
      return builder;
    }

    public VifBuilder id(String value) {
      id = Optional.ofNullable(value);
      return this;
    }

    public VifBuilder type(String value) {
      type = Optional.ofNullable(value);
      return this;
    }

    public VifBuilder deviceName(String value) {
      deviceName = Optional.ofNullable(value);
      return this;
    }

    public VifBuilder mtu(Integer value) {
      mtu = Optional.ofNullable(value);
      return this;
    }

    public VifBuilder injected() {
      injected = true;
      return this;
    }

    public Vif build() {
      return new Vif(
          id,
          Optional.of("fa:16:3e:00:00:01"),
          type,
          deviceName,
          Optional.of(new Vif.Network(Optional.of("network-1"), mtu, injected, subnets)));
    }
  }

  /** Builds subnets, by the same rules. */
  public static final class SubnetBuilder {
    private final int version;
    private Optional<String> cidr;
    private Optional<String> gateway;
    private List<Optional<String>> dns;
    private List<Vif.FixedIp> ips;
    private final List<Vif.Route> routes = new ArrayList<>();
    private Optional<String> dhcpServer = Optional.empty();
    private boolean enableDhcp;
    private Optional<String> ipv6AddressMode = Optional.empty();

    private SubnetBuilder(int version, String cidr, String gateway, String address) {
      this.version = version;
      this.cidr = Optional.of(cidr);
      this.gateway = Optional.of(gateway);
      this.ips = List.of(new Vif.FixedIp(Optional.of(address), version, List.of()));
    }

    /** Starts with an IPv4 subnet with a gateway, two name servers and one address. */
    public static SubnetBuilder v4() {
      return new SubnetBuilder(4, "10.0.0.0/24", "10.0.0.1", "10.0.0.5")
          .dns("192.0.2.53", "192.0.2.54");
    }

    /** Starts with an IPv6 subnet with a gateway, a name server and one address. */
    public static SubnetBuilder v6() {
      return new SubnetBuilder(6, "2001:db8::/64", "2001:db8::1", "2001:db8::5")
          .dns("2001:db8::53");
    }

    public SubnetBuilder cidr(String value) {
      cidr = Optional.ofNullable(value);
      return this;
    }

    public SubnetBuilder gateway(String value) {
      gateway = Optional.ofNullable(value);
      return this;
    }

    public SubnetBuilder dns(String... values) {
      dns = new ArrayList<>();
      for (String value : values) {
        dns.add(Optional.ofNullable(value));
      }
      return this;
    }

    public SubnetBuilder ips(Vif.FixedIp... values) {
      ips = List.of(values);
      return this;
    }

    public SubnetBuilder route(String destination, String nextHop) {
      routes.add(new Vif.Route(Optional.ofNullable(destination), Optional.ofNullable(nextHop)));
      return this;
    }

    public SubnetBuilder dhcpServer(String value) {
      dhcpServer = Optional.ofNullable(value);
      return this;
    }

    public SubnetBuilder enableDhcp() {
      enableDhcp = true;
      return this;
    }

    public SubnetBuilder ipv6AddressMode(String value) {
      ipv6AddressMode = Optional.ofNullable(value);
      return this;
    }

    Vif.Subnet build() {
      return new Vif.Subnet(
          cidr,
          version,
          gateway,
          dns,
          ips,
          List.copyOf(routes),
          dhcpServer,
          enableDhcp,
          ipv6AddressMode);
    }
  }
}
