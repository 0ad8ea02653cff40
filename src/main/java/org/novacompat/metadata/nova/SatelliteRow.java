// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.ParameterExpression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hibernate.StatelessSession;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.novacompat.metadata.nova.Tables.BlockDeviceMapping;
import org.novacompat.metadata.nova.Tables.CustomMetadata;
import org.novacompat.metadata.nova.Tables.InstanceMetadata;
import org.novacompat.metadata.nova.Tables.InstanceSystemMetadata;

/**
 * What is stored many to one beside an instance, in one statement: its living metadata, in nova's
 * table and in ours, its password in system metadata (deleted rows too, as nova reads them) and its
 * living block devices.
 *
 * @param kind {@link #METADATA}, {@link #SYSTEM_METADATA}, {@link #BLOCK_DEVICE} or {@link
 *     #CUSTOM_METADATA}
 * @param id the row's id in its table
 * @param first the key; of a block device, {@code source_type}
 * @param second the value, or null; of a block device, {@code destination_type}
 * @param third of a block device, {@code guest_format}; else null
 * @param fourth of a block device, {@code device_name}; else null
 */
record SatelliteRow(
    Integer kind, Integer id, String first, String second, String third, String fourth) {
  static final int METADATA = 0;
  static final int SYSTEM_METADATA = 1;
  static final int BLOCK_DEVICE = 2;
  static final int CUSTOM_METADATA = 3;

  /** Names the query for an instance's but {@link #CUSTOM_METADATA}. */
  static final String QUERY = "satellites";

  /** Names the query for all of an instance's. */
  static final String QUERY_WITH_OURS = "satellites-with-ours";

  /**
   * Reads an instance's but {@link #CUSTOM_METADATA}, from nova's tables alone.
   *
   * @return the rows, by id: the order in which nova gets them, for it reads them by an index whose
   *     entries end in the id
   */
  static List<SatelliteRow> read(StatelessSession session, String uuid) {
    return read(QUERY, session, uuid);
  }

  /**
   * Reads all of an instance's.
   *
   * @return the rows, as {@link #read} orders them
   * @throws org.hibernate.JDBCException when our table is not there, among others
   */
  static List<SatelliteRow> readWithOurs(StatelessSession session, String uuid) {
    return read(QUERY_WITH_OURS, session, uuid);
  }

  private static List<SatelliteRow> read(String query, StatelessSession session, String uuid) {
    return session
        .createNamedQuery(query, SatelliteRow.class) // a union is no selection query to Hibernate
        .setParameter("uuid", uuid)
        .list()
        .stream()
        .sorted(Comparator.comparing(SatelliteRow::id))
        .toList();
  }

  /** {@link #QUERY}, of the parameter {@code uuid}. */
  static CriteriaQuery<SatelliteRow> query(HibernateCriteriaBuilder builder) {
    return builder.unionAll(metadata(builder), systemMetadata(builder), blockDevices(builder));
  }

  /** {@link #QUERY_WITH_OURS}, of the parameter {@code uuid}. */
  static CriteriaQuery<SatelliteRow> queryWithOurs(HibernateCriteriaBuilder builder) {
    return builder.unionAll(
        metadata(builder),
        systemMetadata(builder),
        blockDevices(builder),
        livingPairs(CUSTOM_METADATA, CustomMetadata.class, builder));
  }

  private static CriteriaQuery<SatelliteRow> metadata(HibernateCriteriaBuilder builder) {
    return livingPairs(METADATA, InstanceMetadata.class, builder);
  }

  private static CriteriaQuery<SatelliteRow> livingPairs(
      int kind, Class<?> table, HibernateCriteriaBuilder builder) {
    Part part = new Part(kind, table, builder);
    return part.where(part.isLiving()).select("key", "value");
  }

  private static CriteriaQuery<SatelliteRow> systemMetadata(HibernateCriteriaBuilder builder) {
    Part part = new Part(SYSTEM_METADATA, InstanceSystemMetadata.class, builder);
    return part.where(part.isLike("key", "password%")).select("key", "value");
  }

  private static CriteriaQuery<SatelliteRow> blockDevices(HibernateCriteriaBuilder builder) {
    Part part = new Part(BLOCK_DEVICE, BlockDeviceMapping.class, builder);
    return part.where(part.isLiving())
        .select("sourceType", "destinationType", "guestFormat", "deviceName");
  }

  /** What of a query is about one table. */
  private static final class Part {
    private static final int TEXTS = 4;

    private final HibernateCriteriaBuilder builder;
    private final CriteriaQuery<SatelliteRow> query;
    private final Root<?> table;
    private final int kind;

    Part(int kind, Class<?> table, HibernateCriteriaBuilder builder) {
      this.builder = builder;
      this.kind = kind;
      query = builder.createQuery(SatelliteRow.class);
      this.table = query.from(table);
    }

    Predicate isLiving() {
      return builder.equal(table.get("deleted"), builder.literal(0));
    }

    Predicate isLike(String column, String pattern) {
      return builder.like(table.get(column), builder.literal(pattern));
    }

    Part where(Predicate condition) {
      ParameterExpression<String> uuid = builder.parameter(String.class, "uuid");
      query.where(builder.equal(table.get("instanceUuid"), uuid), condition);
      return this;
    }

    /** In one character set and collation, whatever its table's, for a union takes no two. */
    private Expression<String> text(String column) {
      return builder.sql("convert(? using utf8mb4)", String.class, table.get(column));
    }

    CriteriaQuery<SatelliteRow> select(String... texts) {
      List<Selection<?>> columns = new ArrayList<>();
      columns.add(builder.literal(kind));
      columns.add(table.get("id"));
      for (int i = 0; i < TEXTS; i++) {
        columns.add(i < texts.length ? text(texts[i]) : builder.nullLiteral(String.class));
      }
      return query.select(builder.construct(SatelliteRow.class, columns));
    }
  }
}
