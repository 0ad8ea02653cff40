// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.novacompat.metadata.conformance.Conformance;
import org.novacompat.metadata.conformance.ConformanceRecording;
import org.novacompat.metadata.conformance.ConformanceRows;
import org.novacompat.metadata.conformance.TestCloud;
import org.novacompat.metadata.fixture.RunningService;

/**
 * The built server holds no more after many requests that are new in every place that a guest can
 * fill: the short form of {@code bench/run soak}, which names the classes that grow.
 */
class SoakIT {
  private static final int WARMING = 2000;
  private static final int REQUESTS = 8000;
  private static final double MAX_GROWTH_MIB = 1.5;
  private static final int MAX_MORE = 20;

  @TempDir private static Path folder;
  private static TestCloud cloud;
  private static BenchProgram soak;

  /** How guests are known. */
  enum Mode {
    SIGNED(Map.of("JVM_ARGS", "-Xmx128m")),
    BY_ADDRESS(
        Map.of(
            "JVM_ARGS",
            "-Xmx128m",
            "OS_NEUTRON__SERVICE_METADATA_PROXY",
            "false",
            "OS_API__USE_FORWARDED_FOR",
            "true"));

    private final Map<String, String> environment;

    Mode(Map<String, String> environment) {
      this.environment = environment;
    }
  }

  @BeforeAll
  static void fillTheDatabases() throws Exception {
    cloud = TestCloud.databases(folder, "");
    // one alone, for others have its address too
    List<ConformanceRecording> recordings =
        Conformance.recordings().stream().filter(each -> each.shape().equals("plain")).toList();
    new ConformanceRows(cloud).insert(recordings);
    knowItsAddress(recordings.get(0));
    soak =
        BenchProgram.compile(
            folder,
            recordings.stream().map(ConformanceRecording::guest).toList(),
            cloud.sharedSecret());
  }

  /** Without Neutron an instance is found by nova-network's tables alone. */
  private static void knowItsAddress(ConformanceRecording recording) throws SQLException {
    cloud.execute(
        recording.cell(),
        "INSERT INTO fixed_ips (address, instance_uuid, deleted) VALUES ('%s', '%s', 0)"
            .formatted(recording.guest().address().orElseThrow(), recording.guest().instance()));
  }

  @AfterAll
  static void stopTheDatabases() {
    if (cloud != null) {
      cloud.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void nothingGrowsWithWhatGuestsSend(Mode mode) throws Exception {
    int port = RunningService.freePort();
    try (RunningService service = cloud.node(port, mode.environment);
        RemoteJvm jvm = RemoteJvm.of(service)) {
      ask(port, service, 0, WARMING);
      Held before = Held.by(service, jvm);
      JsonNode report = ask(port, service, WARMING, REQUESTS);
      Held after = Held.by(service, jvm);
      String grown = "from %s to %s after %s".formatted(before, after, report);
      assertTrue(after.heapMib - before.heapMib < MAX_GROWTH_MIB, grown);
      assertTrue(after.threads - before.threads < MAX_MORE, grown);
      assertTrue(after.descriptors - before.descriptors < MAX_MORE, grown);
    }
  }

  private static JsonNode ask(int port, RunningService service, int from, int requests)
      throws IOException {
    JsonNode report =
        BenchProgram.report(
            soak.start(
                "Soak",
                port,
                Map.of(
                    "secret",
                    cloud.sharedSecret(),
                    "only",
                    "all",
                    "connections",
                    4,
                    "from",
                    from,
                    "requests",
                    requests)));
    assertTrue(ProcessHandle.of(service.pid()).isPresent(), lastLine(service));
    assertEquals(0, report.get("ordinary_failed").asInt(), report::toString);
    return report;
  }

  private static String lastLine(RunningService service) throws IOException {
    return service.output().lines().reduce("", (before, line) -> line);
  }

  /** What a process holds, after garbage was collected. */
  private record Held(double heapMib, long threads, long descriptors) {
    static Held by(RunningService service, RemoteJvm jvm) throws IOException {
      MBeanServerConnection beans = jvm.beans();
      MemoryMXBean memory =
          ManagementFactory.newPlatformMXBeanProxy(
              beans, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
      memory.gc();
      memory.gc();
      double used = memory.getHeapMemoryUsage().getUsed();
      return new Held(used / (1 << 20), count(service, "task"), count(service, "fd"));
    }
  }

  private static long count(RunningService service, String what) throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc", String.valueOf(service.pid()), what))) {
      return all.count();
    }
  }
}
