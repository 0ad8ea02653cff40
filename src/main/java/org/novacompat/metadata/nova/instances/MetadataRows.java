// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova.instances;

import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.log.RateLimitedLog;
import org.novacompat.metadata.nova.instances.ChildRow.Kind;
import org.novacompat.metadata.nova.objects.JsonField;
import org.novacompat.metadata.nova.objects.UnreadableObjectException;

/**
 * An instance's metadata, as nova's table and the custom one hold it. A key is in one of the two;
 * where nova wrote a key that the custom table has, too, nova's value is the newer one.
 *
 * @param uuid the instance's UUID, for the log
 * @param rows the rows beside the instance, by id
 */
public record MetadataRows(String uuid, List<ChildRow> rows) {
  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(MetadataRows.class.getName()));

  /** Lists the rows of one table that have a key, by id. */
  public List<ChildRow> of(Kind kind, String key) {
    return of(kind).filter(row -> row.key().get().equals(key)).toList();
  }

  /** Lists the keys of both tables. */
  public Set<String> keys() {
    return Stream.of(Kind.METADATA, Kind.CUSTOM_METADATA)
        .flatMap(this::of)
        .map(row -> row.key().get())
        .collect(Collectors.toCollection(HashSet::new));
  }

  private Stream<ChildRow> of(Kind kind) {
    return rows.stream().filter(row -> row.kind() == kind && row.key().isPresent());
  }

  /**
   * The values in nova's table. As in Python's dict, a key that comes twice keeps its first place
   * and its last value.
   */
  Map<String, Optional<String>> ofNova() {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    of(Kind.METADATA).forEach(row -> values.put(row.key().get(), row.value()));
    return Collections.unmodifiableMap(values);
  }

  /**
   * The values in the custom table, JSON texts, of keys that nova's table lacks. An unreadable one
   * is logged and left out.
   */
  Map<String, String> custom() {
    Map<String, Optional<String>> ofNova = ofNova();
    Map<String, String> values = new LinkedHashMap<>();
    of(Kind.CUSTOM_METADATA)
        .filter(row -> !ofNova.containsKey(row.key().get()))
        .filter(this::isReadable)
        .forEach(row -> values.put(row.key().get(), row.value().get()));
    return Collections.unmodifiableMap(values);
  }

  /** All values as JSON texts, nova's first. */
  public Map<String, String> all() {
    Map<String, String> values = new LinkedHashMap<>();
    ofNova().forEach((key, value) -> values.put(key, json(value)));
    values.putAll(custom());
    return Collections.unmodifiableMap(values);
  }

  private static String json(Optional<String> value) {
    return value.map(text -> TextNode.valueOf(text).toString()).orElse("null");
  }

  private boolean isReadable(ChildRow row) {
    try {
      JsonField.parseExactly("value", row.value().orElse(""));
      return true;
    } catch (UnreadableObjectException e) {
      LIMITED_LOG.log(
          Level.WARNING,
          () ->
              "custom metadata of instance %s cannot be read: its %s"
                  .formatted(uuid, e.getMessage()));
      return false;
    }
  }
}
