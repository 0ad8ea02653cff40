// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A call that brings metadata along. */
abstract class Change extends Call {
  @Parameters(
      index = "1..*",
      paramLabel = "KEY=VALUE",
      description = "A value that is a text, whatever it looks like.")
  private List<String> texts = List.of();

  @Mixin private Values values;

  Change(Environment environment) {
    super(environment);
  }

  /** Gives the metadata. */
  final ObjectNode metadata() throws ClientException {
    return values.read(texts);
  }
}
