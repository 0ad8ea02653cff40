// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.CustomMetadataTarget;

/**
 * The instance that a call names, in the parameters that all four calls share.
 *
 * @param region the region
 * @param zone the availability zone, where the call names one
 * @param instance the instance's UUID, as nova writes it
 */
record InstanceReference(String region, Optional<String> zone, String instance) {
  private static final String REGION = "regionID";
  private static final String ZONE = "azName";
  private static final String INSTANCE = "instanceID";
  private static final int MAX_SHOWN = 64;
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /**
   * Reads the shared parameters of a call.
   *
   * @param parameters all parameters of the call
   * @param more the names of the further parameters that this call takes
   * @throws RefusedException when one is missing, is of another type, or is unknown
   */
  static InstanceReference of(JsonObject parameters, String... more) throws RefusedException {
    requireKnown(
        parameters.names(),
        Stream.concat(Stream.of(REGION, ZONE, INSTANCE), Stream.of(more)).toList());
    Optional<String> region = parameters.string(REGION);
    Optional<String> zone = parameters.string(ZONE);
    String uuid = parameters.string(INSTANCE).orElseThrow(() -> missing(INSTANCE));
    if (region.isEmpty()) {
      throw missing(REGION);
    }
    if (!UUID.matcher(uuid).matches()) {
      throw new RefusedException(ErrorCode.INSTANCE_NOT_FOUND, "instanceID is no UUID.");
    }
    return new InstanceReference(region.get(), zone, uuid.toLowerCase(Locale.ROOT));
  }

  static RefusedException missing(String name) {
    return new RefusedException(ErrorCode.PARAMETER_MISSING, name + " is missing.");
  }

  /** The instance, as far as the caller's projects go. */
  CustomMetadataTarget target(Set<String> projects) {
    return new CustomMetadataTarget(instance, projects, zone);
  }

  private static void requireKnown(Set<String> names, List<String> known) throws RefusedException {
    for (String name : names) {
      if (!known.contains(name)) {
        throw new RefusedException(
            ErrorCode.PARAMETER_UNKNOWN,
            "There is no parameter %s; this call takes %s."
                .formatted(shown(name), String.join(", ", known)));
      }
    }
  }

  /** A name that a stranger sent, as a message shows it. */
  static String shown(String name) {
    String start = name.length() > MAX_SHOWN ? name.substring(0, MAX_SHOWN) + "..." : name;
    return start.replaceAll("[^\\x20-\\x7E]", "?");
  }
}
