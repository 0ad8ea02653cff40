// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.Ec2Ids;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.UserData;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.python.PythonBase64;

/**
 * Makes an instance of its rows. What of a column cannot be decoded is left out; where that is all
 * of it, {@link Instance#unreadable()} has it. Either is logged with the field's name, never with
 * its content.
 */
final class InstanceReader {
  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(InstanceReader.class.getName()));

  private final InstanceRow row;
  private final List<SatelliteRow> satellites;
  private final Set<Part> unreadable = EnumSet.noneOf(Part.class);

  InstanceReader(InstanceRow row, List<SatelliteRow> satellites) {
    this.row = row;
    this.satellites = satellites;
  }

  /**
   * Makes the instance.
   *
   * @param numbers the numbers behind its EC2 names; empty when they cannot be had
   */
  Instance instance(Optional<Ec2IdTables.Numbers> numbers) {
    MetadataRows metadata = new MetadataRows(row.uuid(), satellites);
    return new Instance(
        row.uuid(),
        Optional.ofNullable(row.projectId()),
        Optional.ofNullable(row.userId()),
        Optional.ofNullable(row.hostname()),
        Optional.ofNullable(row.displayName()),
        Optional.ofNullable(row.launchIndex()),
        Optional.ofNullable(row.availabilityZone()),
        Optional.ofNullable(row.reservationId()),
        Optional.ofNullable(row.imageRef()),
        Optional.ofNullable(row.keyName()),
        Optional.ofNullable(row.keyData()),
        decoded(Part.KEY_PAIR, "keypairs", notEmpty(row.keypairs()), NovaObjects::keyPair)
            .flatMap(keyPair -> keyPair),
        decoded(Part.FLAVOR, "flavor", notEmpty(row.flavor()), NovaObjects::flavorName),
        ec2Ids(numbers),
        blockDevices(),
        decoded(Part.USER_DATA, "user_data", row.userData(), InstanceReader::userData),
        metadata.novas(),
        metadata.ours(),
        Password.joined(satellites),
        readable(Part.DEVICES, "device_metadata", row.deviceMetadata(), NovaObjects::devices),
        readable(
            Part.NUMA_TOPOLOGY, "numa_topology", row.numaTopology(), NovaObjects::dedicatedCpus),
        readable(Part.NETWORK, "network_info", row.networkInfo(), NovaObjects::networkInfo),
        Collections.unmodifiableSet(EnumSet.copyOf(unreadable)));
  }

  private static UserData userData(String text) throws UnreadableObjectException {
    try {
      return new UserData(PythonBase64.decode(text));
    } catch (IllegalArgumentException e) {
      throw new UnreadableObjectException(e.getMessage());
    }
  }

  private interface Decoder<T> {
    T decode(String text) throws UnreadableObjectException;
  }

  private interface ListDecoder<T> {
    List<T> decode(String text, LeftOut leftOut) throws UnreadableObjectException;
  }

  private <T> Optional<T> decoded(Part part, String column, String text, Decoder<T> decoder) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(text));
    } catch (UnreadableObjectException e) {
      unreadable.add(part);
      warn("the %s of instance %s cannot be read: %s", column, e.getMessage());
      return Optional.empty();
    }
  }

  /** Decodes what of a column can be read. */
  private <T> List<T> readable(Part part, String column, String text, ListDecoder<T> decoder) {
    LeftOut leftOut = new LeftOut();
    List<T> read =
        decoded(part, column, text, json -> decoder.decode(json, leftOut)).orElse(List.of());
    leftOut
        .summary()
        .ifPresent(why -> warn("the %s of instance %s is shown in part: %s", column, why));
    return read;
  }

  private void warn(String sentence, String column, String why) {
    LIMITED_LOG.log(Level.WARNING, () -> sentence.formatted(column, row.uuid(), why));
  }

  /** Nova takes an empty flavor or key pair column for NULL. */
  private static String notEmpty(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private Ec2Ids ec2Ids(Optional<Ec2IdTables.Numbers> numbers) {
    if (numbers.isEmpty()) {
      unreadable.add(Part.EC2_IDS);
      return new Ec2Ids("", Optional.empty(), Optional.empty(), Optional.empty());
    }
    Map<String, Integer> images = numbers.get().images();
    return new Ec2Ids(
        "i-%08x".formatted(numbers.get().instance()),
        imageName("ami", images, row.imageRef()),
        imageName("aki", images, row.kernelId()),
        imageName("ari", images, row.ramdiskId()));
  }

  private static Optional<String> imageName(
      String prefix, Map<String, Integer> images, String ref) {
    return Optional.ofNullable(ref).map(images::get).map(id -> "%s-%08x".formatted(prefix, id));
  }

  private BlockDevices blockDevices() {
    return new BlockDevices(
        Optional.ofNullable(row.rootDeviceName()),
        Optional.ofNullable(row.defaultEphemeralDevice()),
        Optional.ofNullable(row.defaultSwapDevice()),
        satellites(SatelliteRow.BLOCK_DEVICE)
            .map(
                device ->
                    new BlockDevices.Mapping(
                        Optional.ofNullable(device.first()),
                        Optional.ofNullable(device.second()),
                        Optional.ofNullable(device.third()),
                        Optional.ofNullable(device.fourth())))
            .toList());
  }

  private Stream<SatelliteRow> satellites(int kind) {
    return satellites.stream().filter(satellite -> satellite.kind() == kind);
  }
}
