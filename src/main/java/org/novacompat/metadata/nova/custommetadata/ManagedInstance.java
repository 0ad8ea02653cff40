// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.custommetadata;

import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataRefusedException.Reason;
import org.novacompat.metadata.instance.CustomMetadataTarget;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Query;

/**
 * What decides whether an instance's metadata may be seen and changed: columns of {@code
 * instances}.
 */
record ManagedInstance(
    String uuid,
    Optional<String> projectId,
    Optional<String> availabilityZone,
    Optional<String> vmState,
    Optional<String> taskState,
    boolean locked) {
  private static final Set<String> CHANGEABLE = Set.of("active", "stopped");

  private static final String SELECT =
      """
      select uuid, project_id, availability_zone, vm_state, task_state, locked
      from instances where uuid = :uuid and deleted = 0
      """;

  private static final Query<ManagedInstance> QUERY = new Query<>(ManagedInstance.class, SELECT);

  private static final Query<ManagedInstance> QUERY_AND_LOCK =
      new Query<>(ManagedInstance.class, SELECT + "for update");

  /**
   * Reads an instance.
   *
   * @return the row; empty when no living instance has that UUID
   */
  static Optional<ManagedInstance> read(CellSession session, String uuid) throws SQLException {
    return session.list(QUERY, Map.of("uuid", uuid)).stream().findFirst();
  }

  /** Reads an instance and keeps its row locked until the transaction ends. */
  static Optional<ManagedInstance> lock(CellSession session, String uuid) throws SQLException {
    return session.list(QUERY_AND_LOCK, Map.of("uuid", uuid)).stream().findFirst();
  }

  /** Whether it is the one that a caller means and may touch. */
  boolean isOf(CustomMetadataTarget target) {
    return uuid.equals(target.instance())
        && projectId.filter(target.projects()::contains).isPresent();
  }

  /** Refuses another zone than the caller says. */
  void requireZone(CustomMetadataTarget target) throws CustomMetadataRefusedException {
    Optional<String> wanted = target.availabilityZone();
    if (wanted.isPresent() && !wanted.equals(availabilityZone)) {
      throw new CustomMetadataRefusedException(
          Reason.OTHER_ZONE, "The instance is not in the availability zone " + wanted.get() + ".");
    }
  }

  /**
   * Refuses states in which nothing may be changed. Nova lets metadata be changed in some more
   * ({@code nova/compute/api.py: update_instance_metadata}): paused and suspended.
   */
  void requireChangeable() throws CustomMetadataRefusedException {
    if (vmState.filter(CHANGEABLE::contains).isEmpty()) {
      throw new CustomMetadataRefusedException(
          Reason.WRONG_STATE,
          "The instance is neither active nor stopped: it is " + vmState.orElse(null) + ".");
    }
    if (taskState.isPresent()) {
      throw new CustomMetadataRefusedException(
          Reason.WRONG_STATE, "The instance has a task in progress: " + taskState.get() + ".");
    }
    if (locked) {
      throw new CustomMetadataRefusedException(Reason.WRONG_STATE, "The instance is locked.");
    }
  }
}
