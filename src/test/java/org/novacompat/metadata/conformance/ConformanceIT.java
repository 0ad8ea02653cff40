// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What a nova was once seen to answer, the built server answers too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {
  private static final int COMPLAINTS_SHOWN = 20;

  @TempDir private static Path folder;
  private List<ConformanceRecording> recordings = List.of();
  private TestCloud cloud;

  @BeforeAll
  void startTheServerOnTheRecordedRows() throws Exception {
    cloud = TestCloud.start(folder);
    recordings = Conformance.recordings();
    new ConformanceRows(cloud).insert(recordings);
  }

  @AfterAll
  void stopTheServer() {
    if (cloud != null) {
      cloud.close();
    }
  }

  /**
   * Where a difference from nova is meant, ours may have answers that no other shape has: this
   * writes them into a file, for {@code record.py --differences} to put them into the recordings
   * and for someone to review.
   */
  @Test
  @EnabledIfSystemProperty(named = "conformance.differences", matches = ".+")
  void writesWhatOursAnswersWhereADifferenceIsMeant() throws IOException {
    final ConformanceReplay replay = replay();
    final ArrayNode all = new ObjectMapper().createArrayNode();
    for (final ConformanceRecording recording : recordings) {
      for (final ConformanceReplay.OwnAnswer answer : replay.ownAnswers(recording)) {
        all.addObject()
            .put("where", answer.where())
            .put("path", answer.path())
            .put("status", answer.status())
            .put("type", answer.type().orElse(null))
            .put("body", answer.body());
      }
    }
    new ObjectMapper().writeValue(new File(System.getProperty("conformance.differences")), all);
  }

  @TestFactory
  Stream<DynamicTest> answersAsNovaDid() throws IOException {
    final ConformanceReplay replay = replay();
    return recordings.stream()
        .map(
            recording ->
                DynamicTest.dynamicTest(
                    recording.shape() + ": " + recording.why(),
                    () -> assertEquals("", told(replay.replay(recording)))));
  }

  private ConformanceReplay replay() throws IOException {
    return new ConformanceReplay(
        cloud.address(),
        cloud.sharedSecret(),
        new ConformanceOracle(recordings, Conformance.differencesEverywhere()));
  }

  private static String told(List<String> complaints) {
    return complaints.isEmpty()
        ? ""
        : complaints.size()
            + " answers differ\n"
            + complaints.stream().limit(COMPLAINTS_SHOWN).collect(Collectors.joining());
  }
}
