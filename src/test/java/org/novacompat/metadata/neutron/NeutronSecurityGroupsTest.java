// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.Conf;
import org.novacompat.metadata.keystone.FakeOpenStack;
import org.novacompat.metadata.keystone.ServiceClient;
import org.novacompat.metadata.keystone.WaitTimes;
import org.novacompat.metadata.tree.SecurityGroups;

class NeutronSecurityGroupsTest {
  private static final String WEB = "1227b4f6-7979-4bf9-bd8f-9de676ab31c5";
  private static final String DB = "21cbd9ee-284d-441b-a825-a0d369e3f481";
  private static final String RECORDED = "4462ebfc-5f91-4ef0-9cfb-ac6e7687a66e";
  private static final int STORM = 500;
  private static final int REQUEST_THREADS = 32;

  private FakeOpenStack cloud;
  private Neutron neutron;

  @BeforeEach
  void startTheCloud() throws Exception {
    cloud = FakeOpenStack.start();
    neutron =
        Neutron.open(Conf.of("[DEFAULT]\nmetadata_workers = 64\n" + cloud.novaConf()))
            .orElseThrow();
  }

  @AfterEach
  void stopTheCloud() {
    neutron.close();
    cloud.close();
  }

  @Test
  void namesAreThoseThatWereRecorded() throws Exception {
    assertEquals(List.of("web", "db"), groups(RECORDED));
    assertEquals(2, cloud.asked().size(), cloud.asked().toString());
    assertEquals(
        "/networking/v2.0/ports?device_id="
            + RECORDED
            + "&fields=id&fields=device_id&fields=security_groups",
        cloud.asked().get(0));
    assertEquals(
        "/networking/v2.0/security-groups?id=" + WEB + "&id=" + DB + "&fields=id&fields=name",
        cloud.asked().get(1));
  }

  @Test
  void anotherSectionOfNovaConfMayLogIn() throws Exception {
    neutron.close();
    neutron =
        Neutron.open(
                Conf.of(
                    "[neutron]\nauth_section = keystone_authtoken\ntimeout = 1.5\n"
                        + cloud.novaConf().replace("[neutron]", "[keystone_authtoken]")))
            .orElseThrow();
    assertEquals(List.of("web", "db"), groups(RECORDED));
  }

  @Test
  void groupsAreInTheOrderOfPortsAndARepeatedOneIsRepeated() throws Exception {
    cloud.addPort(uuid(1), "10.0.0.1", DB, WEB);
    cloud.addPort(uuid(1), "10.0.0.2", WEB);

    assertEquals(List.of("db", "web", "web"), groups(uuid(1)));
  }

  @Test
  void aGroupWithoutANameShowsItsIdAndAnUnknownOneNothing() throws Exception {
    cloud.addGroup("nameless", "");
    cloud.addPort(uuid(1), "10.0.0.1", "nameless", "unknown", WEB);

    assertEquals(List.of("nameless", "web"), groups(uuid(1)));
  }

  @Test
  void anInstanceWithoutPortsOrWithoutGroupsIsInNone() throws Exception {
    cloud.addPort(uuid(2), "10.0.0.1");

    assertEquals(List.of(), groups(uuid(1)));
    assertEquals(List.of(), groups(uuid(2)));
    assertEquals(2, cloud.asked().size(), "no group, so no groups are asked for");
  }

  @Test
  void longListsAreReadToTheEnd() throws Exception {
    cloud.pageSize(1);
    cloud.addPort(uuid(1), "10.0.0.1", DB, WEB);
    cloud.addPort(uuid(1), "10.0.0.2", WEB);

    assertEquals(List.of("db", "web", "web"), groups(uuid(1)));
  }

  @Test
  void anAnswerIsBelievedUntilItExpires() throws Exception {
    SecurityGroups groups = neutron.securityGroups(Duration.ofMillis(400), Duration.ZERO);
    cloud.addPort(uuid(1), "10.0.0.1", WEB);
    groups.namesOf(instance(1));
    groups.namesOf(instance(1));
    assertEquals(2, cloud.asked().size());
    Thread.sleep(500);
    groups.namesOf(instance(1));
    assertEquals(4, cloud.asked().size());
  }

  @Test
  void withoutExpiryNothingIsKept() throws Exception {
    SecurityGroups groups = neutron.securityGroups(Duration.ZERO, Duration.ZERO);
    cloud.addPort(uuid(1), "10.0.0.1", WEB);
    groups.namesOf(instance(1));
    groups.namesOf(instance(1));
    assertEquals(4, cloud.asked().size());
  }

  @Test
  void aStormOfColdGuestsCostsTensOfCalls() throws Exception {
    for (int i = 0; i < STORM; i++) {
      cloud.addPort(uuid(i), "10.1." + i / 250 + "." + i % 250, i % 2 == 0 ? WEB : DB);
    }
    long start = System.nanoTime();
    assertStormIsAnswered(REQUEST_THREADS);
    long calls = cloud.asked().size();
    System.out.println(
        STORM
            + " cold guests, "
            + REQUEST_THREADS
            + " at a time: "
            + calls
            + " calls to Neutron in "
            + Duration.ofNanos(System.nanoTime() - start).toMillis()
            + " ms");
    assertTrue(calls <= 80, calls + " calls");
    assertEquals(1, cloud.logins().size());
  }

  @Test
  void whatArrivesTogetherFillsUrlsAndNoUrlIsTooLong() throws Exception {
    for (int i = 0; i < STORM; i++) {
      cloud.addPort(uuid(i), "10.1." + i / 250 + "." + i % 250, i % 2 == 0 ? WEB : DB);
    }
    assertStormIsAnswered(STORM);
    int longest = cloud.asked().stream().mapToInt(String::length).max().orElseThrow();
    assertTrue(longest <= 8192, longest + " characters");
    assertTrue(longest > 4096, longest + " characters");
    assertTrue(cloud.asked().size() <= 20, cloud.asked().size() + " calls");
  }

  @Test
  void whoAsksAgainAtOnceUsesUpOneRefusalASecond() throws Exception {
    cloud.stop();
    AtomicLong now = new AtomicLong();
    try (ServiceClient client =
        new ServiceClient(
            "Neutron",
            Conf.of(cloud.novaConf()),
            Catalogue.NEUTRON,
            0,
            NeutronApi.VERSION,
            WaitTimes.of(Optional.empty()))) {
      SecurityGroups groups =
          new NeutronSecurityGroups(client, Duration.ZERO, Duration.ZERO, now::get);
      for (int second = 0; second < 3; second++) {
        for (int i = 0; i < 5; i++) {
          assertThrows(StoreUnavailableException.class, () -> groups.namesOf(instance(1)));
        }
        now.addAndGet(Duration.ofSeconds(1).toNanos());
      }
      assertEquals(List.of(), groups.namesOf(instance(1)));
    }
  }

  private void assertStormIsAnswered(int threads) throws Exception {
    SecurityGroups groups = neutron.securityGroups(Duration.ofSeconds(15), Duration.ZERO);
    ExecutorService guests = Executors.newFixedThreadPool(threads);
    try {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<List<String>>> answers = new ArrayList<>();
      for (int i = 0; i < STORM; i++) {
        Instance instance = instance(i);
        answers.add(
            guests.submit(
                () -> {
                  start.await();
                  return groups.namesOf(instance);
                }));
      }
      start.countDown();
      for (int i = 0; i < STORM; i++) {
        assertEquals(List.of(i % 2 == 0 ? "web" : "db"), answers.get(i).get());
      }
    } finally {
      guests.shutdownNow();
    }
  }

  private List<String> groups(String uuid) throws Exception {
    return neutron
        .securityGroups(Duration.ofSeconds(15), Duration.ZERO)
        .namesOf(Instances.typical().uuid(uuid).build());
  }

  private static Instance instance(int number) {
    return Instances.typical().uuid(uuid(number)).build();
  }

  private static String uuid(int number) {
    return "0a0a0a0a-0000-4000-8000-%012d".formatted(number);
  }
}
