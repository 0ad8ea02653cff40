// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.JsonNode;
import picocli.CommandLine.Command;

/** {@code nova-compat-metadata delete} */
@Command(
    name = "delete",
    description = {
      "Removes all metadata of the instance. To remove some keys, give those that are to stay to"
          + " 'update --force'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  nova-compat-metadata delete $INSTANCE"})
final class DeleteCommand extends Call {
  DeleteCommand(Environment environment) {
    super(environment);
  }

  @Override
  JsonNode call(OpenApi api, Target instance) throws ClientException {
    return api.post("delete", instance.body());
  }
}
