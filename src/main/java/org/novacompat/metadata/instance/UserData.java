// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.instance;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** User data: any bytes, at most 65,535 as nova accepts them. */
public final class UserData {
  private final byte[] bytes;

  /** Takes a copy of the bytes. */
  public UserData(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /** Gives a copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Gives the number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Writes the bytes; neither flushes nor closes. */
  public void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UserData that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "UserData[" + bytes.length + " bytes]";
  }
}
