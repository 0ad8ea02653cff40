// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Says in our words what the servlet container refuses in its own, so that no guest learns what it
 * talks to.
 */
public final class ContainerErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Made by the container. */
  public ContainerErrorServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.resetBuffer();
    GuestServlet.send(request, response, error(response.getStatus()));
  }

  private static GuestError error(int status) {
    if (status == HttpServletResponse.SC_NOT_FOUND) {
      return GuestError.NOT_FOUND;
    }
    return status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR
        ? GuestError.UNKNOWN
        : GuestError.badRequest("The path is not valid.");
  }
}
