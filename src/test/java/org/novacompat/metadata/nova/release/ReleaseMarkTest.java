// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.nova.release.ReleaseMark.Range;

/**
 * The numbers are those of nova's own sources: {@code SERVICE_VERSION} in {@code
 * nova/objects/service.py}, and the newest file below {@code nova/db/sqlalchemy} or {@code
 * nova/db/{main,api}/migrations/versions}, at the release's first tag.
 */
class ReleaseMarkTest {
  @ParameterizedTest
  @CsvSource({
    "train, train, 40, 402, 67",
    "ussuri, ussuri, 51, 407, 72",
    "victoria, victoria, 53, 412, 77",
    "wallaby, wallaby, 56, 417, 82",
    "xena, xena, 60, 8f2f1571d55b, d67eeaabee36",
    "yoga, yoga, 61, 16f1fbcab42b, b30f573d3377",
    "zed, zed, 64, ccb0fa1a2252, b30f573d3377",
    "2023.1, 2023.2, 66, 960aac0e09ea, b30f573d3377",
    "2023.1, 2023.2, 66, 1acf2c98e646, cdeec0c85668",
    "2024.1, 2024.2, 67, 13863f4e1612, cdeec0c85668",
    "2025.1, 2025.1, 68, 2903cd72dc14, cdeec0c85668",
    "2025.2, 2025.2, 70, 2903cd72dc14, cdeec0c85668",
    "2026.1, 2026.1, 72, 2903cd72dc14, cdeec0c85668",
    "2026.2, 2026.2, 73, ab450ba04102, cdeec0c85668",
  })
  void knowsWhatAReleaseLeaves(
      String oldest, String newest, int services, String cell, String api) {
    Range told = ReleaseMark.ofServices(services).orElseThrow();
    assertEquals(new Range(ApiRelease.parse(oldest), ApiRelease.parse(newest)), told);
    assertEquals(true, overlap(told, ReleaseMark.ofCellRevision(cell).orElseThrow()));
    assertEquals(true, overlap(told, ReleaseMark.ofApiRevision(api).orElseThrow()));
  }

  private static boolean overlap(Range one, Range other) {
    return one.contains(other.oldest()) || other.contains(one.oldest());
  }

  @ParameterizedTest
  @CsvSource({
    "ccb0fa1a2252, zed, zed",
    "960aac0e09ea, 2023.1, 2023.1",
    "1b91788ec3a6, 2023.2, 2023.2",
    "1acf2c98e646, 2023.2, 2023.2",
    "13863f4e1612, 2024.1, 2024.2",
    "2903cd72dc14, 2025.1, 2026.1",
    "391, train, train",
    "403, ussuri, ussuri",
    "422, xena, xena",
  })
  void aSchemaIsThatOfAllReleasesThatLeftItAsItWas(String revision, String oldest, String newest) {
    assertEquals(
        Optional.of(new Range(ApiRelease.parse(oldest), ApiRelease.parse(newest))),
        ReleaseMark.ofCellRevision(revision));
  }

  @Test
  void whatIsBetweenTwoReleasesIsTheLaters() {
    assertEquals(
        Optional.of(new Range(ApiRelease.WALLABY, ApiRelease.WALLABY)), ReleaseMark.ofServices(54));
    assertEquals(
        Optional.of(new Range(ApiRelease.TRAIN, ApiRelease.TRAIN)), ReleaseMark.ofServices(30));
  }

  @Test
  void whatIsNewerThanAllIsNotKnown() {
    assertEquals(Optional.empty(), ReleaseMark.ofServices(74));
    assertEquals(Optional.empty(), ReleaseMark.ofCellRevision("0123456789ab"));
    assertEquals(Optional.empty(), ReleaseMark.ofCellRevision("430"));
    assertEquals(Optional.empty(), ReleaseMark.ofApiRevision("ccb0fa1a2252"));
  }
}
