// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.openapi;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.novacompat.metadata.signature.SignedQuery;

/**
 * The parameters of a query.
 *
 * @param values all values by name, decoded
 */
record QueryParameters(Map<String, List<String>> values) implements Parameters {
  /**
   * Reads a query.
   *
   * @param query the query as it was sent, still encoded; empty when there is none
   * @throws RefusedException when an escape is broken
   */
  static QueryParameters parse(String query) throws RefusedException {
    try {
      return new QueryParameters(SignedQuery.parameters(query));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(ErrorCode.REQUEST_MALFORMED, "The query has a broken escape.");
    }
  }

  @Override
  public Set<String> names() {
    return values.keySet();
  }

  @Override
  public Optional<String> string(String name) throws RefusedException {
    List<String> sent = values.getOrDefault(name, List.of());
    if (sent.size() > 1) {
      throw new RefusedException(ErrorCode.PARAMETER_INVALID, name + " is there more than once.");
    }
    return sent.stream().filter(value -> !value.isEmpty()).findFirst();
  }
}
