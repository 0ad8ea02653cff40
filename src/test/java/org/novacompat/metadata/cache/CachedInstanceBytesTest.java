// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.Ec2Ids;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.KeyPair;
import org.novacompat.metadata.instance.UserData;
import org.novacompat.metadata.instance.Vif;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Guest;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.InstanceDocuments;
import org.novacompat.metadata.tree.Lookup;
import org.novacompat.metadata.tree.Route;
import org.novacompat.metadata.tree.VendorDocuments;
import org.openjdk.jol.info.GraphLayout;

/**
 * What a cached instance takes in memory, with the documents that guests asked for, counted object
 * by object. The cloud has a project for every 25 instances with a few users, each with an RSA key
 * of 2,048 bits; an instance has one interface and two items of metadata.
 */
class CachedInstanceBytesTest {
  static {
    System.setProperty("jol.magicFieldOffset", "true"); // records hide where their fields are
    System.setProperty("jol.tryWithSudo", "false");
  }

  private static final int FEW = 200;
  private static final int MANY = 1_200;
  private static final double TOLERANCE = 0.25;

  /** What guests ask for again and again. */
  private static final List<String> EVERYDAY =
      List.of(
          "/openstack/latest/meta_data.json",
          "/openstack/latest/network_data.json",
          "/openstack/latest/vendor_data.json",
          "/openstack",
          "/latest/meta-data/",
          "/latest/meta-data/instance-id",
          "/latest/meta-data/local-ipv4",
          "/latest/meta-data/placement/availability-zone");

  /** What cloud-init reads at boot: first from the one tree, then from the other. */
  private static final List<String> AT_BOOT =
      List.of(
          "/openstack",
          "/openstack/latest/meta_data.json",
          "/openstack/latest/user_data",
          "/openstack/latest/vendor_data.json",
          "/openstack/latest/vendor_data2.json",
          "/openstack/latest/network_data.json",
          "/latest/meta-data/",
          "/latest/meta-data/ami-id",
          "/latest/meta-data/ami-launch-index",
          "/latest/meta-data/ami-manifest-path",
          "/latest/meta-data/block-device-mapping/",
          "/latest/meta-data/block-device-mapping/ami",
          "/latest/meta-data/block-device-mapping/root",
          "/latest/meta-data/hostname",
          "/latest/meta-data/instance-action",
          "/latest/meta-data/instance-id",
          "/latest/meta-data/instance-type",
          "/latest/meta-data/local-hostname",
          "/latest/meta-data/local-ipv4",
          "/latest/meta-data/placement/",
          "/latest/meta-data/placement/availability-zone",
          "/latest/meta-data/public-hostname",
          "/latest/meta-data/public-ipv4",
          "/latest/meta-data/public-keys/",
          "/latest/meta-data/public-keys/0/",
          "/latest/meta-data/public-keys/0/openssh-key",
          "/latest/meta-data/reservation-id",
          "/latest/meta-data/security-groups",
          "/latest/user-data");

  /**
   * A measurement.
   *
   * @param bytes what an instance takes
   * @param estimate what the cache takes it for
   */
  private record Footprint(double bytes, double estimate) {
    static Footprint of(List<String> paths, int userData) throws Exception {
      Footprint few = ofAll(FEW, paths, userData);
      Footprint many = ofAll(MANY, paths, userData);
      int more = MANY - FEW;
      Footprint each =
          new Footprint((many.bytes - few.bytes) / more, (many.estimate - few.estimate) / more);
      System.out.printf("%d paths, %d bytes of user data: %s%n", paths.size(), userData, each);
      return each;
    }

    private static Footprint ofAll(int instances, List<String> paths, int userData)
        throws Exception {
      GuestTrees trees =
          Guest.settings("novalocal", "2025-04-04", Clock.systemUTC())
              .trees(new Vendor(), instance -> List.of("default"));
      InstanceCache cache =
          new InstanceCache(
              uuid -> Optional.of(instance(uuid, userData)),
              new CacheSettings(Duration.ofHours(1), Duration.ofHours(1), Integer.MAX_VALUE));
      for (int i = 0; i < instances; i++) {
        String uuid = new UUID(1, i).toString();
        for (String path : paths) {
          read(cache.find(uuid).orElseThrow(), trees.route(path));
        }
        cache.find(uuid);
      }
      cache.close(); // from a thread one gets to class loaders, which grow
      return new Footprint(
          GraphLayout.parseInstance(cache).totalSize(), cache.statistics().getBytes());
    }

    void assertEstimated() {
      assertEquals(bytes, estimate, TOLERANCE * bytes);
    }
  }

  @Test
  void isEstimatedAfterADayOfQuestions() throws Exception {
    Footprint.of(EVERYDAY, 0).assertEstimated();
  }

  @Test
  void isEstimatedAfterABoot() throws Exception {
    Footprint.of(AT_BOOT, 0).assertEstimated();
  }

  @Test
  void isEstimatedWithItsUserData() throws Exception {
    Footprint.of(AT_BOOT, 16_000).assertEstimated();
  }

  private static void read(InstanceDocuments documents, Route route) {
    Lookup answer = documents.find(route, Optional.empty());
    if (answer instanceof Document document) {
      try {
        document.writeTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** An id that is the same every time; a kind's ids differ from those of other kinds. */
  private static String id(int kind, int number) {
    return UUID.nameUUIDFromBytes((kind + "/" + number).getBytes(StandardCharsets.US_ASCII))
        .toString();
  }

  /** Every text is a new object, as it is when it was read from a database. */
  private static Optional<String> text(String text) {
    return Optional.of(new StringBuilder(text).toString());
  }

  private static Instance instance(String uuid, int userData) {
    int number = (int) UUID.fromString(uuid).getLeastSignificantBits();
    int project = number / 25;
    int user = 3 * project + number % 3;
    String key = "ssh-rsa AAAAB3NzaC1yc2E" + (id(1, user) + "/").repeat(10).substring(0, 349);
    return new Instance(
        new StringBuilder(uuid).toString(),
        text(id(2, project).replace("-", "")),
        text(id(3, user).replace("-", "")),
        text("web-server-" + number),
        text("web-server-" + number),
        Optional.of(0),
        text("nova"),
        text("r-%08x".formatted(number)),
        text(id(4, number % 20)),
        text("laptop"),
        text(key + " user@example.org"),
        Optional.of(new KeyPair("laptop", "ssh", text(key + " user@example.org"))),
        text("m1.small"),
        new Ec2Ids(
            "i-%08x".formatted(number),
            text("ami-%08x".formatted(number % 20)),
            Optional.empty(),
            Optional.empty()),
        new BlockDevices(
            text("/dev/vda"),
            Optional.empty(),
            Optional.empty(),
            List.of(
                new BlockDevices.Mapping(
                    text("image"), text("local"), Optional.empty(), text("/dev/vda")))),
        userData == 0 ? Optional.empty() : Optional.of(new UserData(new byte[userData])),
        metadata(number),
        Map.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(vif(number, project)),
        Set.of());
  }

  private static Map<String, Optional<String>> metadata(int number) {
    Map<String, Optional<String>> metadata = new LinkedHashMap<>();
    metadata.put(text("role").get(), text("webserver"));
    metadata.put(text("ordinal").get(), text("number " + number));
    return Collections.unmodifiableMap(metadata);
  }

  private static Vif vif(int number, int project) {
    String port = id(5, number);
    String mac = "fa:16:3e:00:%02x:%02x".formatted(number >> 8, number & 0xff);
    String address = "10.0.%d.%d".formatted(number >> 8, number & 0xff);
    List<String> floating =
        number % 3 == 0 ? List.of("203.0.113.%d".formatted(number & 0xff)) : List.of();
    Vif.Subnet subnet =
        new Vif.Subnet(
            text("10.0.0.0/16"),
            4,
            text("10.0.0.1"),
            List.of(text("192.0.2.53"), text("192.0.2.54")),
            List.of(new Vif.FixedIp(text(address), 4, floating)),
            List.of(new Vif.Route(text("192.168.7.0/24"), text("10.0.0.254"))),
            text("10.0.0.2"),
            false,
            Optional.empty());
    return new Vif(
        text(port),
        text(mac),
        text("ovs"),
        text("tap" + port.substring(0, 11)),
        Optional.of(
            new Vif.Network(text(id(6, project)), Optional.of(1450), false, List.of(subnet))));
  }

  /** Vendor data that is the same for all. */
  private static final class Vendor implements VendorDocuments {
    private static final Document SAME =
        Document.of(ContentType.JSON, "{}".getBytes(StandardCharsets.US_ASCII));

    @Override
    public Lookup vendorData(Instance instance) {
      return SAME;
    }

    @Override
    public Lookup vendorData2(Instance instance) {
      return SAME;
    }
  }
}
