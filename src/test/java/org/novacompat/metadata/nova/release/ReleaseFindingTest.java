// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.nova.release.ReleaseTrace.Services;
import org.novacompat.metadata.tree.openstack.OpenStackTree;

class ReleaseFindingTest {
  private static final Optional<ReleaseTrace> NO_API = Optional.empty();

  private static Services heard(String binary, int version, int number) {
    return new Services(binary, version, number, number);
  }

  private static Services notHeard(String binary, int version, int number) {
    return new Services(binary, version, number, 0);
  }

  private static ReleaseTrace cell(String revision, Services... services) {
    return new ReleaseTrace(
        "cell 1", List.of(services), Optional.empty(), Optional.ofNullable(revision));
  }

  private static Optional<ReleaseTrace> api(String revision) {
    return Optional.of(
        new ReleaseTrace("[api_database]", List.of(), Optional.empty(), Optional.of(revision)));
  }

  private static ReleaseFinding of(ReleaseTrace... cells) {
    return ReleaseFinding.of(NO_API, List.of(cells));
  }

  @Test
  void isTheReleaseOfAllServicesWhereTheyAreAlike() {
    ReleaseFinding found =
        of(
            cell("13863f4e1612", heard("nova-conductor", 67, 2)),
            cell("13863f4e1612", heard("nova-compute", 67, 11)));
    assertEquals(ApiRelease.CARACAL, found.release());
    assertEquals(
        "13 services (nova-compute, nova-conductor) have version 67, cell schema 13863f4e1612",
        found.why());
    assertTrue(found.isCertain());
  }

  @Test
  void isTheOlderServicesAmidstAnUpgrade() {
    ReleaseFinding found =
        of(
            cell("13863f4e1612", heard("nova-conductor", 67, 3)),
            cell("13863f4e1612", heard("nova-compute", 64, 1), heard("nova-compute", 67, 8)));
    assertEquals(ApiRelease.ZED, found.release());
    assertEquals(
        "1 of 12 services (nova-compute) has version 64, the others are newer, cell schema"
            + " 13863f4e1612",
        found.why());
  }

  @Test
  void isTheReleaseWhoseSchemaIsThereWhereServicesTellOfTwo() {
    Services services = heard("nova-conductor", 66, 1);
    assertEquals(ApiRelease.ANTELOPE, of(cell("960aac0e09ea", services)).release());
    assertEquals(ApiRelease.BOBCAT, of(cell("1acf2c98e646", services)).release());
    assertEquals(ApiRelease.ANTELOPE, of(cell("13863f4e1612", services)).release());
    assertEquals(ApiRelease.ANTELOPE, of(cell(null, services)).release());
    assertEquals(
        ApiRelease.BOBCAT,
        ReleaseFinding.of(api("cdeec0c85668"), List.of(cell(null, services))).release());
  }

  @Test
  void guestsCannotTellReleasesApartThatServicesDoNotTellApart() {
    for (int version = 40; version <= 73; version++) {
      ReleaseMark.Range range = ReleaseMark.ofServices(version).orElseThrow();
      assertEquals(shown(range.oldest()), shown(range.newest()));
    }
  }

  private static String shown(ApiRelease release) {
    return OpenStackTree.newestVersionOf(release.nova())
        + release.showsNetworksAsBeforeZed()
        + release.readsUseForwardedFor()
        + release.shipsProxyHeadersFilter();
  }

  @Test
  void isNoneNewerThanTheSchemaAllows() {
    ReleaseFinding found = of(cell("ccb0fa1a2252", heard("nova-compute", 68, 1)));
    assertEquals(ApiRelease.ZED, found.release());
    assertEquals(
        "1 service (nova-compute) has version 68, cell schema ccb0fa1a2252, and the schema is older"
            + " than they are",
        found.why());
    assertEquals(
        ApiRelease.ANTELOPE,
        ReleaseFinding.of(api("b30f573d3377"), List.of(cell(null, heard("nova-compute", 68, 1))))
            .release());
  }

  @Test
  void aCellWhoseSchemaWasLeftBehindSaysNothing() {
    assertEquals(
        ApiRelease.CARACAL,
        of(cell("16f1fbcab42b"), cell("13863f4e1612", heard("nova-compute", 67, 1))).release());
  }

  @Test
  void aServiceThatWasNotHeardOfForADayDoesNotCountWhereOthersWere() {
    assertEquals(
        ApiRelease.EPOXY,
        of(cell(
                "2903cd72dc14",
                notHeard("nova-compute", 61, 2),
                heard("nova-compute", 68, 5),
                notHeard("nova-consoleauth", 30, 1)))
            .release());
    assertEquals(
        ApiRelease.YOGA,
        of(cell("2903cd72dc14", notHeard("nova-compute", 61, 2), notHeard("nova-compute", 68, 5)))
            .release());
  }

  @Test
  void theRowsThatApisLeaveBehindCountOnlyWhereThereAreNoOthers() {
    assertEquals(
        ApiRelease.EPOXY,
        of(cell(
                "2903cd72dc14",
                heard("nova-metadata", 61, 1),
                heard("nova-osapi_compute", 61, 1),
                heard("nova-scheduler", 68, 1)))
            .release());
    ReleaseFinding found = of(cell("ccb0fa1a2252", notHeard("nova-metadata", 64, 1)), cell(null));
    assertEquals(ApiRelease.ZED, found.release());
    assertEquals("1 service (nova-metadata) has version 64, cell schema ccb0fa1a2252", found.why());
  }

  @Test
  void isTheNewestOfTheSchemaWhereThereAreNoServices() {
    ReleaseFinding found = of(cell("407"));
    assertEquals(ApiRelease.USSURI, found.release());
    assertEquals("no service is in the nova database, cell schema 407", found.why());
    assertEquals(ApiRelease.DALMATIAN, of(cell("13863f4e1612")).release());
    assertEquals(
        ApiRelease.ZED,
        ReleaseFinding.of(api("b30f573d3377"), List.of(cell("ccb0fa1a2252"))).release());
  }

  @Test
  void isTheNewestThatThereIsWhereNothingTells() {
    ReleaseFinding found = of(cell(null));
    assertEquals(ApiRelease.latest(), found.release());
    assertEquals("no service is in the nova database, no schema revision", found.why());
    assertFalse(found.isCertain());
    assertEquals(
        "no service is in the nova database, cell schema 0123456789ab, which is not known here",
        of(cell("0123456789ab")).why());
    assertEquals(ApiRelease.latest(), of(cell("0123456789ab")).release());
  }

  @Test
  void isTheNewestThatThereIsWhereServicesAreNewerThanAllThatIsKnown() {
    assertEquals(
        ApiRelease.latest(), of(cell("0123456789ab", heard("nova-compute", 99, 1))).release());
    assertEquals(
        ApiRelease.CARACAL, of(cell("0123456789ab", heard("nova-compute", 67, 1))).release());
  }

  @Test
  void tellsWhyServicesCannotBeRead() {
    ReleaseFinding found = of(ReleaseTrace.unreadable("cell 1", "SELECT command denied"));
    assertEquals(ApiRelease.latest(), found.release());
    assertEquals(
        "the services of cell 1 cannot be read: SELECT command denied, no schema revision",
        found.why());
    assertEquals(
        "1 service (nova-compute) has version 64, no schema revision; the services of cell 2 cannot"
            + " be read: SELECT command denied",
        of(
                cell(null, heard("nova-compute", 64, 1)),
                ReleaseTrace.unreadable("cell 2", "SELECT command denied"))
            .why());
  }
}
