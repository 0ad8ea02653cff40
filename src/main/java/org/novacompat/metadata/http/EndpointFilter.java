// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/**
 * Keeps the endpoints of one application apart by the port that a request came in by, which no
 * header can forge: what comes by the port of another endpoint than the guests' goes to that
 * endpoint's servlet, whatever the path, and nothing else does.
 */
public final class EndpointFilter extends HttpFilter {
  private static final long serialVersionUID = 1L;

  private final transient Map<Integer, HttpServlet> servlets;

  /**
   * Keeps endpoints apart.
   *
   * @param servlets the servlets by their ports
   */
  public EndpointFilter(Map<Integer, HttpServlet> servlets) {
    this.servlets = Map.copyOf(servlets);
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServlet servlet = servlets.get(request.getLocalPort());
    if (servlet == null) {
      chain.doFilter(request, response);
    } else {
      servlet.service(request, response);
    }
  }
}
