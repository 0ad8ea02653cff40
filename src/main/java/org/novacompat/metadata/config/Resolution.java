// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes each option's value from the text that counts for it: replaces references to other options,
 * then parses ({@code oslo_config/cfg.py: ConfigOpts._substitute, StrSubWrapper}). Notes what is
 * wrong and goes on, so that all of it is known at the end.
 */
final class Resolution {

  /**
   * An option's value.
   *
   * @param value the typed value
   * @param text what it was made from, references replaced
   * @param secret whether the text must not be shown: it is a secret, or made from one
   * @param place where it was set: {@code FILE:LINE}, the variable's name, or {@code default}
   */
  record Value(Object value, String text, boolean secret, String place) {

    /** Stands for the value of an option that has a problem. */
    static final Value BROKEN = new Value(new Object(), "", true, "");
  }

  private record Expanded(List<String> texts, List<Value> used) {

    String last() {
      return texts.get(texts.size() - 1);
    }

    boolean secret() {
      return used.stream().anyMatch(Value::secret);
    }
  }

  /** What a secret refers to may be a part of it, after a dollar sign that should be doubled. */
  private static final String UNNAMED_REFERENCE =
      "it refers to an option that is set nowhere (a plain $ is $$)";

  private final Map<OptionName, Option<?>> catalogue;
  private final Settings settings;
  private final Map<OptionName, Value> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private final Deque<OptionName> underWay = new ArrayDeque<>();

  Resolution(Collection<Option<?>> catalogue, Settings settings) {
    this.catalogue =
        catalogue.stream().collect(Collectors.toMap(Option::fullName, Function.identity()));
    this.settings = settings;
    catalogue.forEach(this::valueOf);
  }

  /** The value of each option of the catalogue. */
  Map<OptionName, Value> values() {
    return values;
  }

  /** What is wrong, a line each. */
  List<String> problems() {
    return problems;
  }

  private Value valueOf(Option<?> option) {
    OptionName name = option.fullName();
    if (!values.containsKey(name)) {
      values.put(name, read(option, settings.of(option).orElseGet(() -> standard(option))));
    }
    return values.get(name);
  }

  private Value read(Option<?> option, Settings.Source source) {
    try {
      Expanded expanded = expand(option.fullName(), source);
      if (expanded.used().contains(Value.BROKEN)) {
        return Value.BROKEN;
      }
      return option.type().leavesUnset(expanded.last())
          ? read(option, standard(option))
          : parse(option, expanded, source);
    } catch (UnresolvedReferenceException e) {
      String sentence = option.secret() ? UNNAMED_REFERENCE : e.getMessage();
      problems.add(source.place() + ": " + option.fullName() + ": " + sentence);
      return Value.BROKEN;
    }
  }

  private static Settings.Source standard(Option<?> option) {
    return new Settings.Source(List.of(option.defaultValue().text().get()), "default");
  }

  private Value parse(Option<?> option, Expanded expanded, Settings.Source source) {
    try {
      return new Value(
          option.type().parseAll(expanded.texts()),
          expanded.last(),
          option.secret() || expanded.secret(),
          source.place());
    } catch (IllegalArgumentException e) {
      String got = option.secret() ? "" : ", got '" + source.last() + "'";
      String reason = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
      problems.add(
          source.place()
              + ": "
              + option.fullName()
              + ": expected "
              + option.type().expected()
              + got
              + reason);
      return Value.BROKEN;
    }
  }

  private Expanded expand(OptionName name, Settings.Source source) {
    if (underWay.contains(name)) {
      throw new UnresolvedReferenceException("it refers to itself by way of " + underWay.peek());
    }
    underWay.push(name);
    try {
      List<Value> used = new ArrayList<>();
      List<String> texts =
          source.texts().stream()
              .map(
                  text ->
                      References.replace(
                          text,
                          reference -> {
                            used.add(referenced(reference, name.group()));
                            return used.get(used.size() - 1).text();
                          }))
              .toList();
      return new Expanded(texts, used);
    } finally {
      underWay.pop();
    }
  }

  /** What a reference means: an option of the same group first, then one of {@code DEFAULT}. */
  private Value referenced(String reference, String group) {
    int dot = reference.indexOf('.');
    List<OptionName> candidates =
        dot < 0
            ? List.of(
                new OptionName(group, reference),
                new OptionName(OptionName.DEFAULT_GROUP, reference))
            : List.of(new OptionName(reference.substring(0, dot), reference.substring(dot + 1)));
    return candidates.stream()
        .filter(catalogue::containsKey)
        .findFirst()
        .map(name -> referenced(catalogue.get(name)))
        .or(() -> candidates.stream().flatMap(name -> unlisted(name).stream()).findFirst())
        .orElseThrow(
            () ->
                new UnresolvedReferenceException(
                    "it refers to $" + reference + ", which is set nowhere (a plain $ is $$)"));
  }

  private Value referenced(Option<?> option) {
    Value value = valueOf(option);
    return value.text().isEmpty()
        ? value
        : new Value(
            value.value(), option.type().referenced(value.text()), value.secret(), value.place());
  }

  /** An option that only nova knows: nobody here can tell whether it is a secret. */
  private Optional<Value> unlisted(OptionName name) {
    return settings
        .of(name)
        .map(source -> new Value(source, textOfUnlisted(name, source), true, source.place()));
  }

  private String textOfUnlisted(OptionName name, Settings.Source source) {
    try {
      return expand(name, source).last();
    } catch (UnresolvedReferenceException e) {
      throw new UnresolvedReferenceException("it refers to " + name + ": " + UNNAMED_REFERENCE);
    }
  }

  private static final class UnresolvedReferenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnresolvedReferenceException(String message) {
      super(message);
    }
  }
}
