// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.Instances.SubnetBuilder;
import org.novacompat.metadata.instance.Instances.VifBuilder;

class InstanceDocumentsTest {
  private static final Pattern SEED = Pattern.compile("\"random_seed\": \"([^\"]*)\"");

  private final Instance instance =
      Instances.typical().vifs(VifBuilder.on(SubnetBuilder.v4()).build()).build();
  private final Guest guest = Guest.of(instance);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/latest",
        "/latest/meta-data",
        "/latest/meta-data/local-ipv4",
        "/latest/meta-data/block-device-mapping/ami",
        "/openstack/latest",
        "/openstack/latest/meta_data.json",
        "/openstack/latest/network_data.json"
      })
  void rendersADocumentOnce(String path) {
    assertSame(guest.find(path), guest.find(path));
  }

  @Test
  void keepsOnlyDocumentsForWhichThereIsRoom() {
    GuestTrees trees = Guest.trees(Guest.SETTINGS);
    InstanceDocuments documents = new InstanceDocuments(instance, UnaryOperator.identity(), 200);
    Route large = trees.route("/openstack/latest/meta_data.json");
    Route small = trees.route("/latest/meta-data/local-ipv4");
    assertNotSame(find(documents, large), find(documents, large));
    assertSame(find(documents, small), find(documents, small));
    assertNotSame(find(documents, large), find(documents, large));
  }

  private static Lookup find(InstanceDocuments documents, Route route) {
    return assertInstanceOf(Document.class, documents.find(route, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "/1.0/user-data, /ec2/latest/user-data",
    "/2007-01-19/meta-data, /2007-03-01/meta-data",
    "/2008-09-01/meta-data, /latest/meta-data",
    "/openstack/2013-04-04/meta_data.json, /openstack/2013-10-17/meta_data.json",
    "/openstack/2012-08-10/network_data.json, /openstack/latest/network_data.json",
    "/openstack/2016-10-06, /openstack/latest/version",
    "/openstack/2025-04-04/meta_data.json, /openstack/latest/meta_data.json",
  })
  void sharesADocumentBetweenVersionsThatShowTheSame(String one, String other) {
    assertSame(guest.find(one), guest.find(other));
  }

  @Test
  void keepsVersionsThatDifferApart() {
    assertNotSame(
        guest.find("/openstack/2018-08-27/meta_data.json"),
        guest.find("/openstack/2020-10-14/meta_data.json"));
  }

  @Test
  void hasAFreshSeedOf512BytesInEveryCopy() {
    String path = "/openstack/latest/meta_data.json";
    Document document = assertInstanceOf(Document.class, guest.find(path));
    String first = seed(guest.get(path));

    assertNotEquals(first, seed(guest.get(path)));
    assertEquals(512, Base64.getDecoder().decode(first).length);
    assertEquals(document.length(), Guest.bytes(document).length);
  }

  private static String seed(String json) {
    Matcher matcher = SEED.matcher(json);
    matcher.find();
    return matcher.group(1);
  }

  @Test
  void findsEverythingThatIsListed() {
    Deque<String> directories = new ArrayDeque<>(Set.of("/", "/openstack"));
    Set<String> found = new HashSet<>();
    while (!directories.isEmpty()) {
      String directory = directories.pop();
      for (String line : guest.get(directory).split("\n")) {
        String name = line.startsWith("0=") ? "0" : line.replaceAll("/$", "");
        String path = (directory + "/" + name).replace("//", "/");
        boolean isVersion = directory.equals("/") || directory.equals("/openstack");
        if (line.endsWith("/") || line.startsWith("0=") || isVersion) {
          directories.push(path);
        } else if (!path.endsWith("/vendor_data.json")) {
          assertInstanceOf(Document.class, guest.find(path), path);
          found.add(path);
        }
      }
    }

    assertEquals(true, found.contains("/latest/meta-data/public-keys/0/openssh-key"));
    assertEquals(true, found.contains("/openstack/latest/network_data.json"));
  }
}
