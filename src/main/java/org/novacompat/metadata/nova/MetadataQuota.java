// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * How many keys an instance's metadata may have ({@code nova/quota.py: DbQuotaDriver}): what the
 * API database grants the project, or else everyone, or else nova.conf. A limit below zero, or
 * NULL, is none.
 */
final class MetadataQuota {
  /** The default class stands under a project that cannot be. */
  private static final String QUERY =
      """
      select project_id, hard_limit from quotas
      where project_id in (:projects) and resource = 'metadata_items'
      union all
      select '', hard_limit from quota_classes
      where class_name = 'default' and resource = 'metadata_items'
      """;

  private final NovaDatabase database;
  private final int configured;

  MetadataQuota(NovaDatabase database, int configured) {
    this.database = database;
    this.configured = configured;
  }

  /**
   * The limits of some projects.
   *
   * @param byProject what the API database says; the empty project stands for all others
   * @param configured what nova.conf says
   */
  record Limits(Map<String, Optional<Integer>> byProject, int configured) {
    /** The limit of a project; empty when it has none. */
    OptionalInt of(String project) {
      Optional<Integer> limit =
          byProject.getOrDefault(project, byProject.getOrDefault("", Optional.of(configured)));
      return limit.isPresent() && limit.get() >= 0
          ? OptionalInt.of(limit.get())
          : OptionalInt.empty();
    }
  }

  /** Asks for the limits of some projects, in one statement. */
  Limits of(Set<String> projects, Deadline deadline) throws StoreUnavailableException {
    return new Limits(
        database.cells().localOnly() || projects.isEmpty()
            ? Map.of()
            : database.ask(Cell.API, deadline, session -> read(session, projects)),
        configured);
  }

  private static Map<String, Optional<Integer>> read(
      StatelessSession session, Set<String> projects) {
    Map<String, Optional<Integer>> limits = new HashMap<>();
    session
        .createNativeQuery(QUERY, Object[].class)
        .setParameterList("projects", projects)
        .list()
        .forEach(row -> limits.put((String) row[0], Optional.ofNullable((Integer) row[1])));
    return limits;
  }
}
