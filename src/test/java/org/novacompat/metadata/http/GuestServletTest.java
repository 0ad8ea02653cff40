// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.novacompat.metadata.cache.CacheSettings;
import org.novacompat.metadata.cache.InstanceCache;
import org.novacompat.metadata.identity.Caller;
import org.novacompat.metadata.identity.Caller.Reason;
import org.novacompat.metadata.identity.GuestIdentifier;
import org.novacompat.metadata.identity.SignedProxy;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.instance.InstanceStore;
import org.novacompat.metadata.instance.Instances;
import org.novacompat.metadata.instance.PasswordStore;
import org.novacompat.metadata.instance.StoreUnavailableException;
import org.novacompat.metadata.signature.SharedSecret;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Guest;
import org.novacompat.metadata.tree.GuestTrees;
import org.novacompat.metadata.tree.Lookup;
import org.novacompat.metadata.tree.VendorDocuments;

/** Sentences are nova 26's; the signature comes from Python's hmac. */
class GuestServletTest {
  private static final String INSTANCE = "6f70656e-7374-4163-8000-000000000001";
  private static final String SIGNATURE =
      "05962a5a42ce4fdb36bdc56e7aca54f5045f3fc47a879ddebf7cd473124f8257";
  private static final String VERSIONS =
      "1.0\n2007-01-19\n2007-03-01\n2007-08-29\n2007-10-10\n2007-12-15\n2008-02-01\n2008-09-01\n"
          + "2009-04-04\nlatest";
  private static final String NOT_FOUND =
      "404 Not Found\n\nThe resource could not be found.\n\n   ";
  private static final GuestIdentifier AGENT = new SignedProxy(new SharedSecret("secret"));

  private final AtomicInteger loads = new AtomicInteger();
  private final DrainState drain = new DrainState();
  private final RequestCount count = new RequestCount();
  private InstanceStore store = uuid -> Optional.of(instance(uuid));
  private final InstanceCache cache =
      new InstanceCache(
          uuid -> {
            loads.incrementAndGet();
            return store.load(uuid);
          },
          new CacheSettings(Duration.ofMinutes(1), Duration.ZERO, 1 << 20));

  @AfterEach
  void close() {
    cache.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "//", "/latest/.."})
  void showsTheRootToAnyCaller(String path) throws Exception {
    Exchange exchange =
        serve(
            request -> {
              throw new IllegalStateException("the root needs no caller");
            },
            Exchange.of("GET", path));
    assertAnswer(200, ContentType.TEXT, VERSIONS, exchange);
  }

  @Test
  void identifiesTheCallerOfAnyOtherPath() throws Exception {
    for (String path : List.of("/latest", "/nothing", "")) {
      assertEquals(400, serve(AGENT, Exchange.of("GET", path)).status());
    }
  }

  @Test
  void showsAGuestItsDocumentsFromMemory() throws Exception {
    String path = "/latest/meta-data/hostname";
    assertAnswer(200, ContentType.TEXT, "vm-1.novalocal", serve(AGENT, signed("GET", path)));
    assertAnswer(200, ContentType.TEXT, "vm-1.novalocal", serve(AGENT, signed("BREW", path)));
    assertEquals(1, loads.get());
    assertEquals(2, count.getCompleted());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/latest/nothing", "/openstack/latest/password/x", "/nothing"})
  void findsNothingWhereNoTreeHasThePath(String path) throws Exception {
    assertAnswer(404, ContentType.TEXT, NOT_FOUND, serve(AGENT, signed("GET", path)));
  }

  @Test
  void writesARefusalAsTheGuestAcceptsIt() throws Exception {
    Exchange json =
        serve(AGENT, signed("GET", "/nothing").with("Accept", "application/json;q=0.9, */*;q=0.1"));
    assertAnswer(
        404,
        ContentType.JSON,
        "{\"message\": \"The resource could not be found.<br /><br />\\n\\n\\n\", \"code\":"
            + " \"404 Not Found\", \"title\": \"Not Found\"}",
        json);
    assertTrue(
        serve(AGENT, signed("GET", "/nothing").with("Accept", "text/html"))
            .body()
            .startsWith("<html>\n <head>\n  <title>404 Not Found</title>"));
  }

  @Test
  void answersOptionsAndHeadWithoutABody() throws Exception {
    assertAnswer(200, ContentType.TEXT, "", serve(AGENT, signed("OPTIONS", "/nothing")));
    assertAnswer(404, ContentType.HTML, "", serve(AGENT, signed("HEAD", "/nothing")));
  }

  @Test
  void findsNoInstanceThatDoesNotExistOrIsOfAnotherProject() throws Exception {
    String path = "/latest/meta-data/hostname";
    Exchange other = signed("GET", path).with("X-Tenant-ID", "another");
    assertAnswer(404, ContentType.TEXT, NOT_FOUND, serve(AGENT, other));
    store = uuid -> Optional.empty();
    cache.forget(INSTANCE);
    assertAnswer(404, ContentType.TEXT, NOT_FOUND, serve(AGENT, signed("GET", path)));
  }

  @Test
  void isUnavailableWhileTheStoreIs() throws Exception {
    store =
        uuid -> {
          throw new StoreUnavailableException("away", new IllegalStateException());
        };
    assertAnswer(
        503,
        ContentType.TEXT,
        "503 Service Unavailable\n\nThe server is currently unavailable. Please try again at a"
            + " later time.\n\n   ",
        serve(AGENT, signed("GET", "/latest")));
  }

  @Test
  void hidesWhatIsBroken() throws Exception {
    store =
        uuid -> {
          throw new IllegalArgumentException("a secret");
        };
    assertUnknown(serve(AGENT, signed("GET", "/latest")));
  }

  @Test
  void tellsAFailedDocumentFromOneThatIsTemporarilyUnavailable() throws Exception {
    assertUnknown(serve(AGENT, signed("GET", "/openstack/latest/vendor_data.json")));
    assertEquals(503, serve(AGENT, signed("GET", "/latest/meta-data/security-groups")).status());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "NO_AGENT_HEADER > X-Tenant-ID > 400 > X-Tenant-ID header is missing from request.",
        "NO_LOAD_BALANCER_HEADER > X-Forwarded-For > 400 > X-Forwarded-For is missing from"
            + " request.",
        "INVALID_AGENT_SIGNATURE > X-Instance-ID-Signature instance i > 403 > Invalid proxy request"
            + " signature.",
        "UNKNOWN_PROVIDER > p > 400 > Could not find any subnets for provider p",
        "NO_SINGLE_PORT > p 10.0.0.8 2 > 400 > Expected a single port matching provider p and IP"
            + " 10.0.0.8. Found 2.",
        "NEUTRON_UNAVAILABLE > 10.0.0.8 p away > 400 > An unknown error has occurred. Please try"
            + " your request again.",
        "UNKNOWN_ADDRESS > '' > 404 > The resource could not be found.",
        "SHARED_ADDRESS > 2 10.0.0.8 > 500 > An unknown error has occurred. Please try your request"
            + " again.",
      })
  void refusesACallerThatIsNotIdentified(Reason reason, String details, int status, String sentence)
      throws Exception {
    Caller caller = new Caller.Unidentified(reason, List.of(details.split(" ")));
    Exchange exchange = serve(request -> caller, Exchange.of("GET", "/latest"));
    assertEquals(status, exchange.status());
    assertTrue(exchange.body().endsWith("\n\n" + sentence + "\n\n   "), exchange.body());
  }

  @Test
  void quotesNoMoreThanMeansSomething() throws Exception {
    String text = "x".repeat(10_000);
    Caller caller = new Caller.Unidentified(Reason.NO_SINGLE_PORT, List.of(text, text, "0"));
    assertTrue(serve(request -> caller, Exchange.of("GET", "/latest")).body().length() < 700);
  }

  @Test
  void refusesAPathThatIsNotUtf8() throws Exception {
    assertAnswer(
        400,
        ContentType.TEXT,
        "400 Bad Request\n\nThe path is not UTF-8.\n\n   ",
        serve(AGENT, Exchange.of("GET", "/%ff")));
  }

  @Test
  void endsConnectionsAndTellsBalancersWhileItDrains() throws Exception {
    assertEquals(200, serve(AGENT, Exchange.of("GET", "/healthcheck")).status());
    drain.begin();
    assertEquals(503, serve(AGENT, Exchange.of("GET", "/healthcheck")).status());
    assertEquals(
        List.of("answered Connection"), serve(AGENT, signed("GET", "/latest")).answeredHeaders());
  }

  private static void assertUnknown(Exchange exchange) {
    assertAnswer(
        500,
        ContentType.TEXT,
        "500 Internal Server Error\n\nAn unknown error has occurred. Please try your request"
            + " again.\n\n   ",
        exchange);
  }

  private static void assertAnswer(int status, ContentType type, String body, Exchange exchange) {
    assertEquals(body, exchange.body());
    assertEquals(status, exchange.status());
    assertEquals(Optional.of(type.header()), exchange.type());
    assertEquals(Optional.of(body.getBytes(StandardCharsets.UTF_8).length), exchange.length());
  }

  private static Instance instance(String uuid) {
    return Instances.typical().uuid(uuid).projectId("project-1").build();
  }

  private static Exchange signed(String method, String path) {
    return Exchange.of(method, path)
        .with("X-Instance-ID", INSTANCE)
        .with("X-Tenant-ID", "project-1")
        .with("X-Instance-ID-Signature", SIGNATURE);
  }

  private Exchange serve(GuestIdentifier callers, Exchange exchange) throws Exception {
    GuestTrees trees =
        Guest.settings("novalocal", "2025-04-04", Clock.systemUTC())
            .trees(
                new Vendor(),
                instance -> {
                  throw new StoreUnavailableException("away", null);
                });
    PasswordStore passwords = (instance, password) -> PasswordStore.Outcome.STORED;
    new GuestServlet(
            new Healthcheck(Optional.empty(), drain),
            drain,
            count,
            callers,
            () -> trees,
            cache,
            passwords)
        .service(exchange.request(), exchange.response());
    return exchange;
  }

  private static final class Vendor implements VendorDocuments {
    @Override
    public Lookup vendorData(Instance instance) {
      return new Lookup.Failed("the vendor's file is broken");
    }

    @Override
    public Lookup vendorData2(Instance instance) {
      return Document.text("");
    }
  }
}
