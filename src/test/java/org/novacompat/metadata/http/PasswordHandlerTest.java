// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.cache.CacheSettings;
import org.novacompat.metadata.cache.InstanceCache;
import org.novacompat.metadata.identity.Caller;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.PasswordStore;
import org.novacompat.metadata.instance.PasswordStore.Outcome;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Guest;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.Lookup;
import org.novacompat.metadata.tree.VendorDocuments;

/** Statuses, types and bodies were recorded from nova 26. */
class PasswordHandlerTest {
  private static final String PATH = "/openstack/latest/password";

  private final AtomicReference<Optional<String>> kept = new AtomicReference<>(Optional.empty());
  private final AtomicInteger loads = new AtomicInteger();
  private final GuestServlet only = servlet();
  private PasswordStore store = this::keep;

  @Test
  void keepsWhatIsPostedAndShowsItAtOnce() throws Exception {
    assertAnswer(200, ContentType.HTML.header(), "", get());
    assertAnswer(
        200, ContentType.HTML.header(), "", post("sécret".getBytes(StandardCharsets.UTF_8)));
    assertAnswer(200, ContentType.HTML.header(), "sécret", get());
  }

  @Test
  void keepsAnEmptyBodyAsAnEmptyPassword() throws Exception {
    assertAnswer(200, ContentType.HTML.header(), "", post(new byte[0]));
    assertEquals(Optional.of(""), kept.get());
  }

  @Test
  void takesAsMuchAsFourPiecesHold() throws Exception {
    assertEquals(200, post("x".repeat(1020).getBytes(StandardCharsets.US_ASCII)).status());
    assertEquals(1020, kept.get().orElseThrow().length());
  }

  @Test
  void refusesMoreWithoutReadingIt() throws Exception {
    Exchange exchange = post(new byte[1021]);
    assertBadRequest("Request is too large.", exchange);
    assertEquals(0, exchange.read());
    assertEquals(Optional.empty(), kept.get());
  }

  @Test
  void refusesMoreOfABodyWithoutALength() throws Exception {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    Exchange exchange = answered(new Exchange("POST", PATH, endless));
    assertBadRequest("Request is too large.", exchange);
    assertEquals(1021, exchange.read());
    InputStream chunked = new ByteArrayInputStream(new byte[] {'o', 'k'});
    assertEquals(200, answered(new Exchange("POST", PATH, chunked)).status());
    assertEquals(Optional.of("ok"), kept.get());
  }

  @Test
  void refusesASecondPasswordWhateverItsSize() throws Exception {
    post(new byte[] {'a'});
    String conflict =
        "409 Conflict\n\nThere was a conflict when trying to complete your request.\n\n   ";
    assertAnswer(409, "text/plain; charset=UTF-8", conflict, post(new byte[] {'b'}));
    assertAnswer(409, "text/plain; charset=UTF-8", conflict, post(new byte[5000]));
    assertEquals(Optional.of("a"), kept.get());
  }

  @Test
  void refusesAPasswordWhereAnotherNodeHasStoredOneMeanwhileAndShowsThat() throws Exception {
    GuestServlet servlet = servlet();
    get(servlet);
    kept.set(Optional.of("of another node"));
    assertEquals(409, serve(servlet, Exchange.post(PATH, new byte[] {'b'})).status());
    assertEquals("of another node", get(servlet).body());
  }

  @Test
  void dropsTheCachedInstanceForNoRequestThatChangesNothing() throws Exception {
    GuestServlet servlet = servlet();
    serve(servlet, Exchange.post(PATH, new byte[] {'a'}));
    get(servlet);
    int before = loads.get();
    for (int i = 0; i < 10; i++) {
      serve(servlet, Exchange.post(PATH, new byte[] {'b'}));
      serve(servlet, Exchange.of("PUT", PATH));
      serve(servlet, Exchange.post(PATH, new byte[2000]));
    }
    assertEquals(before, loads.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "BREW"})
  void refusesOtherMethods(String method) throws Exception {
    assertBadRequest("GET and POST only are supported.", answered(Exchange.of(method, PATH)));
  }

  @Test
  void refusesAHeadWithoutABody() throws Exception {
    Exchange head = answered(Exchange.of("HEAD", PATH));
    assertEquals(400, head.status());
    assertEquals(Optional.of(ContentType.HTML.header()), head.type());
    assertEquals("", head.body());
  }

  @Test
  void findsNothingWrongWithOptionsAsNovasCorsFilterHasIt() throws Exception {
    Exchange options = answered(Exchange.of("OPTIONS", PATH));
    assertEquals(200, options.status());
    assertEquals(Optional.of(ContentType.TEXT.header()), options.type());
    assertEquals("", options.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openstack/2012-08-10/password",
        "/openstack/latest/password/x",
        "/openstack/password",
        "/latest/password"
      })
  void takesAPasswordAtItsOwnPathOnly(String path) throws Exception {
    assertEquals(404, answered(Exchange.post(path, new byte[] {'a'})).status());
    assertEquals(Optional.empty(), kept.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openstack/2013-04-04/password", "//openstack/latest//password/"})
  void takesAPasswordInEveryVersionThatHasOne(String path) throws Exception {
    assertEquals(200, answered(Exchange.post(path, new byte[] {'a'})).status());
  }

  @Test
  void refusesWhatIsNoText() throws Exception {
    assertBadRequest("The password is not UTF-8.", post(new byte[] {(byte) 0xff, (byte) 0xfe}));
  }

  @Test
  void refusesABodyThatBreaksOff() throws Exception {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("reset");
          }
        };
    assertBadRequest("The request is incomplete.", answered(new Exchange("POST", PATH, broken)));
  }

  @Test
  void saysWhatTheStoreRefuses() throws Exception {
    store = (instance, password) -> Outcome.NO_INSTANCE;
    assertBadRequest(
        "Instance " + instance().uuid() + " could not be found.", post(new byte[] {'a'}));
    store = (instance, password) -> Outcome.UNSTORABLE;
    assertBadRequest("The password has characters that cannot be stored.", post(new byte[] {'a'}));
  }

  @Test
  void isUnavailableWhileTheStoreIs() throws Exception {
    store =
        (instance, password) -> {
          throw new StoreUnavailableException("away", new IllegalStateException());
        };
    assertEquals(503, post(new byte[] {'a'}).status());
  }

  private Outcome keep(String instance, String password) {
    if (kept.get().filter(text -> !text.isEmpty()).isPresent()) {
      return Outcome.ALREADY_SET;
    }
    kept.set(Optional.of(password));
    return Outcome.STORED;
  }

  private Instance instance() {
    Instances typical = Instances.typical();
    kept.get().filter(text -> !text.isEmpty()).ifPresent(typical::password);
    return typical.build();
  }

  private Optional<Instance> load() {
    loads.incrementAndGet();
    return Optional.of(instance());
  }

  private GuestServlet servlet() {
    GuestTrees trees =
        Guest.settings("novalocal", "2020-10-14", Clock.systemUTC())
            .trees(new NoVendor(), instance -> List.of());
    return new GuestServlet(
        new Healthcheck(Optional.empty(), new DrainState()),
        new DrainState(),
        new RequestCount(),
        request ->
            new Caller.Guest(
                Instances.typical().build().uuid(), Optional.empty(), Optional.empty()),
        () -> trees,
        new InstanceCache(
            uuid -> load(), new CacheSettings(Duration.ofMinutes(1), Duration.ZERO, 1 << 20)),
        (instance, password) -> store.store(instance, password));
  }

  private Exchange get() throws Exception {
    return get(only);
  }

  private static Exchange get(GuestServlet servlet) throws Exception {
    return serve(servlet, Exchange.of("GET", PATH));
  }

  private Exchange post(byte[] body) throws Exception {
    return answered(Exchange.post(PATH, body));
  }

  private Exchange answered(Exchange exchange) throws Exception {
    return serve(only, exchange);
  }

  private static Exchange serve(GuestServlet servlet, Exchange exchange) throws Exception {
    servlet.service(exchange.request(), exchange.response());
    return exchange;
  }

  private static void assertBadRequest(String sentence, Exchange exchange) {
    assertAnswer(
        400, "text/plain; charset=UTF-8", "400 Bad Request\n\n" + sentence + "\n\n   ", exchange);
  }

  private static void assertAnswer(int status, String type, String body, Exchange exchange) {
    assertEquals(body, exchange.body());
    assertEquals(status, exchange.status());
    assertEquals(Optional.of(type), exchange.type());
    assertEquals(Optional.of(body.getBytes(StandardCharsets.UTF_8).length), exchange.length());
    assertTrue(exchange.answeredHeaders().isEmpty());
  }

  private static final class NoVendor implements VendorDocuments {
    @Override
    public Lookup vendorData(Instance instance) {
      return Document.text("");
    }

    @Override
    public Lookup vendorData2(Instance instance) {
      return Document.text("");
    }
  }
}
