// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.nova;

import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.novacompat.metadata.log.RateLimitedLog;

/**
 * An instance's metadata as nova's table and ours hold it.
 *
 * @param uuid the instance's UUID, for the log
 * @param rows the rows beside the instance, by id
 */
record MetadataRows(String uuid, List<SatelliteRow> rows) {
  private static final RateLimitedLog LIMITED_LOG =
      new RateLimitedLog(System.getLogger(MetadataRows.class.getName()));

  /** Lists the rows of one table that have a key, by id. */
  List<SatelliteRow> of(int kind, String key) {
    return of(kind).filter(row -> row.first().equals(key)).toList();
  }

  /** Lists the rows of one table, by id. */
  Stream<SatelliteRow> of(int kind) {
    return rows.stream().filter(row -> row.kind() == kind && row.first() != null);
  }

  /**
   * What nova's table has. As in Python's dict, a key that comes twice keeps its first place and
   * its last value.
   */
  Map<String, Optional<String>> novas() {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    of(SatelliteRow.METADATA)
        .forEach(row -> values.put(row.first(), Optional.ofNullable(row.second())));
    return Collections.unmodifiableMap(values);
  }

  /**
   * What our table has, JSON texts, but where nova's has a value of that key: then nova was told
   * later, for we keep a key in one of the two. What cannot be read is logged and left out.
   */
  Map<String, String> ours() {
    Map<String, Optional<String>> novas = novas();
    Map<String, String> values = new LinkedHashMap<>();
    of(SatelliteRow.CUSTOM_METADATA)
        .filter(row -> !novas.containsKey(row.first()))
        .filter(this::isReadable)
        .forEach(row -> values.put(row.first(), row.second()));
    return Collections.unmodifiableMap(values);
  }

  /** Everything as JSON texts: nova's first. */
  Map<String, String> all() {
    Map<String, String> values = new LinkedHashMap<>();
    novas().forEach((key, value) -> values.put(key, json(value)));
    values.putAll(ours());
    return Collections.unmodifiableMap(values);
  }

  private static String json(Optional<String> value) {
    return value.map(text -> TextNode.valueOf(text).toString()).orElse("null");
  }

  private boolean isReadable(SatelliteRow row) {
    try {
      JsonField.parseExactly("value", row.second());
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
