// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.conformance.ConformanceRecording.Answer;

/** The recordings are whole: nothing that the replay relies on is missing from them. */
final class ConformanceRecordingsTest {
  private static final int SHAPES = 146;
  private static final int REQUESTS = 73_228;
  private static final int NOT_FOUND = 404;

  private static List<ConformanceRecording> recordings = List.of();
  private static List<ConformanceRecording.Difference> everywhere = List.of();

  @BeforeAll
  static void read() throws IOException {
    recordings = Conformance.recordings();
    everywhere = Conformance.differencesEverywhere();
  }

  @Test
  void thereAreManyShapesAndEachSaysWhy() {
    assertEquals(SHAPES, recordings.size());
    assertAll(
        recordings.stream()
            .map(recording -> () -> assertFalse(recording.why().isBlank(), recording.shape())));
  }

  @Test
  void everyShapeIsAskedEveryPathOnce() {
    final Set<String> all = new TreeSet<>(asked(shape("plain")));
    assertAll(
        instances()
            .map(
                recording ->
                    () -> {
                      final List<String> asked = asked(recording);
                      assertEquals(all, new TreeSet<>(asked), recording.shape());
                      assertEquals(all.size(), asked.size(), recording.shape());
                    }));
  }

  @Test
  void everyVersionIsAskedEveryFile() {
    final Set<String> asked = new HashSet<>(asked(shape("plain")));
    final Stream<String> openstack =
        PathPattern.OPENSTACK.stream()
            .flatMap(
                version ->
                    Stream.of(
                            "",
                            "/meta_data.json",
                            "/network_data.json",
                            "/user_data",
                            "/vendor_data.json",
                            "/vendor_data2.json",
                            "/password")
                        .map(file -> "/openstack/" + version + file));
    final Stream<String> ec2 =
        PathPattern.EC2.stream()
            .flatMap(
                version ->
                    Stream.of("", "/user-data", "/meta-data", "/meta-data/", "/meta-data/hostname")
                        .map(leaf -> "/" + version + leaf));
    assertEquals(
        Set.of(),
        Stream.concat(openstack, ec2)
            .filter(path -> !asked.contains(path))
            .collect(Collectors.toSet()));
  }

  @Test
  void everyWayToSignIsAskedWithEveryFormOfError() {
    final List<Answer> answers = shape("callers").answers();
    for (final RecordedCaller caller : RecordedCaller.values()) {
      assertEquals(
          Set.of(
              Optional.<String>empty(),
              Optional.of("*/*"),
              Optional.of("text/html"),
              Optional.of("text/plain"),
              Optional.of("application/json"),
              Optional.of("application/json;q=0.5, text/html;q=0.1"),
              Optional.of("text/*;q=0.3, application/xml"),
              Optional.of("nonsense")),
          answers.stream()
              .filter(answer -> answer.caller() == caller)
              .map(Answer::accept)
              .collect(Collectors.toSet()),
          caller::recorded);
    }
  }

  @Test
  void everyDifferenceFromNovaHasAReasonAndSaysWhatIsRight() {
    differences()
        .forEach(
            difference -> {
              assertFalse(difference.why().isBlank(), difference::toString);
              assertTrue(
                  difference.like().isPresent() || !difference.answers().isEmpty(),
                  difference::toString);
              difference.answers().forEach(ConformanceRecordingsTest::assertWhole);
            });
  }

  /** A 404 has no more than its status: the page is nova's. */
  private static void assertWhole(Answer answer) {
    final boolean isNovas = answer.type().isEmpty() && answer.body().length == 0;
    assertEquals(answer.status() == NOT_FOUND, isNovas, answer.paths()::toString);
    assertFalse(answer.novaFailed(), answer.paths()::toString);
  }

  /** In bytes, whatever nova did. */
  @Test
  void everyRequestIsJudgedByStatusTypeAndBody() {
    final ConformanceOracle oracle = new ConformanceOracle(recordings, everywhere);
    int judged = 0;
    for (final ConformanceRecording recording : recordings) {
      for (final Answer answer : recording.answers()) {
        for (final String path : answer.paths()) {
          final Answer right = oracle.expectation(recording, answer, path).answer();
          assertFalse(right.novaFailed(), () -> recording.shape() + " " + path);
          assertTrue(
              right == answer || right.type().isPresent(), () -> recording.shape() + " " + path);
          judged++;
        }
      }
    }
    assertEquals(REQUESTS, judged);
  }

  /** Nothing is excused that nova did not fail at, unless the difference names its path. */
  @Test
  void everyAnswerOfADifferenceIsToARequestThatItIsAbout() {
    for (final ConformanceRecording recording : recordings) {
      for (final ConformanceRecording.Difference difference : recording.differences()) {
        final Set<String> about =
            recording.answers().stream()
                .flatMap(
                    answer ->
                        answer.paths().stream().filter(path -> difference.covers(answer, path)))
                .collect(Collectors.toSet());
        difference
            .answers()
            .forEach(
                answer -> assertTrue(about.containsAll(answer.paths()), () -> recording.shape()));
      }
    }
  }

  private static Stream<ConformanceRecording.Difference> differences() {
    return Stream.concat(
        everywhere.stream(),
        recordings.stream().flatMap(recording -> recording.differences().stream()));
  }

  @Test
  void whereNovaFailedForMoreThanASlipADifferenceSaysWhatIsRight() {
    final Set<String> slips = new HashSet<>(failed(shape("plain")));
    assertAll(
        recordings.stream()
            .filter(recording -> !slips.containsAll(failed(recording)))
            .map(
                recording ->
                    () -> assertFalse(recording.differences().isEmpty(), recording.shape())));
  }

  @Test
  void noTwoShapesShareAnIdThatTheDatabaseKeepsUnique() {
    for (final String table : List.of("instance_id_mappings", "s3_images")) {
      for (final ConformanceRecording.Cell cell : ConformanceRecording.Cell.values()) {
        final List<Object> ids = new ArrayList<>();
        recordings.stream()
            .filter(recording -> recording.cell() == cell)
            .flatMap(recording -> recording.rows().getOrDefault(table, List.of()).stream())
            .forEach(row -> ids.add(row.get("id")));
        assertEquals(new HashSet<>(ids).size(), ids.size(), table);
      }
    }
  }

  @Test
  void theEc2IdThatWasShownIsInTheRows() {
    assertAll(
        instances()
            .flatMap(recording -> ec2Id(recording).map(id -> () -> assertShown(recording, id))));
  }

  /** What was shown as instance-id, where nova showed one. */
  private static Stream<String> ec2Id(ConformanceRecording recording) {
    return recording.answers().stream()
        .filter(answer -> answer.status() == 200 && answer.method().equals("GET"))
        .filter(answer -> answer.paths().contains("/1.0/meta-data/instance-id"))
        .map(answer -> new String(answer.body(), StandardCharsets.US_ASCII));
  }

  private static void assertShown(ConformanceRecording recording, String shown) {
    final Map<String, Object> first = recording.rows().get("instance_id_mappings").get(0);
    assertEquals(String.format("i-%08x", first.get("id")), shown, recording.shape());
  }

  private static ConformanceRecording shape(String name) {
    return recordings.stream()
        .filter(recording -> recording.shape().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<ConformanceRecording> instances() {
    return recordings.stream().filter(recording -> !recording.shape().equals("callers"));
  }

  /** The paths asked in the usual way. */
  private static List<String> asked(ConformanceRecording recording) {
    return recording.answers().stream()
        .filter(answer -> answer.method().equals("GET") && answer.accept().isEmpty())
        .flatMap(answer -> answer.paths().stream())
        .toList();
  }

  private static List<String> failed(ConformanceRecording recording) {
    return recording.answers().stream()
        .filter(Answer::novaFailed)
        .flatMap(answer -> answer.paths().stream())
        .toList();
  }
}
