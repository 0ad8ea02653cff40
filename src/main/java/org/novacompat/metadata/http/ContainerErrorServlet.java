// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Answers with nova's sentences where the servlet container refuses a request before the guests'
 * servlet is asked, so that no guest learns what it talks to. That servlet itself leaves no error
 * to the container.
 */
public final class ContainerErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  /** Made by the container. */
  public ContainerErrorServlet() {}

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    GuestError error =
        response.getStatus() == HttpServletResponse.SC_NOT_FOUND
            ? GuestError.NOT_FOUND
            : GuestError.badRequest("The path is not valid.");
    response.resetBuffer();
    error.send(request, response);
  }
}
