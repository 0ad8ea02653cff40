// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.util.Optional;
import java.util.Set;
import org.hibernate.StatelessSession;
import org.novacompat.metadata.instance.CustomMetadataRefusedException;
import org.novacompat.metadata.instance.CustomMetadataRefusedException.Reason;
import org.novacompat.metadata.instance.CustomMetadataTarget;

/**
 * What decides whether an instance's metadata may be seen and changed: columns of {@code
 * instances}. Any but the UUID may be null.
 */
record ManagedInstance(
    String uuid, String project, String zone, String vmState, String taskState, boolean locked) {
  private static final Set<String> CHANGEABLE = Set.of("active", "stopped");

  private static final String QUERY =
      "select uuid, project_id, availability_zone, vm_state, task_state,"
          + " case when locked then 'locked' end"
          + " from instances where uuid = :uuid and deleted = 0";

  /**
   * Reads an instance.
   *
   * @return the row; empty when no living instance has that UUID
   */
  static Optional<ManagedInstance> read(StatelessSession session, String uuid) {
    return ask(session, QUERY, uuid);
  }

  /** Reads an instance and keeps its row to this transaction until that ends. */
  static Optional<ManagedInstance> lock(StatelessSession session, String uuid) {
    return ask(session, QUERY + " for update", uuid);
  }

  private static Optional<ManagedInstance> ask(
      StatelessSession session, String query, String uuid) {
    return session
        .createNativeQuery(query, Object[].class)
        .setParameter("uuid", uuid)
        .list()
        .stream()
        .findFirst()
        .map(
            columns ->
                new ManagedInstance(
                    (String) columns[0],
                    (String) columns[1],
                    (String) columns[2],
                    (String) columns[3],
                    (String) columns[4],
                    columns[5] != null));
  }

  /** Whether it is the one that a caller means and may touch. */
  boolean isOf(CustomMetadataTarget target) {
    return uuid.equals(target.instance()) && project != null && target.projects().contains(project);
  }

  /** Refuses another zone than the caller says. */
  void requireZone(CustomMetadataTarget target) throws CustomMetadataRefusedException {
    Optional<String> wanted = target.availabilityZone();
    if (wanted.isPresent() && !wanted.get().equals(zone)) {
      throw new CustomMetadataRefusedException(
          Reason.OTHER_ZONE, "The instance is not in the availability zone " + wanted.get() + ".");
    }
  }

  /**
   * Refuses states in which nothing may be changed. Of those in which nova lets metadata be changed
   * ({@code nova/compute/api.py: update_instance_metadata}), paused and suspended are none here.
   */
  void requireChangeable() throws CustomMetadataRefusedException {
    if (vmState == null || !CHANGEABLE.contains(vmState)) {
      throw new CustomMetadataRefusedException(
          Reason.WRONG_STATE, "The instance is neither active nor stopped: it is " + vmState + ".");
    }
    if (taskState != null) {
      throw new CustomMetadataRefusedException(
          Reason.WRONG_STATE, "The instance is amidst a task: " + taskState + ".");
    }
    if (locked) {
      throw new CustomMetadataRefusedException(Reason.WRONG_STATE, "The instance is locked.");
    }
  }
}
