// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;

/** An answer of 400 or more. */
final class ErrorStatus extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private ErrorStatus(int status) {
    super("status " + status);
    this.status = status;
  }

  int status() {
    return status;
  }

  /** Makes such an answer of any call an exception; what else it says is not kept. */
  static final class Mapper implements ResponseExceptionMapper<ErrorStatus> {
    @Override
    public boolean handles(int status, MultivaluedMap<String, Object> headers) {
      return status >= Response.Status.BAD_REQUEST.getStatusCode();
    }

    @Override
    public ErrorStatus toThrowable(Response response) {
      response.close();
      return new ErrorStatus(response.getStatus());
    }
  }
}
