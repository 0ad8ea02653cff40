// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;

/** {@code nova-compat-metadata create} */
@Command(
    name = "create",
    description = "Sets metadata. Keys that are there already get the new value, others stay.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  nova-compat-metadata create $INSTANCE test1=123 test2=abc",
      "  nova-compat-metadata create $INSTANCE --json ports='[80, 443]'",
      "  nova-compat-metadata create $INSTANCE --file metadata.json",
      "  echo '{\"test1\": \"123\"}' | nova-compat-metadata create $INSTANCE --file -"
    })
final class CreateCommand extends Change {
  CreateCommand(Environment environment) {
    super(environment);
  }

  @Override
  JsonNode call(OpenApi api, Target instance) throws ClientException {
    ObjectNode body = instance.body();
    body.set("metadata", metadata());
    return api.post("create", body);
  }
}
