// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.SortedMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nova-compat-metadata details} */
@Command(
    name = "details",
    description = "Shows the metadata, changes nothing.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  nova-compat-metadata details $INSTANCE",
      "  nova-compat-metadata details $INSTANCE --key test1"
    })
final class DetailsCommand extends Call {
  @Option(names = "--key", paramLabel = "KEY", description = "Show this key alone.")
  private Optional<String> key = Optional.empty();

  DetailsCommand(Environment environment) {
    super(environment);
  }

  @Override
  JsonNode call(OpenApi api, Target instance) throws ClientException {
    SortedMap<String, String> query = instance.query();
    key.ifPresent(name -> query.put("metadataKey", name));
    return api.get("details", query);
  }
}
