// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers behind EC2's names, {@code instance_id_mappings} and {@code s3_images} of each cell
 * ({@code nova/objects/ec2.py}). A number that is missing is made by inserting a row.
 *
 * <p>Neither table keeps two from inserting at once, so after an insert the lowest id is read
 * again, waiting for inserts of others that are under way: it is the one that nova and everyone
 * else will find. Numbers never change; images' are kept in memory, for their table has no index to
 * find them by.
 */
final class Ec2IdTables {
  private static final long MOST_IMAGES = 100_000;

  /** A row of either table. */
  private record Numbered(Integer id) {}

  /** A table of numbers, and how one is found and made there. */
  private enum Numbering {
    INSTANCES(
        "insert into instance_id_mappings (uuid, created_at, deleted) values (?, utc_timestamp(), 0)",
        "select id from instance_id_mappings where uuid = ? order by id limit 1"),
    IMAGES(
        "insert into s3_images (uuid, created_at, deleted) values (?, utc_timestamp(), 0)",
        "select id from s3_images where uuid = ? order by id limit 1");

    private final String insert;
    private final Query<Numbered> known;
    private final Query<Numbered> made;

    Numbering(String insert, String select) {
      this.insert = insert;
      known = new Query<>(Numbered.class, select);
      made = new Query<>(Numbered.class, select + " lock in share mode");
    }

    int make(Connection connection, Deadline deadline, String uuid) throws SQLException {
      connection.setNetworkTimeout(Runnable::run, deadline.leftMillis());
      try (PreparedStatement statement = connection.prepareStatement(insert)) {
        statement.setString(1, uuid);
        statement.executeUpdate();
      }
      List<Numbered> found = made.ask(connection, deadline, uuid);
      if (found.isEmpty()) {
        throw new SQLException("what was just inserted for " + uuid + " is not there");
      }
      return found.get(0).id;
    }

    int find(Connection connection, Deadline deadline, String uuid) throws SQLException {
      List<Numbered> found = known.ask(connection, deadline, uuid);
      return found.isEmpty() ? make(connection, deadline, uuid) : found.get(0).id;
    }
  }

  /**
   * By the image alone, as nova's process remembers them: an image has one number on this node,
   * that of the cell where it was seen first.
   */
  private final Cache<String, Integer> images =
      Caffeine.newBuilder().maximumSize(MOST_IMAGES).build();

  /**
   * The numbers behind an instance's EC2 names.
   *
   * @param instance the instance's, in {@code instance_id_mappings}
   * @param images each of its images', in {@code s3_images}
   */
  record Numbers(int instance, Map<String, Integer> images) {}

  /**
   * Finds or makes an instance's numbers, in nova's order: in no statement when the instance has
   * its own and its images were seen before.
   *
   * @return the numbers of the instance, its image, its kernel and its ramdisk
   */
  Numbers numbers(Connection connection, Deadline deadline, InstanceRow row) throws SQLException {
    int instance =
        row.ec2Id() == null
            ? Numbering.INSTANCES.make(connection, deadline, row.uuid())
            : row.ec2Id();
    Map<String, Integer> numbers = new HashMap<>();
    for (String ref : new String[] {row.imageRef(), row.kernelId(), row.ramdiskId()}) {
      if (ref != null && !ref.isEmpty()) {
        numbers.put(ref, image(connection, deadline, ref));
      }
    }
    return new Numbers(instance, numbers);
  }

  private int image(Connection connection, Deadline deadline, String ref) throws SQLException {
    Integer known = images.getIfPresent(ref);
    if (known == null) {
      known = Numbering.IMAGES.find(connection, deadline, ref);
      images.put(ref, known);
    }
    return known;
  }
}
