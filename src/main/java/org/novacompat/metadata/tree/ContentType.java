// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

/** The types of what guests are answered, as header values. */
public enum ContentType {
  /** What nova sets for everything that it does not know better. */
  TEXT("text/plain; charset=UTF-8"),
  /** meta_data.json and the vendor documents; network_data.json is text to nova. */
  JSON("application/json"),
  /** What webob sets where nova sets nothing: the password. */
  HTML("text/html; charset=UTF-8");

  private final String header;

  ContentType(String header) {
    this.header = header;
  }

  /** Gives the value of the Content-Type header. */
  public String header() {
    return header;
  }
}
