// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Keystone and Neutron on one port, speaking what the real ones were recorded to speak, with faults
 * to order.
 */
public final class FakeOpenStack implements AutoCloseable {
  /** What goes wrong. */
  public enum Fault {
    NONE,
    SLOW,
    LATE,
    ERROR,
    BUSY,
    RUBBISH,
    REFUSING
  }

  /** The project that owns every port. */
  public static final String PROJECT = "74d8312b54a34def9c77de9c0992a8b2";

  private static final Path RECORDED = Path.of("src/test/resources/openstack");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration SLOWNESS = Duration.ofSeconds(30);

  private static final String KEYSTONE = "/identity/v3/auth/tokens";
  private static final String NEUTRON = "/networking/v2.0/";
  private static final String RECORDED_NEUTRON = "http://127.0.0.1:19696";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, List<ObjectNode>> things = new LinkedHashMap<>();
  private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<JsonNode> logins = new ConcurrentLinkedQueue<>();
  private final AtomicInteger issued = new AtomicInteger();
  private final int port;
  private HttpServer server;
  private volatile int oldestValidToken = 1;
  private volatile int pageSize = Integer.MAX_VALUE;
  private volatile Duration lateness = Duration.ofSeconds(4);
  private volatile Fault keystone = Fault.NONE;
  private volatile Fault neutron = Fault.NONE;
  private volatile String catalogType = "network";
  private volatile Duration tokenLifetime = Duration.ofHours(1);

  private FakeOpenStack(HttpServer server) {
    this.server = server;
    this.port = server.getAddress().getPort();
    things.put("ports", recordedList("ports"));
    things.put("security_groups", recordedList("security-groups", "security_groups"));
    things.put("subnets", recordedList("subnets"));
    serve();
  }

  /** Starts it on a free port with what was recorded. */
  public static FakeOpenStack start() throws IOException {
    return new FakeOpenStack(bind(0));
  }

  /** What nova.conf says of it. */
  public String novaConf() {
    return """
    [neutron]
    auth_type = password
    auth_url = %s
    username = nova
    password = pa55word
    project_name = service
    user_domain_name = Default
    project_domain_name = Default
    region_name = RegionOne
    """
        .formatted(authUrl());
  }

  public String authUrl() {
    return "http://127.0.0.1:" + port + "/identity";
  }

  public String neutronUrl() {
    return "http://127.0.0.1:" + port + "/networking";
  }

  /** Adds a port like the recorded ones. */
  public void addPort(String device, String address, String... groups) {
    addPortOf(PROJECT, device, address, groups);
  }

  /** Adds a port of some project. */
  public synchronized void addPortOf(
      String project, String device, String address, String... groups) {
    ObjectNode added = things.get("ports").get(0).deepCopy();
    added.put("tenant_id", project).put("project_id", project);
    added.put("id", "00000000-0000-4000-8000-%012d".formatted(things.get("ports").size()));
    added.put("device_id", device);
    ((ObjectNode) added.at("/fixed_ips/0")).put("ip_address", address);
    ArrayNode ids = added.putArray("security_groups");
    List.of(groups).forEach(ids::add);
    things.get("ports").add(added);
  }

  /** Adds a security group. */
  public synchronized void addGroup(String id, String name) {
    things.get("security_groups").add(JSON.createObjectNode().put("id", id).put("name", name));
  }

  /** Adds a subnet that a metadata provider serves. */
  public synchronized void addSubnet(String provider, String network) {
    things
        .get("subnets")
        .add(
            JSON.createObjectNode()
                .put("id", "subnet-" + things.get("subnets").size())
                .put("network_id", network)
                .put("advanced_service_providers", provider));
  }

  public void keystone(Fault fault) {
    keystone = fault;
  }

  public void neutron(Fault fault) {
    neutron = fault;
  }

  /** Lists have at most so many items a page. */
  public void pageSize(int items) {
    pageSize = items;
  }

  /** Neutron no longer takes the tokens issued so far. */
  public void revokeTokens() {
    oldestValidToken = issued.get() + 1;
  }

  /** How late the answers are that come late; at first longer than a guest waits. */
  public void lateness(Duration time) {
    lateness = time;
  }

  /** For how long the tokens to come are valid. */
  public void tokenLifetime(Duration lifetime) {
    tokenLifetime = lifetime;
  }

  /** What Neutron is called in the catalogues to come. */
  public void catalogType(String type) {
    catalogType = type;
  }

  /** Takes it down: nobody listens on its port. */
  public void stop() {
    server.stop(0);
  }

  /** Brings it back on the same port. */
  public void restart() throws IOException {
    server = bind(port);
    serve();
  }

  /** The paths and queries that Neutron was asked so far. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  /** What Keystone was sent so far. */
  public List<JsonNode> logins() {
    return List.copyOf(logins);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static HttpServer bind(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
  }

  private void serve() {
    server.createContext(KEYSTONE, exchange -> answer(exchange, keystone, this::issue));
    server.createContext(NEUTRON, exchange -> answer(exchange, neutron, this::list));
    server.setExecutor(threads);
    server.start();
  }

  private interface Handler {
    void handle(HttpExchange exchange) throws IOException;
  }

  private void answer(HttpExchange exchange, Fault fault, Handler handler) throws IOException {
    try (exchange) {
      if (exchange.getHttpContext().getPath().equals(NEUTRON)) {
        asked.add(exchange.getRequestURI().toString());
      }
      switch (fault) {
        case NONE -> handler.handle(exchange);
        case SLOW -> Thread.sleep(SLOWNESS.toMillis());
        case LATE -> {
          Thread.sleep(lateness.toMillis());
          handler.handle(exchange);
        }
        case ERROR -> send(exchange, 500, "{\"NeutronError\": {\"type\": \"Unknown\"}}");
        case BUSY -> send(exchange, 503, "{}");
        case RUBBISH -> send(exchange, 200, "{\"ports\": 7, ");
        case REFUSING -> send(exchange, 401, recorded("keystone-unauthorized"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void issue(HttpExchange exchange) throws IOException {
    logins.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
    ObjectNode body = (ObjectNode) JSON.readTree(recorded("token"));
    ObjectNode token = (ObjectNode) body.get("token");
    Instant now = Instant.now();
    token.put("issued_at", now.toString()).put("expires_at", now.plus(tokenLifetime).toString());
    ((ObjectNode) token.at("/catalog/0")).put("type", catalogType);
    exchange.getResponseHeaders().add("X-Subject-Token", "token-" + issued.incrementAndGet());
    send(exchange, 201, body.toString().replace(RECORDED_NEUTRON, neutronUrl()));
  }

  private void list(HttpExchange exchange) throws IOException {
    String token = exchange.getRequestHeaders().getFirst("X-Auth-Token");
    if (token == null
        || !token.startsWith("token-")
        || Integer.parseInt(token.substring("token-".length())) < oldestValidToken) {
      send(exchange, 401, recorded("neutron-unauthorized"));
      return;
    }
    String path = exchange.getRequestURI().getPath();
    String name = path.substring(NEUTRON.length()).replace('-', '_');
    send(exchange, 200, page(name, query(exchange)).toString());
  }

  private synchronized ObjectNode page(String name, Map<String, List<String>> query) {
    List<ObjectNode> found =
        things.get(name).stream().filter(thing -> isMeant(thing, query)).toList();
    String marker = query.getOrDefault("marker", List.of("")).get(0);
    int from = 0;
    while (!marker.isEmpty() && !found.get(from++).get("id").asText().equals(marker)) {
      continue;
    }
    int to = (int) Math.min((long) from + pageSize, found.size());
    ObjectNode page = JSON.createObjectNode();
    ArrayNode items = page.putArray(name);
    found.subList(from, to).forEach(thing -> items.add(selected(thing, query)));
    if (to < found.size()) {
      page.putArray(name + "_links").addObject().put("rel", "next").put("href", "http://next");
    }
    return page;
  }

  private static boolean isMeant(ObjectNode thing, Map<String, List<String>> query) {
    return matches(query, "device_id", value -> value.equals(thing.path("device_id").asText()))
        && matches(query, "id", value -> value.equals(thing.path("id").asText()))
        && matches(query, "network_id", value -> value.equals(thing.path("network_id").asText()))
        && matches(
            query,
            "advanced_service_providers",
            value -> value.equals(thing.path("advanced_service_providers").asText()))
        && matches(
            query,
            "fixed_ips",
            value -> value.equals("ip_address=" + thing.at("/fixed_ips/0/ip_address").asText()));
  }

  private static boolean matches(
      Map<String, List<String>> query, String parameter, Predicate<String> test) {
    return !query.containsKey(parameter) || query.get(parameter).stream().anyMatch(test);
  }

  private static ObjectNode selected(ObjectNode thing, Map<String, List<String>> query) {
    ObjectNode selected = JSON.createObjectNode();
    for (String field : query.getOrDefault("fields", List.of())) {
      if (thing.has(field)) {
        selected.set(field, thing.get(field));
      }
    }
    return query.containsKey("fields") ? selected : thing;
  }

  private static Map<String, List<String>> query(HttpExchange exchange) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] halves = pair.split("=", 2);
      query
          .computeIfAbsent(halves[0], any -> new ArrayList<>())
          .add(URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static List<ObjectNode> recordedList(String file) {
    return recordedList(file, file);
  }

  private static List<ObjectNode> recordedList(String file, String name) {
    try {
      List<ObjectNode> items = new ArrayList<>();
      JSON.readTree(recorded(file)).get(name).forEach(item -> items.add((ObjectNode) item));
      return items;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String recorded(String name) throws IOException {
    return Files.readString(RECORDED.resolve(name + ".json"));
  }
}
