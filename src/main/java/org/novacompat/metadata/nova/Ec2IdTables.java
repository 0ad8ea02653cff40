// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Root;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;
import org.novacompat.metadata.nova.Tables.S3Image;

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

  private record ImageRow(Integer id, String uuid) {}

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
  Numbers numbers(StatelessSession session, InstanceRow row) {
    Set<String> refs =
        Stream.of(row.imageRef(), row.kernelId(), row.ramdiskId())
            .filter(ref -> ref != null && !ref.isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    int instance =
        row.ec2Id() == null ? make(session, "instance_id_mappings", row.uuid()) : row.ec2Id();
    return new Numbers(instance, imageIds(session, refs));
  }

  private Map<String, Integer> imageIds(StatelessSession session, Set<String> refs) {
    Map<String, Integer> ids = new HashMap<>();
    Set<String> unseen = new LinkedHashSet<>(refs);
    for (String ref : refs) {
      Integer id = images.getIfPresent(ref);
      if (id != null) {
        ids.put(ref, id);
        unseen.remove(ref);
      }
    }
    if (!unseen.isEmpty()) {
      Map<String, Integer> read = readImages(session, unseen);
      images.putAll(read);
      ids.putAll(read);
    }
    return ids;
  }

  private static Map<String, Integer> readImages(StatelessSession session, Set<String> refs) {
    CriteriaBuilder builder = session.getCriteriaBuilder();
    CriteriaQuery<ImageRow> query = builder.createQuery(ImageRow.class);
    Root<S3Image> image = query.from(S3Image.class);
    query
        .select(builder.construct(ImageRow.class, image.get("id"), image.get("uuid")))
        .where(image.get("uuid").in(refs))
        .orderBy(builder.asc(image.get("id")));
    List<ImageRow> rows = session.createSelectionQuery(query).list();
    Map<String, Integer> ids = new HashMap<>();
    for (String ref : refs) {
      int id =
          rows.stream()
              .filter(row -> row.uuid.equalsIgnoreCase(ref))
              .findFirst()
              .map(ImageRow::id)
              .orElseGet(() -> make(session, "s3_images", ref));
      ids.put(ref, id);
    }
    return ids;
  }

  /** In SQL, for Hibernate takes locks only in transactions, which would double the round trips. */
  private static int make(StatelessSession session, String table, String uuid) {
    session
        .createNativeMutationQuery(
            "insert into %s (uuid, created_at, deleted) values (:uuid, utc_timestamp(), 0)"
                .formatted(table))
        .setParameter("uuid", uuid)
        .executeUpdate();
    return session
        .createNativeQuery(
            "select id from %s where uuid = :uuid order by id limit 1 lock in share mode"
                .formatted(table),
            Integer.class)
        .setParameter("uuid", uuid)
        .getSingleResult();
  }
}
