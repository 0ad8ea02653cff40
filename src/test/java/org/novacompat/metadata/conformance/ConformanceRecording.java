// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.conformance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One instance as a nova had it in its database, and what that nova answered for it: a file that
 * {@code src/test/conformance/record.py} wrote.
 *
 * @param shape the instance's name, which is the file's
 * @param why what is worth recording about it
 * @param cell where its rows are
 * @param guest how it asks
 * @param differences where our answer differs from nova's on purpose; written by hand
 * @param rows table name to rows, in the order to insert them; columns that are not named are NULL
 * @param answers what nova answered
 */
public record ConformanceRecording(
    String shape,
    String why,
    Cell cell,
    Guest guest,
    List<Difference> differences,
    Map<String, List<Map<String, Object>>> rows,
    List<Answer> answers) {

  /** The same with more answers. */
  public ConformanceRecording including(List<Answer> more) {
    return new ConformanceRecording(
        shape,
        why,
        cell,
        guest,
        differences,
        rows,
        Stream.concat(answers.stream(), more.stream()).toList());
  }

  /** A cell of the recorded nova: that of {@code [database] connection}, or another one. */
  public enum Cell {
    FIRST,
    SECOND
  }

  /**
   * What the proxy says about the guest.
   *
   * @param instance the instance's UUID
   * @param tenant the project's id
   * @param address what {@code X-Forwarded-For} holds; empty when there is none
   */
  public record Guest(String instance, String tenant, Optional<String> address) {}

  /**
   * Where and why ours does not answer as nova did, and what it answers instead.
   *
   * @param method the HTTP method; empty for all
   * @param paths the paths; empty for all on which nova failed
   * @param like the shape whose answers are right here too, but for the instance's names; empty
   *     where nova's page for what it does not find is right
   * @param replacing further words of that shape's answers, with what stands for them here
   * @param without leaves of {@code meta-data} that are not here: nobody lists them
   * @param answers what is right otherwise, on some of the paths
   * @param why the reason
   */
  public record Difference(
      Optional<String> method,
      List<String> paths,
      Optional<String> like,
      Map<String, String> replacing,
      List<String> without,
      List<Answer> answers,
      String why) {

    /** Whether it is about a request. */
    boolean covers(Answer nova, String path) {
      return (method.isEmpty() || method.get().equals(nova.method()))
          && (paths.isEmpty() ? nova.novaFailed() : paths.contains(path));
    }

    /** What is right on a path whatever other shapes answer. */
    Optional<Answer> answer(String path) {
      return answers.stream().filter(answer -> answer.paths().contains(path)).findFirst();
    }
  }

  /**
   * What nova answered to several requests that differ in their path alone.
   *
   * @param method the HTTP method
   * @param caller how the requests were signed
   * @param accept the {@code Accept} header; empty when there was none
   * @param status the status; 0 when nova dropped the connection
   * @param type the content type; empty when there was none, or nova failed
   * @param body the body, a random seed replaced by the word {@code RANDOM}; empty when nova failed
   * @param paths the paths as they went over the wire
   */
  public record Answer(
      String method,
      RecordedCaller caller,
      Optional<String> accept,
      int status,
      Optional<String> type,
      byte[] body,
      List<String> paths) {

    /** Whether nova itself fell over, so that there is nothing to be equal to. */
    boolean novaFailed() {
      return status == 0 || status == 500;
    }

    /** Whether it is a guest's own request, without an {@code Accept} header. */
    boolean isAskedAsUsual() {
      return method.equals("GET") && caller == RecordedCaller.GUEST && accept.isEmpty();
    }

    /** The same on other paths. */
    Answer on(List<String> otherPaths) {
      return new Answer(method, caller, accept, status, type, body, otherPaths);
    }

    /** The same with another body. */
    Answer with(byte[] otherBody) {
      return new Answer(method, caller, accept, status, type, otherBody, paths);
    }
  }
}
