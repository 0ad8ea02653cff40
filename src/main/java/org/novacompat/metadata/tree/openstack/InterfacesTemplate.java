// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree.openstack;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.TemplateError.ErrorType;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.loader.FileLocator;
import com.hubspot.jinjava.util.HasObjectTruthValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A template of {@code /etc/network/interfaces}, in Jinja2's language and with nova's settings:
 * {@code trim_blocks}, the last line end dropped. The only class that touches the template engine.
 */
final class InterfacesTemplate {
  private final Jinjava engine;
  private final String source;

  private InterfacesTemplate(Jinjava engine, String source) {
    this.engine = engine;
    this.source = source;
  }

  /**
   * Reads an operator's template.
   *
   * @throws IOException when it cannot be read
   */
  static InterfacesTemplate load(Path file) throws IOException {
    Path path = file.toAbsolutePath();
    Jinjava engine = engine();
    engine.setResourceLocator(new FileLocator(path.getParent().toFile()));
    return new InterfacesTemplate(engine, normalised(Files.readString(path)));
  }

  /**
   * Reads the built-in template of a style.
   *
   * @throws IOException when it cannot be read
   */
  static InterfacesTemplate builtIn(NetworkStyle style) throws IOException {
    try (InputStream in = InterfacesTemplate.class.getResourceAsStream(style.template())) {
      String source = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new InterfacesTemplate(engine(), normalised(source));
    }
  }

  private static Jinjava engine() {
    Jinjava engine = new Jinjava(JinjavaConfig.newBuilder().withTrimBlocks(true).build());
    engine.getGlobalContext().registerExpTest(new IsNone());
    return engine;
  }

  /**
   * Fills the template in.
   *
   * @throws IOException when the template is not valid
   */
  String render(Map<String, Object> variables) throws IOException {
    RenderResult result = engine.renderForResult(source, withNone(variables));
    Optional<TemplateError> fatal =
        result.getErrors().stream()
            .filter(error -> error.getSeverity() == ErrorType.FATAL)
            .findFirst();
    if (fatal.isPresent()) {
      throw new IOException(
          "template, line " + fatal.get().getLineno() + ": " + fatal.get().getMessage());
    }
    return result.getOutput();
  }

  private static Map<String, Object> withNone(Map<?, ?> variables) {
    Map<String, Object> copy = new HashMap<>();
    variables.forEach((name, value) -> copy.put((String) name, withNone(value)));
    return copy;
  }

  private static Object withNone(Object value) {
    if (value instanceof Map<?, ?> variables) {
      return withNone(variables);
    }
    if (value instanceof List<?> values) {
      return values.stream().map(InterfacesTemplate::withNone).toList();
    }
    return value == null ? None.NONE : value;
  }

  private static String normalised(String source) {
    String text = source.replace("\r\n", "\n").replace('\r', '\n');
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  /** Python's {@code None}: false in a condition, and printed by its name. */
  private static final class None implements HasObjectTruthValue {
    static final None NONE = new None();

    @Override
    public boolean getObjectTruthValue() {
      return false;
    }

    @Override
    public String toString() {
      return "None";
    }
  }

  /** Jinja2's test {@code is none}. */
  private static final class IsNone implements ExpTest {
    @Override
    public String getName() {
      return "none";
    }

    @Override
    public boolean evaluate(Object value, JinjavaInterpreter interpreter, Object... arguments) {
      return value == null || value == None.NONE;
    }
  }
}
