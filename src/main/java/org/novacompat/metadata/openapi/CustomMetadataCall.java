// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.novacompat.metadata.instance.CustomMetadataTarget;

/**
 * What the four calls have in common: which instance they mean.
 *
 * @param region the region that the caller names
 * @param zone the availability zone, where the caller names one
 * @param instance the instance's UUID, as nova writes it
 */
record CustomMetadataCall(String region, Optional<String> zone, String instance) {
  static final String REGION = "regionID";
  static final String ZONE = "azName";
  static final String INSTANCE = "instanceID";
  static final String METADATA = "metadata";
  static final String FORCE = "isForce";
  static final String KEY = "metadataKey";

  private static final int LONGEST_SHOWN = 64;
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /**
   * Reads which instance a body means.
   *
   * @param body the body
   * @param more what else this call takes
   * @throws RefusedException when something is missing, of another type, or in no call
   */
  static CustomMetadataCall of(JsonObject body, List<String> more) throws RefusedException {
    requireKnown(body.members().keySet(), more);
    return of(body.string(REGION), body.string(ZONE), body.string(INSTANCE));
  }

  /**
   * Reads which instance a query means.
   *
   * @param query values by name
   * @param more what else this call takes
   * @throws RefusedException when something is missing, there twice, or in no call
   */
  static CustomMetadataCall of(Map<String, List<String>> query, List<String> more)
      throws RefusedException {
    requireKnown(query.keySet(), more);
    return of(only(query, REGION), only(query, ZONE), only(query, INSTANCE));
  }

  /** The value of a parameter of a query; empty when it is not there or empty. */
  static Optional<String> only(Map<String, List<String>> query, String name)
      throws RefusedException {
    List<String> values = query.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw new RefusedException(Failure.PARAMETER_INVALID, name + " is there more than once.");
    }
    return values.stream().filter(value -> !value.isEmpty()).findFirst();
  }

  static RefusedException missing(String name) {
    return new RefusedException(Failure.PARAMETER_MISSING, name + " is missing.");
  }

  /** The instance, as far as the caller's projects go. */
  CustomMetadataTarget target(Set<String> projects) {
    return new CustomMetadataTarget(instance, projects, zone);
  }

  private static CustomMetadataCall of(
      Optional<String> region, Optional<String> zone, Optional<String> instance)
      throws RefusedException {
    String uuid = instance.orElseThrow(() -> missing(INSTANCE));
    String named = region.orElseThrow(() -> missing(REGION));
    if (!UUID.matcher(uuid).matches()) {
      throw new RefusedException(Failure.INSTANCE_NOT_FOUND, "instanceID is no UUID.");
    }
    return new CustomMetadataCall(named, zone, uuid.toLowerCase(Locale.ROOT));
  }

  private static void requireKnown(Collection<String> names, List<String> more)
      throws RefusedException {
    List<String> known = new ArrayList<>(List.of(REGION, ZONE, INSTANCE));
    known.addAll(more);
    for (String name : names) {
      if (!known.contains(name)) {
        throw new RefusedException(
            Failure.PARAMETER_UNKNOWN,
            "There is no parameter "
                + shown(name)
                + "; this call takes "
                + String.join(", ", known)
                + ".");
      }
    }
  }

  private static String shown(String name) {
    String start = name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "..." : name;
    return start.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
