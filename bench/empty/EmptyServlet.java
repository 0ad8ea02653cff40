// SPDX-License-Identifier: Apache-2.0
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;

/**
 * Answers everything with the same 1,100 bytes, about as many as a guest's average answer has: what
 * the server costs when the application costs nothing.
 */
public final class EmptyServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int LENGTH = 1100;

  private final byte[] body = new byte[LENGTH];

  /** Makes the one answer. */
  public EmptyServlet() {
    Arrays.fill(body, (byte) '.');
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain; charset=UTF-8");
    response.setContentLength(LENGTH);
    response.getOutputStream().write(body);
  }
}
