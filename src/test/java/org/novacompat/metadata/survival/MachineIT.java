// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.novacompat.metadata.fixture.RunningService;
import org.novacompat.metadata.fixture.ServiceConf;

/** The built server on a machine that has little to give, or takes it back. */
@Tag("long")
@ResourceLock(RunningService.CLASS_ARCHIVE)
class MachineIT {
  private static final Path HOME = Path.of("target/nova-compat-metadata").toAbsolutePath();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Of a disk that is full: no more than a page. */
  private static final long NO_ROOM = 4096;

  /** A mount namespace of its own: the installation read-only, a small disk; then another user. */
  private static final String POOR =
      """
      set -e
      mount -t tmpfs -o size=12m,mode=777 none "$1"
      mount --bind "$2" "$2"
      mount -o remount,ro,bind "$2"
      ulimit -n 256
      shift 2
      exec setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
      """;

  private static final int MAX_TENTHS = 1800;

  @TempDir private Path folder;
  private int port;

  @BeforeEach
  void choosePort() throws IOException {
    port = RunningService.freePort();
  }

  @Test
  void servesAsAnotherUserFromAReadOnlyFolderWithLittleOfAllAndGoesOnWhenThatIsGone()
      throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(canBePoor(), "needs root, unshare and setpriv");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JVM_ARGS",
            "-Xmx64m",
            "STATE_DIRECTORY",
            "/proc/no-class-archive");
    List<String> poor =
        List.of("unshare", "-m", "sh", "-c", POOR, "sh", disk.toString(), HOME.toString());
    prepare();
    String[] settings = {"state_path = " + disk, "log_file = " + disk.resolve("nova.log")};
    try (RunningService service =
        RunningService.startBy(
            poor, folder, environment, "--config-file", conf(settings).toString())) {
      String files = Files.readString(Path.of("/proc", String.valueOf(service.pid()), "maps"));
      assertTrue(files.contains(RunningService.classArchive().toString()), files);
      assertTrue(service.output().contains("Only 256 open files are allowed"), service::toString);
      Path seen = Path.of("/proc", String.valueOf(service.pid()), "root" + disk);
      Path log = seen.resolve("nova.log");
      survivesAFullDisk(service, seen, log);
      survivesALogThatIsGone(log);
      survivesAStop(service);
      assertEquals(0, service.terminate(), service::toString);
      assertTrue(service.output().endsWith(" [-] Ended\n"), service::toString);
    }
  }

  private void prepare() throws Exception {
    Map<String, String> java = Map.of("JAVA_HOME", System.getProperty("java.home"));
    try (RunningService preparation =
        RunningService.launch(folder, java, "--prepare", "--config-file", conf().toString())) {
      assertEquals(0, preparation.exitStatus(), preparation::toString);
    }
  }

  private void survivesAFullDisk(RunningService service, Path disk, Path log) throws Exception {
    Path full = disk.resolve("full");
    try (OutputStream file = Files.newOutputStream(full, StandardOpenOption.CREATE_NEW)) {
      byte[] page = new byte[(int) NO_ROOM];
      while (true) {
        file.write(page);
      }
    } catch (IOException e) {
      assertTrue(Files.getFileStore(disk).getUsableSpace() < NO_ROOM, e::toString);
    }
    awaitLine(() -> service.output().contains("cannot write the log"));
    assertTrue(service.output().contains("No space left on device"), service::toString);
    assertEquals(200, ask("/", "").get());
    Files.delete(full);
    awaitLine(() -> Files.readString(log).contains("records could not be written to this file"));
  }

  private void survivesALogThatIsGone(Path log) throws Exception {
    Files.delete(log);
    awaitLine(() -> Files.exists(log) && Files.size(log) > 0);
    Path rotated = Files.move(log, log.resolveSibling("nova.log.1"));
    long length = Files.size(rotated);
    awaitLine(() -> Files.exists(log) && Files.size(log) > 0);
    assertEquals(length, Files.size(rotated));
  }

  private void survivesAStop(RunningService service) throws Exception {
    signal(service, "STOP");
    CompletableFuture<Integer> asked = ask("/", "");
    Thread.sleep(Duration.ofSeconds(2).toMillis());
    assertFalse(asked.isDone());
    signal(service, "CONT");
    assertEquals(200, asked.get());
  }

  @Test
  void refusesToStartInOneLineWhereItCannotServe() throws Exception {
    List<String> few = List.of("sh", "-c", "ulimit -n 64; exec \"$@\"", "sh");
    try (RunningService service =
        RunningService.launchBy(few, folder, Map.of(), "--config-file", conf().toString())) {
      assertRefusal("only 64 open files are allowed", service);
    }
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String option = "OS_NOVA_COMPAT__ADMIN_LISTEN_PORT";
      try (RunningService service =
          RunningService.launch(
              folder,
              Map.of(option, String.valueOf(taken.getLocalPort())),
              "--config-file",
              conf().toString())) {
        assertRefusal(
            "[nova_compat] admin_listen:admin_listen_port 127.0.0.1:" + taken.getLocalPort(),
            service);
      }
    }
  }

  private static void assertRefusal(String why, RunningService service) throws Exception {
    assertEquals(1, service.exitStatus(), service::toString);
    List<String> lines = service.output().lines().toList();
    assertEquals(1, lines.size(), lines::toString);
    assertTrue(lines.get(0).contains(why), lines::toString);
  }

  private static boolean canBePoor() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "-m", "setpriv", "--reuid=nobody", "true")
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Has a line of the log written, once a second since there are ten a minute, until something is
   * so.
   */
  private void awaitLine(Callable<Boolean> condition) throws Exception {
    for (int i = 0; !condition.call(); i++) {
      assertTrue(i < MAX_TENTHS, "nothing has changed");
      if (i % 10 == 0) {
        assertEquals(403, ask("/latest/meta-data/", "wrong").get());
      }
      Thread.sleep(100);
    }
  }

  private CompletableFuture<Integer> ask(String path, String signature) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (!signature.isEmpty()) {
      request.headers(
          "X-Instance-ID", "i", "X-Tenant-ID", "t", "X-Instance-ID-Signature", signature);
    }
    return CLIENT
        .sendAsync(request.build(), BodyHandlers.discarding())
        .thenApply(answer -> answer.statusCode());
  }

  private static void signal(RunningService service, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, String.valueOf(service.pid())).start().waitFor();
  }

  private Path conf(String... settings) throws IOException {
    return ServiceConf.write(folder, port, "[DEFAULT]\n" + String.join("\n", settings));
  }
}
