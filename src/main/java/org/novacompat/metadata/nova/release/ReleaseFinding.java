// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.release;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.config.ApiRelease;
import org.novacompat.metadata.nova.release.ReleaseMark.Range;
import org.novacompat.metadata.nova.release.ReleaseTrace.Services;

/**
 * The release that the databases tell: that of the oldest services, but none newer than the schema,
 * which is upgraded before any service. Where services tell of several releases, it is the one
 * whose schema is there, else the oldest of them; guests cannot tell those apart. Where no services
 * can be read it is the newest release with that schema, and where that is not known either, the
 * newest that there is.
 *
 * @param release the release
 * @param why by what it is known, for people
 * @param isCertain whether anything tells of it
 */
record ReleaseFinding(ApiRelease release, String why, boolean isCertain) {

  /**
   * The services that report their state again and again. Those of the APIs write their row when
   * they start, and leave it behind when they move to another host or are replaced, as {@code
   * nova-metadata} is by this service.
   */
  private static final Set<String> REPORTING =
      Set.of("nova-compute", "nova-conductor", "nova-scheduler");

  private static final String NONE = "no service is in the nova database";

  /**
   * Judges.
   *
   * @param api what the API database tells, if it can be asked
   * @param cells what the cells tell that answered
   */
  static ReleaseFinding of(Optional<ReleaseTrace> api, Collection<ReleaseTrace> cells) {
    return new Judgement(api, List.copyOf(cells)).finding();
  }

  private static final class Judgement {
    private final List<ReleaseTrace> cells;
    private final List<Services> services;
    private final Schema cellSchema;
    private final Schema apiSchema;

    Judgement(Optional<ReleaseTrace> api, List<ReleaseTrace> cells) {
      this.cells = cells;
      this.services = counting(cells);
      this.cellSchema = Schema.newest(cells, ReleaseMark::ofCellRevision);
      this.apiSchema = Schema.newest(api.stream().toList(), ReleaseMark::ofApiRevision);
    }

    ReleaseFinding finding() {
      Optional<ApiRelease> limit = limit();
      if (!services.isEmpty()) {
        ApiRelease told = ofServices();
        boolean isLimited = limit.isPresent() && told.compareTo(limit.get()) > 0;
        String which = isLimited ? ", and the schema is older than they are" : "";
        String but = flaw().map(flaw -> "; " + flaw).orElse("");
        return found(isLimited ? limit.get() : told, servicesText() + schemaText() + which + but);
      }
      String why = flaw().orElse(NONE);
      return limit
          .map(release -> found(release, why + schemaText()))
          .orElseGet(() -> new ReleaseFinding(ApiRelease.latest(), why + schemaText(), false));
    }

    private static ReleaseFinding found(ApiRelease release, String why) {
      return new ReleaseFinding(release, why, true);
    }

    /** The newest release that the schemas allow. */
    private Optional<ApiRelease> limit() {
      return Stream.of(cellSchema, apiSchema)
          .flatMap(schema -> schema.range.stream())
          .map(Range::newest)
          .min(Comparator.naturalOrder());
    }

    private ApiRelease ofServices() {
      Optional<Range> told = ReleaseMark.ofServices(oldest());
      if (told.isEmpty()) {
        return ApiRelease.latest();
      }
      return cellSchema
          .range
          .or(() -> apiSchema.range)
          .map(Range::oldest)
          .filter(told.get()::contains)
          .orElse(told.get().oldest());
    }

    private int oldest() {
      return services.stream().mapToInt(Services::version).min().orElseThrow();
    }

    private String servicesText() {
      int oldest = oldest();
      List<Services> theirs = services.stream().filter(some -> some.version() == oldest).toList();
      int all = sum(services);
      int number = sum(theirs);
      Set<String> binaries =
          theirs.stream().map(Services::binary).collect(Collectors.toCollection(TreeSet::new));
      return "%s (%s) %s version %d%s"
          .formatted(
              number < all ? number + " of " + all + " services" : counted(all),
              String.join(", ", binaries),
              number == 1 ? "has" : "have",
              oldest,
              number < all ? ", the others are newer" : "");
    }

    private static String counted(int services) {
      return services == 1 ? "1 service" : services + " services";
    }

    private static int sum(List<Services> services) {
      return services.stream().mapToInt(Services::heard).sum();
    }

    private String schemaText() {
      if (cellSchema.revision.isPresent()) {
        return ", cell schema " + cellSchema;
      }
      return apiSchema.revision.isPresent() ? ", API schema " + apiSchema : ", no schema revision";
    }

    private Optional<String> flaw() {
      return cells.stream()
          .filter(cell -> cell.flaw().isPresent())
          .map(cell -> "the services of " + cell.label() + " cannot be read: " + cell.flaw().get())
          .findFirst();
    }
  }

  /**
   * Which services count: those that report and were heard of within a day; else, as in a cloud
   * that is down, all that report; else those of the APIs.
   */
  private static List<Services> counting(List<ReleaseTrace> cells) {
    List<Services> all = cells.stream().flatMap(cell -> cell.services().stream()).toList();
    Predicate<Services> reports = some -> REPORTING.contains(some.binary());
    List<Services> heard = all.stream().filter(reports).filter(some -> some.heard() > 0).toList();
    if (!heard.isEmpty()) {
      return heard;
    }
    List<Services> reporting = all.stream().filter(reports).toList();
    return (reporting.isEmpty() ? all : reporting).stream().map(ReleaseFinding::whole).toList();
  }

  /** The same, with none of them left out. */
  private static Services whole(Services some) {
    return new Services(some.binary(), some.version(), some.total(), some.total());
  }

  /**
   * The newest of some databases' schemas: an unused cell that was not migrated says nothing of the
   * cloud.
   *
   * @param revision the revision; empty when none tells one
   * @param range the releases that have it; empty when it is not known here, and so is newer
   */
  private record Schema(Optional<String> revision, Optional<Range> range) {
    static Schema newest(
        List<ReleaseTrace> databases, Function<String, Optional<Range>> releasesOf) {
      return databases.stream()
          .flatMap(database -> database.revision().stream())
          .map(revision -> new Schema(Optional.of(revision), releasesOf.apply(revision)))
          .max(Comparator.comparing(Schema::age))
          .orElse(new Schema(Optional.empty(), Optional.empty()));
    }

    private int age() {
      return range.map(known -> known.newest().ordinal()).orElse(Integer.MAX_VALUE);
    }

    @Override
    public String toString() {
      return revision.orElse("") + (range.isEmpty() ? ", which is not known here" : "");
    }
  }
}
