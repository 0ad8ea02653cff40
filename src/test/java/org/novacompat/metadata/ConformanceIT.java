// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a nova was once seen to answer, the built server answers too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConformanceIT {
  private static final int COMPLAINTS_SHOWN = 20;

  @TempDir private static Path folder;
  private List<ConformanceRecording> recordings = List.of();
  private List<ConformanceRecording.Difference> everywhere = List.of();
  private ConformanceCloud cloud;

  @BeforeAll
  void startTheServerOnTheRecordedRows() throws Exception {
    cloud = ConformanceCloud.start(folder);
    recordings = Conformance.recordings();
    everywhere = Conformance.differencesEverywhere();
    new ConformanceRows(cloud).insert(recordings);
  }

  @AfterAll
  void stopTheServer() {
    if (cloud != null) {
      cloud.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> answersAsNovaDid() {
    final ConformanceReplay replay =
        new ConformanceReplay(cloud.address(), cloud.sharedSecret(), everywhere);
    return recordings.stream()
        .map(
            recording ->
                DynamicTest.dynamicTest(
                    recording.shape() + ": " + recording.why(),
                    () -> assertEquals("", told(replay.replay(recording)))));
  }

  private static String told(List<String> complaints) {
    return complaints.isEmpty()
        ? ""
        : complaints.size()
            + " answers differ\n"
            + complaints.stream().limit(COMPLAINTS_SHOWN).collect(Collectors.joining());
  }
}
