// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.release;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.novacompat.metadata.config.ApiRelease;

/**
 * What a release of nova leaves in its databases: the version that its services write into {@code
 * services} ({@code nova/objects/service.py: SERVICE_VERSION}), and the revisions that it brings
 * the schemas to. Read at nova's tags 20.0.0 to 33.0.0 and at the end of each release's branch,
 * which are alike, and on the main branch of August 2026 for 2026.2.
 *
 * <p>Revisions are Alembic's ({@code nova/db/main/migrations/versions}, {@code
 * nova/db/api/migrations/versions}), and numbers of sqlalchemy-migrate up to and including which
 * they are the release's ({@code nova/db/sqlalchemy/migrate_repo/versions}, {@code
 * nova/db/sqlalchemy/api_migrations/migrate_repo/versions}; in Xena {@code legacy_migrations}). A
 * release without any left the schema as it was.
 *
 * <p>{@code SERVICE_VERSION_ALIASES} has lower numbers for some releases (66 for 2024.1): those are
 * what a later release asks of computes, not what its own services write.
 *
 * @param release the release
 * @param serviceVersion what its services write
 * @param cellRevisions the revisions that it added to a cell's database, oldest first
 * @param apiRevisions the revisions that it added to the API database, oldest first
 */
record ReleaseMark(
    ApiRelease release, int serviceVersion, List<String> cellRevisions, List<String> apiRevisions) {

  private static final List<ReleaseMark> ALL =
      List.of(
          mark(ApiRelease.TRAIN, 40, "402", "67"),
          mark(ApiRelease.USSURI, 51, "407", "72"),
          mark(ApiRelease.VICTORIA, 53, "412", "77"),
          mark(ApiRelease.WALLABY, 56, "417", "82"),
          mark(ApiRelease.XENA, 60, "422 8f2f1571d55b", "87 d67eeaabee36"),
          mark(ApiRelease.YOGA, 61, "16f1fbcab42b", "b30f573d3377"),
          mark(ApiRelease.ZED, 64, "ccb0fa1a2252", ""),
          mark(ApiRelease.ANTELOPE, 66, "960aac0e09ea", ""),
          mark(ApiRelease.BOBCAT, 66, "1b91788ec3a6 1acf2c98e646", "cdeec0c85668"),
          mark(ApiRelease.CARACAL, 67, "13863f4e1612", ""),
          mark(ApiRelease.DALMATIAN, 67, "", ""),
          mark(ApiRelease.EPOXY, 68, "d60bddf7a903 2903cd72dc14", ""),
          mark(ApiRelease.FLAMINGO, 70, "", ""),
          mark(ApiRelease.GAZPACHO, 72, "", ""),
          mark(ApiRelease.HIBISCUS, 73, "ab450ba04102", ""));

  /** Releases that cannot be told apart by one thing. */
  record Range(ApiRelease oldest, ApiRelease newest) {
    boolean contains(ApiRelease release) {
      return release.compareTo(oldest) >= 0 && release.compareTo(newest) <= 0;
    }
  }

  private static ReleaseMark mark(
      ApiRelease release, int serviceVersion, String cellRevisions, String apiRevisions) {
    return new ReleaseMark(release, serviceVersion, words(cellRevisions), words(apiRevisions));
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  /**
   * The releases whose services write a version. One between those of two releases is the later's,
   * under development; one below Train's is taken for Train's.
   *
   * @return the releases; empty when the version is newer than any that is known here
   */
  static Optional<Range> ofServices(int version) {
    OptionalInt written =
        ALL.stream().mapToInt(ReleaseMark::serviceVersion).filter(own -> own >= version).min();
    List<ApiRelease> releases =
        ALL.stream()
            .filter(mark -> written.isPresent() && mark.serviceVersion == written.getAsInt())
            .map(ReleaseMark::release)
            .toList();
    return releases.isEmpty()
        ? Optional.empty()
        : Optional.of(new Range(releases.get(0), releases.get(releases.size() - 1)));
  }

  /** The releases whose cells' databases are at a revision; empty when it is not known here. */
  static Optional<Range> ofCellRevision(String revision) {
    return at(revision, ALL.stream().map(ReleaseMark::cellRevisions).toList());
  }

  /** The releases whose API database is at a revision; empty when it is not known here. */
  static Optional<Range> ofApiRevision(String revision) {
    return at(revision, ALL.stream().map(ReleaseMark::apiRevisions).toList());
  }

  /** From the release that added it to the last one before something else was added. */
  private static Optional<Range> at(String revision, List<List<String>> added) {
    for (int first = 0; first < added.size(); first++) {
      if (added.get(first).stream().anyMatch(known -> reaches(known, revision))) {
        int next = first + 1;
        while (next < added.size() && added.get(next).isEmpty()) {
          next++;
        }
        return Optional.of(new Range(ALL.get(first).release, ALL.get(next - 1).release));
      }
    }
    return Optional.empty();
  }

  private static boolean reaches(String known, String revision) {
    return isNumber(known) && isNumber(revision)
        ? Integer.parseInt(revision) <= Integer.parseInt(known)
        : known.equals(revision);
  }

  /** Alembic's revisions have twelve digits and letters. */
  private static boolean isNumber(String revision) {
    return revision.matches("\\d{1,6}");
  }
}
