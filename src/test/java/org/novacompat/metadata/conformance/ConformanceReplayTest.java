// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.novacompat.metadata.conformance.ConformanceRecording.Answer;
import org.novacompat.metadata.conformance.ConformanceRecording.Cell;
import org.novacompat.metadata.conformance.ConformanceRecording.Difference;
import org.novacompat.metadata.conformance.ConformanceRecording.Guest;

final class ConformanceReplayTest {
  private static final String PLAIN = "text/plain; charset=UTF-8";
  private static final String NOVAS_404 = "404 Not Found";

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private byte[] body = new byte[0];

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("X-Instance-ID-Signature"));
          exchange.getResponseHeaders().set("Content-Type", PLAIN);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : 0);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void equalAnswersAreNoComplaint() throws IOException {
    body = text("ami-00000001");
    assertEquals(List.of(), replay(recorded(200, "ami-00000001", "/a", "/b")));
  }

  @Test
  void pathsGoOverTheWireAsTheyAre() throws IOException {
    replay(recorded(200, "", "/latest/../x", "/%6c//"));
    // what Python's hmac gives for the-instance, SHA-256 and the key secret
    final String signature = "b05c849752deff583663e25644f37e61512719994d1568e23667d58602bd439b";
    assertEquals(List.of("/latest/../x " + signature, "/%6c// " + signature), asked);
  }

  @Test
  void aDifferentByteIsShownWithBothSides() throws IOException {
    body = text("ami-00000002");
    final List<String> complaints = replay(recorded(200, "ami-00000001", "/a"));
    assertEquals(1, complaints.size());
    assertTrue(complaints.get(0).contains("ami-00000001"), complaints::toString);
    assertTrue(complaints.get(0).contains("ami-00000002"), complaints::toString);
  }

  @Test
  void aFreshSeedOf512BytesIsMaskedAndTheSameOneIsNot() throws IOException {
    final byte[] seed = new byte[512];
    new Random(1).nextBytes(seed);
    body = text("{\"random_seed\": \"" + Base64.getEncoder().encodeToString(seed) + "\"}");
    final List<String> complaints =
        replay(recorded(200, "{\"random_seed\": \"RANDOM\"}", "/first", "/second"));
    assertEquals(1, complaints.size(), complaints::toString);
    assertTrue(complaints.get(0).contains("/second"), complaints::toString);
  }

  @Test
  void whereNovaFailedItsPageForNothingIsRight() throws IOException {
    status = 404;
    body = text(NOVAS_404);
    assertEquals(List.of(), replay(recorded(0, "", "/a")));
    body = text("nothing");
    assertEquals(1, replay(recorded(0, "", "/a")).size());
    body = text(NOVAS_404);
    status = 500;
    assertEquals(1, replay(recorded(0, "", "/a")).size());
  }

  @Test
  void aDifferenceSaysWhatIsRightInsteadInEveryByte() throws IOException {
    final Difference failed = different(List.of(), Optional.empty(), recorded(200, "ours", "/a"));
    final Difference here = different(List.of("/a"), Optional.empty(), recorded(200, "ours", "/a"));
    body = text("ours");
    assertEquals(List.of(), replay(recorded(500, "", "/a"), failed));
    assertEquals(1, replay(recorded(404, "nova's", "/a"), failed).size());
    assertEquals(List.of(), replay(recorded(404, "nova's", "/a"), here));
    body = text("ours too");
    assertEquals(1, replay(recorded(500, "", "/a"), failed).size());
    assertEquals(1, replay(recorded(404, "nova's", "/a"), here).size());
  }

  @Test
  void whatNovaAnsweredForAnotherShapeIsRightButForTheNames() throws IOException {
    final Difference likeHealthy = different(List.of(), Optional.of("healthy"));
    body = text("{\"name\": \"shape\", \"id\": \"i-0000000a\", \"of\": \"healthy-one\"}");
    assertEquals(List.of(), replay(recorded(500, "", "/named"), likeHealthy));
    body = text("{\"name\": \"healthy\", \"id\": \"i-0000000b\", \"of\": \"healthy-one\"}");
    assertEquals(1, replay(recorded(500, "", "/named"), likeHealthy).size());
  }

  @Test
  void whatIsLeftOutOfAnotherShapesAnswersIsNotListedAndNotFound() throws IOException {
    final Difference likeHealthy = different(List.of(), Optional.of("healthy"));
    body = text("first\nlast");
    assertEquals(List.of(), replay(recorded(500, "", "/listing"), likeHealthy));
    assertEquals(1, replay(recorded(500, "", "/meta-data/left-out"), likeHealthy).size());
    status = 404;
    body = text(NOVAS_404);
    assertEquals(List.of(), replay(recorded(500, "", "/meta-data/left-out"), likeHealthy));
  }

  private static Difference different(
      List<String> paths, Optional<String> like, Answer... answers) {
    return new Difference(
        Optional.empty(),
        paths,
        like,
        Map.of(),
        List.of("left-out"),
        List.of(answers),
        "nova cannot read it");
  }

  private List<String> replay(Answer answer, Difference... differences) throws IOException {
    final URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    final ConformanceRecording recording = recording("shape", 10, List.of(answer), differences);
    final ConformanceRecording healthy =
        recording(
            "healthy",
            11,
            List.of(
                recorded(
                    200,
                    "{\"name\": \"healthy\", \"id\": \"i-0000000b\", \"of\": \"healthy-one\"}",
                    "/named"),
                recorded(200, "first\nleft-out\nlast", "/listing"),
                recorded(200, "there", "/meta-data/left-out"),
                recorded(404, NOVAS_404, "/nothing")));
    return new ConformanceReplay(
            address, "secret", new ConformanceOracle(List.of(recording, healthy), List.of()))
        .replay(recording);
  }

  private static ConformanceRecording recording(
      String shape, int number, List<Answer> answers, Difference... differences) {
    return new ConformanceRecording(
        shape,
        "why",
        Cell.FIRST,
        new Guest("the-instance", "the-tenant", Optional.empty()),
        List.of(differences),
        Map.of(
            "instances", List.of(Map.of("uuid", shape + " uuid", "display_name", shape)),
            "instance_id_mappings", List.of(Map.of("id", number))),
        answers);
  }

  private static Answer recorded(int status, String body, String... paths) {
    return new Answer(
        "GET",
        RecordedCaller.GUEST,
        Optional.empty(),
        status,
        Optional.of(PLAIN),
        text(body),
        List.of(paths));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
