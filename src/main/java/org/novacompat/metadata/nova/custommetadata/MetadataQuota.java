// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.custommetadata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.nova.database.Cell;
import org.novacompat.metadata.nova.database.Deadline;
import org.novacompat.metadata.nova.database.NovaDatabase;
import org.novacompat.metadata.nova.database.Query;

/**
 * How many keys an instance's metadata may have ({@code nova/quota.py: DbQuotaDriver}): what the
 * API database grants the project, or else all projects, or else nova.conf. A limit below zero, or
 * NULL, is no limit.
 *
 * @param byProject what the API database says; the empty project stands for all others
 * @param configured what nova.conf says
 */
record MetadataQuota(Map<String, Optional<Integer>> byProject, int configured) {
  /** A limit; the default quota class is returned with an empty project. */
  private record Row(String projectId, Optional<Integer> hardLimit) {
    static final Query<Row> QUERY =
        new Query<>(
            Row.class,
            """
            select project_id, hard_limit from quotas
            where project_id in (:projects) and resource = 'metadata_items'
            union all
            select '', hard_limit from quota_classes
            where class_name = 'default' and resource = 'metadata_items'
            """);
  }

  /** Reads the limits of some projects, in one statement. */
  static MetadataQuota read(
      NovaDatabase database, Set<String> projects, int configured, Deadline deadline)
      throws StoreUnavailableException {
    Map<String, Optional<Integer>> limits = new HashMap<>();
    if (!database.isLocalOnly() && !projects.isEmpty()) {
      List<Row> rows =
          database.on(
              Cell.API, deadline, session -> session.list(Row.QUERY, Map.of("projects", projects)));
      rows.forEach(row -> limits.put(row.projectId, row.hardLimit));
    }
    return new MetadataQuota(limits, configured);
  }

  /** The limit of a project; empty when it has none. */
  OptionalInt of(String project) {
    Optional<Integer> limit =
        byProject.getOrDefault(project, byProject.getOrDefault("", Optional.of(configured)));
    return limit.isPresent() && limit.get() >= 0
        ? OptionalInt.of(limit.get())
        : OptionalInt.empty();
  }
}
