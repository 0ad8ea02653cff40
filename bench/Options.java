// SPDX-License-Identifier: Apache-2.0
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * {@code --name value} pairs, after a word that says what to do.
 *
 * @param values each option's value by its name, without the dashes
 */
record Options(Map<String, String> values) {
  static Options parse(String[] arguments) {
    Map<String, String> values = new HashMap<>();
    for (int i = 1; i + 1 < arguments.length; i += 2) {
      values.put(arguments[i].replaceFirst("^--", ""), arguments[i + 1]);
    }
    return new Options(values);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  Path file(String name) {
    return Path.of(text(name));
  }

  double number(String name, double otherwise) {
    return values.containsKey(name) ? Double.parseDouble(values.get(name)) : otherwise;
  }

  int integer(String name) {
    return Integer.parseInt(text(name));
  }

  /** Reads {@code host:port}. */
  InetSocketAddress address(String name) {
    String address = text(name);
    int colon = address.lastIndexOf(':');
    return new InetSocketAddress(
        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
  }
}
