// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.novacompat.metadata.conformance.ConformanceRecording.Answer;
import org.novacompat.metadata.conformance.ConformanceRecording.Difference;

/**
 * The one right answer to each recorded request: nova's; where nova fell over, its page for what it
 * does not find; and where a difference is meant, what that says, which is mostly what nova
 * answered for an instance that has in good order what is broken here.
 */
final class ConformanceOracle {
  private static final int NOT_FOUND = 404;

  /**
   * What is right.
   *
   * @param answer the status, the type and the body
   * @param source where that is from, for complaints
   */
  record Expectation(Answer answer, String source) {}

  private final Map<String, ConformanceRecording> recordings;
  private final List<Difference> everywhere;
  private final Answer notFound;

  /**
   * Knows the recordings.
   *
   * @param recordings those that differences may refer to, of which one holds nova's page for what
   *     it does not find
   * @param everywhere the differences in all of them
   */
  ConformanceOracle(List<ConformanceRecording> recordings, List<Difference> everywhere) {
    this.recordings =
        recordings.stream()
            .collect(Collectors.toMap(ConformanceRecording::shape, Function.identity()));
    this.everywhere = everywhere;
    this.notFound =
        recordings.stream()
            .flatMap(recording -> recording.answers().stream())
            .filter(answer -> answer.status() == NOT_FOUND && answer.isAskedAsUsual())
            .findFirst()
            .orElseThrow();
  }

  /**
   * Says what is right.
   *
   * @param nova what nova answered there
   * @param path one of its paths
   */
  Expectation expectation(ConformanceRecording recording, Answer nova, String path) {
    return meant(recording, nova, path)
        .map(meant -> new Expectation(meant.answer(), "meant, since " + meant.difference().why()))
        .orElseGet(
            () ->
                nova.novaFailed()
                    ? new Expectation(notFound, "nova failed (" + nova.status() + "), so its 404")
                    : new Expectation(nova, "nova"));
  }

  /**
   * A difference that is about a request.
   *
   * @param where the shape that means it; empty text for all
   * @param difference what it says
   * @param withoutItsOwnAnswer what would be right if it had no answers of its own
   * @param answer what is right
   */
  record Meant(String where, Difference difference, Answer withoutItsOwnAnswer, Answer answer) {}

  /** Finds the difference about a request, one in all recordings first. */
  Optional<Meant> meant(ConformanceRecording recording, Answer nova, String path) {
    final Optional<Meant> inAll =
        everywhere.stream()
            .filter(difference -> difference.covers(nova, path))
            .findFirst()
            .map(difference -> meant("", difference, notFound, path));
    return inAll.or(
        () ->
            recording.differences().stream()
                .filter(difference -> difference.covers(nova, path))
                .findFirst()
                .map(
                    difference ->
                        meant(
                            recording.shape(),
                            difference,
                            likeAnother(recording, difference, path),
                            path)));
  }

  private Meant meant(String where, Difference difference, Answer otherwise, String path) {
    final Answer right =
        difference
            .answer(path)
            .map(answer -> answer.status() == NOT_FOUND ? notFound : answer)
            .orElse(otherwise);
    return new Meant(where, difference, otherwise, right);
  }

  private Answer likeAnother(ConformanceRecording here, Difference difference, String path) {
    return difference
        .like()
        .map(this::recording)
        .map(other -> translated(here, difference, other, path))
        .orElse(notFound);
  }

  private Answer translated(
      ConformanceRecording here, Difference difference, ConformanceRecording other, String path) {
    final Answer nova =
        other.answers().stream()
            .filter(answer -> answer.isAskedAsUsual() && answer.paths().contains(path))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(other.shape() + " has no " + path));
    if (difference.without().stream().anyMatch(leaf -> path.endsWith("/meta-data/" + leaf))) {
      return notFound;
    }
    final Answer there = expectation(other, nova, path).answer();
    // whatever the text's encoding: names are ASCII
    final String body = new String(there.body(), StandardCharsets.ISO_8859_1);
    final String renamed =
        ShapeNames.of(other).to(ShapeNames.of(here)).and(difference.replacing()).in(body);
    return there.with(
        Stream.of(renamed.split("\n", -1))
            .filter(line -> !difference.without().contains(line))
            .collect(Collectors.joining("\n"))
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  private ConformanceRecording recording(String shape) {
    return Optional.ofNullable(recordings.get(shape))
        .orElseThrow(() -> new IllegalStateException("no shape " + shape));
  }
}
