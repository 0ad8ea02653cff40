// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

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
import java.util.stream.Stream;

/**
 * The value of each option, made from the text that counts for it: references to other options are
 * replaced, then the text is parsed ({@code oslo_config/cfg.py: ConfigOpts._substitute,
 * StrSubWrapper}). It collects all problems instead of stopping at the first.
 */
public final class Resolution {

  /**
   * An option's value.
   *
   * @param value the typed value
   * @param text what it was made from, references replaced
   * @param secret whether the text must not be shown: it is a secret, or made from one
   * @param place where it was set, see {@link Assignment#place}
   */
  public record Value(Object value, String text, boolean secret, String place) {

    /** Stands for the value of an option that has a problem. */
    static final Value BROKEN = new Value(new Object(), "", true, "");

    /** Whether the option has a problem. */
    public boolean isBroken() {
      return this == BROKEN;
    }
  }

  private record Expanded(List<String> texts, boolean isSecret, boolean isBroken) {

    String last() {
      return texts.get(texts.size() - 1);
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

  /** Resolves every option of a catalogue. */
  public Resolution(Collection<Option<?>> catalogue, Settings settings) {
    this.catalogue =
        catalogue.stream().collect(Collectors.toMap(Option::fullName, Function.identity()));
    this.settings = settings;
    catalogue.forEach(this::valueOf);
  }

  /** The value of each option of the catalogue. */
  public Map<OptionName, Value> values() {
    return values;
  }

  /** What is wrong, a line each. */
  public List<String> problems() {
    return problems;
  }

  private Value valueOf(Option<?> option) {
    OptionName name = option.fullName();
    if (!values.containsKey(name)) {
      values.put(name, read(option, settings.find(option).orElseGet(() -> standard(option))));
    }
    return values.get(name);
  }

  private Value read(Option<?> option, Assignment assignment) {
    try {
      Expanded expanded = expand(option.fullName(), assignment);
      if (expanded.isBroken()) {
        return Value.BROKEN;
      }
      return option.type().leavesUnset(expanded.last())
          ? read(option, standard(option))
          : parse(option, expanded, assignment);
    } catch (UnresolvedReferenceException e) {
      String sentence = option.secret() ? UNNAMED_REFERENCE : e.getMessage();
      return broken(option, assignment, sentence);
    }
  }

  private static Assignment standard(Option<?> option) {
    return new Assignment(List.of(option.defaultValue().text().get()), "default");
  }

  private Value parse(Option<?> option, Expanded expanded, Assignment assignment) {
    try {
      return new Value(
          option.type().parseAll(expanded.texts()),
          expanded.last(),
          option.secret() || expanded.isSecret(),
          assignment.place());
    } catch (IllegalArgumentException e) {
      String got = option.secret() ? "" : ", got '" + assignment.last() + "'";
      String reason = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
      return broken(option, assignment, "expected " + option.type().expected() + got + reason);
    }
  }

  private Value broken(Option<?> option, Assignment assignment, String sentence) {
    problems.add(assignment.place() + ": " + option.fullName() + ": " + sentence);
    return Value.BROKEN;
  }

  private Expanded expand(OptionName name, Assignment assignment) {
    if (underWay.contains(name)) {
      throw new UnresolvedReferenceException("it refers to itself by way of " + underWay.peek());
    }
    underWay.push(name);
    try {
      List<Value> used = new ArrayList<>();
      List<String> texts =
          assignment.texts().stream()
              .map(text -> References.replace(text, to -> text(to, name.group(), used)))
              .toList();
      return new Expanded(
          texts, used.stream().anyMatch(Value::secret), used.stream().anyMatch(Value::isBroken));
    } finally {
      underWay.pop();
    }
  }

  private String text(String reference, String group, List<Value> used) {
    Value value = referenced(reference, group);
    used.add(value);
    return value.text();
  }

  /** The option of a reference: one of the same group first, then one of {@code DEFAULT}. */
  private Value referenced(String reference, String group) {
    int dot = reference.indexOf('.');
    List<OptionName> candidates =
        dot < 0
            ? Stream.of(group, OptionName.DEFAULT_GROUP)
                .map(in -> new OptionName(in, reference))
                .toList()
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

  /** An option that only nova knows counts as a secret, for it may be one. */
  private Optional<Value> unlisted(OptionName name) {
    return settings
        .find(name)
        .map(found -> new Value(found, textOfUnlisted(name, found), true, found.place()));
  }

  private String textOfUnlisted(OptionName name, Assignment assignment) {
    try {
      return expand(name, assignment).last();
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
