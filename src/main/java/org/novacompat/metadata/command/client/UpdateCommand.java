// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nova-compat-metadata update} */
@Command(
    name = "update",
    description = {
      "Changes metadata: keys that are given get the new value, others stay as they are, unless"
          + " --force is given."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  nova-compat-metadata update $INSTANCE test1=789",
      "  nova-compat-metadata update $INSTANCE --force test3=IGs9"
    })
final class UpdateCommand extends Change {
  @Option(
      names = "--force",
      description = "Replace all metadata that is there: keys that are not given are removed.")
  private boolean force;

  UpdateCommand(Environment environment) {
    super(environment);
  }

  @Override
  JsonNode call(OpenApi api, Target instance) throws ClientException {
    ObjectNode body = instance.body();
    if (force) {
      body.put("isForce", true);
    }
    body.set("metadata", metadata());
    return api.post("update", body);
  }
}
