// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.novacompat.metadata.conformance.ConformanceRecording.Answer;
import org.novacompat.metadata.conformance.ConformanceRecording.Cell;
import org.novacompat.metadata.conformance.ConformanceRecording.Guest;
import org.novacompat.metadata.fixture.RawHttp;

/**
 * A guest's request, and what nova answered to it: always the same, as no random seed is in it.
 *
 * @param cell where the instance is
 * @param guest who asks
 * @param path what for
 * @param body what nova answered
 */
public record KnownAnswer(Cell cell, Guest guest, String path, byte[] body) {
  private static final String PATH = "/openstack/2012-08-10/meta_data.json";
  private static final int OK = 200;

  /** One of each recording in which nova had an answer. */
  public static List<KnownAnswer> of(List<ConformanceRecording> recordings) {
    return recordings.stream().flatMap(recording -> of(recording).stream()).toList();
  }

  private static Optional<KnownAnswer> of(ConformanceRecording recording) {
    return recording.answers().stream()
        .filter(answer -> answer.status() == OK && answer.paths().contains(PATH))
        .filter(answer -> answer.isAskedAsUsual())
        .map(Answer::body)
        .map(body -> new KnownAnswer(recording.cell(), recording.guest(), PATH, body))
        .findFirst();
  }

  /** What the proxy adds to the request. */
  public Map<String, String> headers(String secret) {
    return RecordedCaller.GUEST.headers(guest, id -> ConformanceReplay.signature(secret, id));
  }

  /** Asks once. */
  public RawHttp.Reply ask(RawHttp http, String secret) throws IOException {
    return http.askOnce("GET", path, headers(secret));
  }

  /** Whether that is what nova answered. */
  public boolean is(RawHttp.Reply reply) {
    return reply.status() == OK && Arrays.equals(body, reply.body());
  }
}
