// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.novacompat.metadata.nova.database.CellSession;
import org.novacompat.metadata.nova.database.Query;
import org.novacompat.metadata.nova.database.Sql;

/**
 * The numbers behind EC2's names, {@code instance_id_mappings} and {@code s3_images} of each cell
 * ({@code nova/objects/ec2.py}). A missing number is made by inserting a row.
 *
 * <p>Neither table is unique by UUID, so after an insert the lowest id is read again, waiting for
 * inserts of others that are under way: it is the one that nova finds, too. Numbers never change;
 * those of images are kept in memory, because their table has no index to find them by.
 */
final class Ec2IdTables {
  private static final long MAX_IMAGES = 100_000;

  /** A row of either table. */
  private record Numbered(int id) {}

  /** A table of numbers, and how one is found and made there. */
  private enum Numbering {
    INSTANCES(
        "insert into instance_id_mappings (uuid, created_at, deleted)"
            + " values (:uuid, utc_timestamp(), 0)",
        "select id from instance_id_mappings where uuid = :uuid order by id limit 1"),
    IMAGES(
        "insert into s3_images (uuid, created_at, deleted) values (:uuid, utc_timestamp(), 0)",
        "select id from s3_images where uuid = :uuid order by id limit 1");

    private final Sql insert;
    private final Query<Numbered> known;
    private final Query<Numbered> made;

    Numbering(String insert, String select) {
      this.insert = new Sql(insert);
      known = new Query<>(Numbered.class, select);
      made = new Query<>(Numbered.class, select + " lock in share mode");
    }

    int make(CellSession session, String uuid) throws SQLException {
      session.change(insert, Map.of("uuid", uuid));
      List<Numbered> found = session.list(made, Map.of("uuid", uuid));
      if (found.isEmpty()) {
        throw new SQLException("what was just inserted for " + uuid + " is not there");
      }
      return found.get(0).id;
    }

    int find(CellSession session, String uuid) throws SQLException {
      List<Numbered> found = session.list(known, Map.of("uuid", uuid));
      return found.isEmpty() ? make(session, uuid) : found.get(0).id;
    }
  }

  /**
   * By the image alone, as nova's process remembers them: an image has one number on this node,
   * that of the cell where it was seen first.
   */
  private final Cache<String, Integer> images =
      Caffeine.newBuilder().maximumSize(MAX_IMAGES).build();

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
  Numbers numbers(CellSession session, InstanceRow row) throws SQLException {
    int instance =
        row.ec2Id().isPresent() ? row.ec2Id().get() : Numbering.INSTANCES.make(session, row.uuid());
    List<String> refs =
        Stream.of(row.imageRef(), row.kernelId(), row.ramdiskId())
            .flatMap(Optional::stream)
            .filter(ref -> !ref.isEmpty())
            .toList();
    Map<String, Integer> numbers = new HashMap<>();
    for (String ref : refs) {
      numbers.put(ref, image(session, ref));
    }
    return new Numbers(instance, numbers);
  }

  private int image(CellSession session, String ref) throws SQLException {
    Integer known = images.getIfPresent(ref);
    if (known == null) {
      known = Numbering.IMAGES.find(session, ref);
      images.put(ref, known);
    }
    return known;
  }
}
