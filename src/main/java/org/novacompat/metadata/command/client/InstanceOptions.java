// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The instance that a call is about, in the words of the OpenAPI. */
class InstanceOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "The instance's UUID.")
  private String instance;

  @Option(
      names = "--region",
      paramLabel = "ID",
      description = "The instance's region. Default: NOVA_COMPAT_REGION of the environment.")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--az",
      paramLabel = "NAME",
      description = {
        "The instance's availability zone; need not be given. Default: NOVA_COMPAT_AZ of the"
            + " environment."
      })
  private Optional<String> zone = Optional.empty();

  /** Gives it as the parameters of a query. */
  final SortedMap<String, String> query() {
    String regionId =
        region.orElseThrow(() -> wrong("which region? Give --region, or set NOVA_COMPAT_REGION"));
    SortedMap<String, String> query = new TreeMap<>();
    query.put("instanceID", instance);
    query.put("regionID", regionId);
    zone.ifPresent(name -> query.put("azName", name));
    return query;
  }

  /** Gives it as a body. */
  ObjectNode body() {
    ObjectNode body = Json.object();
    query().forEach(body::put);
    return body;
  }

  /** A mistake in the command line. */
  final ParameterException wrong(String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }
}
