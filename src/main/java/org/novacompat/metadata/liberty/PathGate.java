// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import com.ibm.wsspi.http.HttpInboundConnection;
import com.ibm.wsspi.http.HttpRequest;
import com.ibm.wsspi.http.HttpResponse;
import com.ibm.wsspi.http.WorkClassifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/**
 * Refuses paths that Liberty's web container would refuse with a page of its own, before any
 * application sees them: that page's type has no charset, without which neutron's agents may fail
 * to pass it on. The refusal has the form of every other: status 400 as WebOb writes it in plain
 * text. A service of a Liberty user feature, asked at every request of every endpoint.
 */
public final class PathGate implements WorkClassifier {
  private static final byte[] REFUSAL =
      "400 Bad Request\n\nThe path is not valid.\n\n   ".getBytes(StandardCharsets.US_ASCII);

  /** Made by the service registry of OSGi. */
  public PathGate() {}

  /** Gives the executor that refuses the request; null where Liberty is to go on by itself. */
  @Override
  public Executor classify(HttpRequest request, HttpInboundConnection connection) {
    return RequestPath.isUsable(request.getURI()) ? null : task -> refuse(connection);
  }

  private static void refuse(HttpInboundConnection connection) {
    Exception failure = null;
    try {
      HttpResponse response = connection.getResponse();
      response.setStatus(400);
      response.setHeader("Content-Type", "text/plain; charset=UTF-8");
      response.setContentLength(REFUSAL.length);
      response.getBody().write(REFUSAL);
      response.getBody().close();
    } catch (IOException e) {
      failure = e;
    }
    connection.finish(failure);
  }
}
