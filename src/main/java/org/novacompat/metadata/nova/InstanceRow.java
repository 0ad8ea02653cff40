// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.ParameterExpression;
import jakarta.persistence.criteria.Selection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hibernate.StatelessSession;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.hibernate.query.criteria.JpaEntityJoin;
import org.hibernate.query.criteria.JpaRoot;
import org.novacompat.metadata.nova.Tables.Instance;
import org.novacompat.metadata.nova.Tables.InstanceExtra;
import org.novacompat.metadata.nova.Tables.InstanceIdMapping;
import org.novacompat.metadata.nova.Tables.InstanceInfoCache;

/**
 * A living instance with what is stored beside it one to one: {@code instances}, {@code
 * instance_extra}, {@code instance_info_caches} and {@code instance_id_mappings}, in one statement.
 * Any component but the UUID may be null, as its column may.
 */
record InstanceRow(
    String uuid,
    String projectId,
    String userId,
    String hostname,
    String displayName,
    Integer launchIndex,
    String availabilityZone,
    String reservationId,
    String imageRef,
    String kernelId,
    String ramdiskId,
    String keyName,
    String keyData,
    String rootDeviceName,
    String defaultEphemeralDevice,
    String defaultSwapDevice,
    String userData,
    Integer extraId,
    String flavor,
    String keypairs,
    String deviceMetadata,
    String numaTopology,
    String networkInfo,
    Integer ec2Id) {

  /** Names the query for a row. */
  static final String QUERY = "instance";

  private static final List<String> OF_INSTANCE =
      List.of(
          "uuid",
          "projectId",
          "userId",
          "hostname",
          "displayName",
          "launchIndex",
          "availabilityZone",
          "reservationId",
          "imageRef",
          "kernelId",
          "ramdiskId",
          "keyName",
          "keyData",
          "rootDeviceName",
          "defaultEphemeralDevice",
          "defaultSwapDevice",
          "userData");
  private static final List<String> OF_EXTRA =
      List.of("id", "flavor", "keypairs", "deviceMetadata", "numaTopology");

  private static final Pattern CONCEIVABLE = Pattern.compile("[!-~]{1,36}");

  /** Neither id's column is unique to the instance; as for nova, the oldest row counts. */
  private static final Comparator<InstanceRow> OLDEST =
      Comparator.comparing(InstanceRow::extraId, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(InstanceRow::ec2Id, Comparator.nullsLast(Comparator.naturalOrder()));

  /** Whether a UUID column can hold this at all. */
  static boolean isConceivable(String uuid) {
    return CONCEIVABLE.matcher(uuid).matches();
  }

  /**
   * Reads an instance.
   *
   * @return the row; empty when no living instance has that UUID
   */
  static Optional<InstanceRow> read(StatelessSession session, String uuid) {
    return session
        .createNamedSelectionQuery(QUERY, InstanceRow.class)
        .setParameter("uuid", uuid)
        .list()
        .stream()
        .min(OLDEST);
  }

  /** {@link #QUERY}, of the parameter {@code uuid}. */
  static CriteriaQuery<InstanceRow> query(HibernateCriteriaBuilder builder) {
    JpaCriteriaQuery<InstanceRow> query = builder.createQuery(InstanceRow.class);
    ParameterExpression<String> uuid = builder.parameter(String.class, "uuid");
    JpaRoot<Instance> instance = query.from(Instance.class);
    From<?, ?> extra = beside(instance, InstanceExtra.class, "instanceUuid", builder);
    From<?, ?> info = beside(instance, InstanceInfoCache.class, "instanceUuid", builder);
    From<?, ?> number = beside(instance, InstanceIdMapping.class, "uuid", builder);
    List<Selection<?>> columns = new ArrayList<>();
    OF_INSTANCE.forEach(column -> columns.add(instance.get(column)));
    OF_EXTRA.forEach(column -> columns.add(extra.get(column)));
    columns.add(info.get("networkInfo"));
    columns.add(number.get("id"));
    return query
        .select(builder.construct(InstanceRow.class, columns))
        .where(
            builder.equal(instance.get("uuid"), uuid),
            builder.equal(instance.get("deleted"), builder.literal(0)));
  }

  /**
   * Joins a table by the UUID as the instance's own row spells it, like nova. In ASCII it is
   * compared as the other table's column wants it, so that no two collations meet, and that table's
   * index serves, where an upgraded cloud's tables differ in character set or collation.
   */
  private static From<?, ?> beside(
      JpaRoot<Instance> instance, Class<?> table, String column, HibernateCriteriaBuilder builder) {
    Expression<String> uuid =
        builder.sql("convert(? using ascii)", String.class, instance.get("uuid"));
    JpaEntityJoin<Instance, ?> join = instance.join(table, JoinType.LEFT);
    return join.on(builder.equal(join.get(column), uuid));
  }
}
