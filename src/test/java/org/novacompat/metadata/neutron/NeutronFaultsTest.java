// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.neutron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.Ports;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.keystone.CapturedLog;
import org.novacompat.metadata.keystone.Conf;
import org.novacompat.metadata.keystone.FakeOpenStack;
import org.novacompat.metadata.keystone.FakeOpenStack.Fault;
import org.novacompat.metadata.keystone.WaitTimes;
import org.novacompat.metadata.tree.SecurityGroups;

class NeutronFaultsTest {
  private static final Instance INSTANCE =
      Instances.typical().uuid("4462ebfc-5f91-4ef0-9cfb-ac6e7687a66e").build();
  private static final List<String> GROUPS = List.of("web", "db");

  /** Shorter than in production, so that the tests are. */
  private static final WaitTimes TIMES =
      new WaitTimes(
          Duration.ofMillis(700),
          Duration.ofSeconds(8),
          Duration.ofSeconds(2),
          Duration.ofMillis(1000));

  private static final Duration MAX_FAILURE = Duration.ofSeconds(3);
  private static final Duration AT_ONCE = Duration.ofMillis(600);
  private static final Duration MAX_RECOVERY = Duration.ofSeconds(10);

  private FakeOpenStack cloud;
  private CapturedLog log;
  private Optional<Neutron> opened = Optional.empty();

  @BeforeEach
  void startTheCloud() throws Exception {
    cloud = FakeOpenStack.start();
    cloud.lateness(Duration.ofMillis(1400));
    log = CapturedLog.start();
  }

  @AfterEach
  void stopTheCloud() {
    opened.ifPresent(Neutron::close);
    log.close();
    cloud.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SLOW", "ERROR", "BUSY", "RUBBISH", "REFUSING"})
  void neutronThatFailsCostsLittleTimeAndRecovers(Fault fault) throws Exception {
    SecurityGroups groups = groups("");
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    cloud.neutron(fault);
    assertFailsQuicklyThenAtOnce(groups);
    cloud.neutron(Fault.NONE);
    assertRecovers(groups);
    assertOneLineThenRecovery(
        "Neutron at " + cloud.neutronUrl() + " " + sentence(fault), "[neutron] ");
  }

  @ParameterizedTest
  @EnumSource(names = {"SLOW", "ERROR", "BUSY", "RUBBISH", "REFUSING"})
  void keystoneThatFailsCostsLittleTimeAndRecovers(Fault fault) throws Exception {
    cloud.keystone(fault);
    SecurityGroups groups = groups("");
    assertFailsQuicklyThenAtOnce(groups);
    cloud.keystone(Fault.NONE);
    assertRecovers(groups);
    assertOneLineThenRecovery(
        "Keystone at " + cloud.authUrl() + "/v3 ",
        fault == Fault.REFUSING
            ? "refuses the login (401); see [neutron] username, password, user_domain_name and"
                + " project_name"
            : "[neutron] auth_url");
  }

  @Test
  void keystoneThatTakesLongerThanAGuestWaitsIsLoggedInToOnce() throws Exception {
    cloud.keystone(Fault.LATE);
    SecurityGroups groups = groups("");
    assertFailsWithin(MAX_FAILURE, groups);
    assertRecovers(groups);
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    assertEquals(1, cloud.logins().size());
    assertOneLineThenRecovery(
        "Keystone at " + cloud.authUrl() + "/v3 has not answered for 0.7 s, and is waited for",
        "[neutron] auth_url and [neutron] timeout");
  }

  @Test
  void anAnswerThatTakesLongerThanAGuestWaitsIsThereForTheNextWhoAsks() throws Exception {
    groups("", waiting(TIMES.guest(), MAX_RECOVERY));
    cloud.lateness(Duration.ofMillis(2500));
    cloud.neutron(Fault.LATE);
    Ports ports = opened.orElseThrow().ports();
    List<String> addresses = List.of("10.0.3.54", "10.9.9.1", "10.9.9.2", "10.9.9.3");
    ExecutorService guests = Executors.newCachedThreadPool();
    for (String address : addresses) {
      guests.submit(() -> ports.withAddress(address));
    }
    assertThrows(StoreUnavailableException.class, () -> ports.withAddress(addresses.get(0)));
    guests.shutdown();
    long end = System.nanoTime() + MAX_RECOVERY.toNanos();
    int found = 0;
    while (found == 0) {
      try {
        found = ports.withAddress(addresses.get(0)).size();
      } catch (StoreUnavailableException e) {
        assertTrue(System.nanoTime() < end, "still failing");
        Thread.sleep(50);
      }
    }
    assertEquals(1, cloud.asked().stream().filter(url -> url.contains("10.0.3.54")).count());
  }

  @ParameterizedTest
  @EnumSource(names = {"SLOW", "ERROR"})
  void groupsThatWereKnownAreShownAsTheyWereForAWhile(Fault fault) throws Exception {
    groups("");
    SecurityGroups groups =
        opened.orElseThrow().securityGroups(Duration.ofMillis(1), Duration.ofHours(1));
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    cloud.neutron(fault);
    for (int i = 0; i < 5; i++) {
      Thread.sleep(2);
      assertEquals(GROUPS, groups.namesOf(INSTANCE));
    }
  }

  @Test
  void groupsThatWereKnownAreNotShownForLonger() throws Exception {
    groups("");
    SecurityGroups groups =
        opened.orElseThrow().securityGroups(Duration.ofMillis(1), Duration.ofMillis(1));
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    cloud.neutron(Fault.ERROR);
    Thread.sleep(10);
    assertThrows(StoreUnavailableException.class, () -> groups.namesOf(INSTANCE));
  }

  /** cloud-init asks six times, and drops the whole EC2 tree after that. */
  @Test
  void groupsThatNobodyKnowsDoNotCostCloudInitTheTree() throws Exception {
    cloud.stop();
    SecurityGroups groups = groups("");
    for (int refused = 0; refused < 3; refused++) {
      assertThrows(StoreUnavailableException.class, () -> groups.namesOf(INSTANCE));
      Thread.sleep(1000);
    }
    assertEquals(List.of(), groups.namesOf(INSTANCE));
    cloud.restart();
    assertRecovers(groups);
  }

  /** With one worker, whose 16 threads all wait for a Neutron that says nothing. */
  @Test
  void aQuarterOfTheRequestThreadsIsKeptForWhatNeedsNoNeutron() throws Exception {
    SecurityGroups groups =
        groups("[DEFAULT]\nmetadata_workers = 1\n", waiting(MAX_FAILURE, TIMES.lost()));
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    cloud.neutron(Fault.SLOW);
    ExecutorService guests = Executors.newFixedThreadPool(12);
    for (int i = 0; i < 12; i++) {
      Instance waiting = Instances.typical().uuid("waiting-" + i).build();
      guests.submit(() -> groups.namesOf(waiting));
    }
    Thread.sleep(200);
    Instance next = Instances.typical().uuid("next").build();
    long start = System.nanoTime();
    StoreUnavailableException refused =
        assertThrows(StoreUnavailableException.class, () -> groups.namesOf(next));
    assertTrue(refused.getMessage().contains("too many requests wait"), refused.getMessage());
    assertTrue(System.nanoTime() - start < MAX_FAILURE.toNanos());
    guests.shutdownNow();
  }

  @Test
  void allDownCostsLittleTimeAndRecovers() throws Exception {
    SecurityGroups groups = groups("");
    cloud.stop();
    assertFailsQuicklyThenAtOnce(groups);
    cloud.restart();
    assertRecovers(groups);
    assertOneLineThenRecovery("cannot be reached: nothing listens there", "[neutron] auth_url");
  }

  @Test
  void keystoneIsNotNeededWhileThereIsAToken() throws Exception {
    SecurityGroups groups = groups("");
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    cloud.keystone(Fault.ERROR);
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    assertEquals(List.of(), log.lines());
  }

  @Test
  void aRevokedTokenIsReplacedWithoutAFailure() throws Exception {
    SecurityGroups groups = groups("");
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    cloud.revokeTokens();
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    assertEquals(2, cloud.logins().size());
    assertEquals(List.of(), log.lines());
  }

  @Test
  void aTokenIsRenewedBeforeItEnds() throws Exception {
    cloud.tokenLifetime(Duration.ofSeconds(2));
    SecurityGroups groups = groups("");
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    Thread.sleep(1200);
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    assertEquals(2, cloud.logins().size());
  }

  @Test
  void aSlowRenewalKeepsNobodyWaitingAndIsNoFailure() throws Exception {
    cloud.tokenLifetime(Duration.ofSeconds(6));
    SecurityGroups groups = groups("");
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    Thread.sleep(3200);
    cloud.keystone(Fault.LATE);
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    Thread.sleep(1000);
    assertEquals(GROUPS, groups.namesOf(INSTANCE));
    assertEquals(1, log.lines().size(), log.lines().toString());
    String line = log.lines().get(0);
    assertTrue(line.startsWith("Neutron's token cannot be renewed yet, and is still used: "), line);
    assertTrue(line.contains("has not answered for 0.7 s"), line);
  }

  @Test
  void aCatalogueWithoutNeutronIsNamedAndOverridden() throws Exception {
    cloud.catalogType("volume");
    assertThrows(StoreUnavailableException.class, () -> groups("").namesOf(INSTANCE));
    assertEquals(
        List.of(
            "Neutron cannot be asked: Keystone's catalogue has no service of the type network in"
                + " the region RegionOne with an interface internal or public; see [neutron]"
                + " service_type, service_name, region_name, valid_interfaces and"
                + " endpoint_override"),
        log.lines());
    SecurityGroups overridden = groups("endpoint_override = " + cloud.neutronUrl() + "/v2.0/\n");
    assertEquals(GROUPS, overridden.namesOf(INSTANCE));
  }

  @Test
  void aHostThatDoesNotExistIsNamed() throws Exception {
    SecurityGroups groups =
        groups("auth_url = http://keystone.invalid:5000/v3\n", waiting(MAX_FAILURE, TIMES.lost()));
    assertThrows(StoreUnavailableException.class, () -> groups.namesOf(INSTANCE));
    assertEquals(
        List.of(
            "Neutron cannot be asked: Keystone at http://keystone.invalid:5000/v3 cannot be"
                + " reached: there is no host of that name; see [neutron] auth_url"),
        log.lines());
  }

  @Test
  void aBusyNeutronIsAskedAgainWhenConfigured() throws Exception {
    SecurityGroups groups = groups("status_code_retries = 2\nstatus_code_retry_delay = 0.05\n");
    cloud.neutron(Fault.BUSY);
    assertThrows(StoreUnavailableException.class, () -> groups.namesOf(INSTANCE));
    assertEquals(3, cloud.asked().size());
  }

  @Test
  void withoutAuthenticationNobodyIsLoggedIn() throws Exception {
    opened =
        Neutron.open(
            Conf.of(
                "[neutron]\nauth_type = admin_token\ntoken = token-1\nendpoint = "
                    + cloud.neutronUrl()
                    + "\n"));
    assertEquals(
        GROUPS,
        opened.orElseThrow().securityGroups(Duration.ZERO, Duration.ZERO).namesOf(INSTANCE));
    assertEquals(List.of(), cloud.logins());
  }

  @Test
  void withoutConfigurationNeutronIsNotAsked() {
    assertEquals(
        Optional.empty(), Neutron.open(Conf.of("[neutron]\nservice_metadata_proxy = true\n")));
  }

  @Test
  void secretsAreNotLogged() throws Exception {
    cloud.keystone(Fault.REFUSING);
    SecurityGroups groups = groups("");
    StoreUnavailableException failure =
        assertThrows(StoreUnavailableException.class, () -> groups.namesOf(INSTANCE));
    String all = log.lines() + failure.toString();
    assertFalse(all.contains("pa55word"), all);
  }

  private static WaitTimes waiting(Duration guest, Duration lost) {
    return new WaitTimes(guest, TIMES.question(), lost, TIMES.pause());
  }

  private SecurityGroups groups(String options) {
    return groups(options, TIMES);
  }

  private SecurityGroups groups(String options, WaitTimes times) {
    opened.ifPresent(Neutron::close);
    opened = Neutron.open(Conf.of(cloud.novaConf() + options), times);
    return opened.orElseThrow().securityGroups(Duration.ZERO, Duration.ZERO);
  }

  private static void assertFailsQuicklyThenAtOnce(SecurityGroups groups) {
    assertFailsWithin(MAX_FAILURE, groups);
    assertFailsWithin(MAX_FAILURE, groups);
    assertFailsWithin(AT_ONCE, groups);
  }

  private static void assertFailsWithin(Duration longest, SecurityGroups groups) {
    long start = System.nanoTime();
    assertNotKnown(groups);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(longest) <= 0, "took " + took);
  }

  /** Refused at first, and in no group for a guest that has been refused for a while. */
  private static void assertNotKnown(SecurityGroups groups) {
    try {
      assertEquals(List.of(), groups.namesOf(INSTANCE));
    } catch (StoreUnavailableException e) {
      assertTrue(e.getMessage().startsWith("Neutron "), e.getMessage());
    }
  }

  private static void assertRecovers(SecurityGroups groups) throws Exception {
    long end = System.nanoTime() + MAX_RECOVERY.toNanos();
    while (!isKnown(groups)) {
      assertTrue(System.nanoTime() < end, "still failing");
      Thread.sleep(100);
    }
  }

  private static boolean isKnown(SecurityGroups groups) {
    try {
      return groups.namesOf(INSTANCE).equals(GROUPS);
    } catch (StoreUnavailableException e) {
      return false;
    }
  }

  private void assertOneLineThenRecovery(String what, String options) {
    assertEquals(2, log.lines().size(), log.lines().toString());
    String first = log.lines().get(0);
    assertTrue(first.startsWith("Neutron cannot be asked: "), first);
    assertTrue(first.contains(what), first);
    assertTrue(first.contains(options), first);
    assertEquals("Neutron can be asked again", log.lines().get(1));
  }

  private static String sentence(Fault fault) {
    return switch (fault) {
      case SLOW -> "has not answered for 0.7 s, and is waited for in the background for up to 8 s";
      case ERROR -> "answers 500";
      case BUSY -> "answers 503";
      case REFUSING -> "refuses the token (401)";
      default -> "does not answer as it should";
    };
  }
}
