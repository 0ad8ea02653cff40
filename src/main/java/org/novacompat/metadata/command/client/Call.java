// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the four commands have in common: each makes one call and shows what it returned. */
abstract class Call implements Callable<Integer> {
  @Mixin private final Target target;
  @Mixin private final Server server;
  @Spec private CommandSpec command;

  Call(Environment environment) {
    target = new Target(environment);
    server = new Server(environment);
  }

  /** Makes the call. */
  abstract JsonNode call(OpenApi api, Target instance) throws ClientException;

  @Override
  public final Integer call() throws ClientException {
    PrintWriter out = command.commandLine().getOut();
    out.println(Json.indented(call(server.connect(), target), Charset.defaultCharset()));
    out.flush();
    return 0;
  }
}
