// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.novacompat.metadata.instance.BlockDevices;
import org.novacompat.metadata.instance.Ec2Ids;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instance.Part;
import org.novacompat.metadata.instance.UserData;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.nova.objects.LeftOut;
import org.novacompat.metadata.nova.objects.NovaObjects;
import org.novacompat.metadata.nova.objects.UnreadableObjectException;
import org.novacompat.metadata.python.PythonBase64;

/**
 * Makes an instance of its rows. What cannot be decoded of a column is left out; where that is all
 * of it, {@link Instance#unreadable()} names it. Both are logged with the field's name, never with
 * its content.
 */
final class InstanceReader {
  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(InstanceReader.class.getName()));

  /** Nova takes an empty flavor or key pair column for NULL. */
  private static final Predicate<String> NOT_EMPTY = text -> !text.isEmpty();

  private final InstanceRow row;
  private final List<ChildRow> children;
  private final Set<Part> unreadable = EnumSet.noneOf(Part.class);

  InstanceReader(InstanceRow row, List<ChildRow> children) {
    this.row = row;
    this.children = children;
  }

  /**
   * Makes the instance.
   *
   * @param numbers the numbers behind its EC2 names; empty when they cannot be read
   */
  Instance instance(Optional<Ec2IdTables.Numbers> numbers) {
    MetadataRows metadata = new MetadataRows(row.uuid(), children);
    return new Instance(
        row.uuid(),
        row.projectId(),
        row.userId(),
        row.hostname(),
        row.displayName(),
        row.launchIndex(),
        row.availabilityZone(),
        row.reservationId(),
        row.imageRef(),
        row.keyName(),
        row.keyData(),
        decoded(Part.KEY_PAIR, "keypairs", row.keypairs().filter(NOT_EMPTY), NovaObjects::keyPair)
            .flatMap(keyPair -> keyPair),
        decoded(Part.FLAVOR, "flavor", row.flavor().filter(NOT_EMPTY), NovaObjects::flavorName),
        ec2Ids(numbers),
        blockDevices(),
        decoded(Part.USER_DATA, "user_data", row.userData(), InstanceReader::userData),
        metadata.ofNova(),
        metadata.custom(),
        Password.joined(children),
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

  private <T> Optional<T> decoded(
      Part part, String column, Optional<String> text, Decoder<T> decoder) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(decoder.decode(text.get()));
    } catch (UnreadableObjectException e) {
      unreadable.add(part);
      warn("the %s of instance %s cannot be read: %s", column, e.getMessage());
      return Optional.empty();
    }
  }

  /** Decodes what can be read of a column. */
  private <T> List<T> readable(
      Part part, String column, Optional<String> text, ListDecoder<T> decoder) {
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
      String prefix, Map<String, Integer> images, Optional<String> ref) {
    return ref.map(images::get).map(id -> "%s-%08x".formatted(prefix, id));
  }

  private BlockDevices blockDevices() {
    return new BlockDevices(
        row.rootDeviceName(),
        row.defaultEphemeralDevice(),
        row.defaultSwapDevice(),
        children.stream()
            .filter(child -> child.kind() == ChildRow.Kind.BLOCK_DEVICE)
            .map(
                device ->
                    new BlockDevices.Mapping(
                        device.sourceType(),
                        device.destinationType(),
                        device.guestFormat(),
                        device.deviceName()))
            .toList());
  }
}
