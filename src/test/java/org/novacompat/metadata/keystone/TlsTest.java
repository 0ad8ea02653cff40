// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.keystone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;

class TlsTest {
  private static final char[] STORE_PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;
  private HttpsServer server;
  private boolean clientsShowCertificates;

  @AfterEach
  void stopTheServer() {
    server.stop(0);
  }

  @Test
  void aCertificateOfAnAuthorityInCafileIsTrusted() throws Exception {
    Path authority = serve("SAN=ip:127.0.0.1");
    assertEquals("a token", issue("cafile = " + authority));
  }

  @Test
  void anyOtherCertificateIsNot() throws Exception {
    serve("SAN=ip:127.0.0.1");
    assertFails("", "or shows a certificate that is not trusted", "[neutron] cafile");
  }

  @Test
  void anExpiredCertificateIsCalledSo() throws Exception {
    Path authority = serve("SAN=ip:127.0.0.1", "-startdate", "-10d", "-validity", "5");
    assertFails(
        "cafile = " + authority, "shows a certificate that has expired", "[neutron] auth_url");
  }

  @Test
  void aCertificateOfAnotherHostIsCalledSo() throws Exception {
    Path authority = serve("SAN=dns:keystone.example.org");
    assertFails(
        "cafile = " + authority, "shows a certificate of another host", "[neutron] auth_url");
  }

  @Test
  void insecureTrustsAnyone() throws Exception {
    serve("SAN=dns:keystone.example.org", "-startdate", "-10d", "-validity", "5");
    assertEquals("a token", issue("insecure = true"));
  }

  @Test
  void cafileThatCannotBeReadIsNamed() throws Exception {
    serve("SAN=ip:127.0.0.1");
    ServiceCallException failure =
        assertThrows(
            ServiceCallException.class, () -> issue("cafile = " + folder.resolve("missing.pem")));
    assertEquals(
        "[neutron] cafile cannot be used: " + folder.resolve("missing.pem"), failure.getMessage());
  }

  @Test
  void ourCertificateIsShown() throws Exception {
    clientsShowCertificates = true;
    Path authority = serve("SAN=ip:127.0.0.1");
    assertEquals(
        "a token", issue("cafile = " + authority + "\ncertfile = " + folder.resolve("client.pem")));
    assertThrows(ServiceCallException.class, () -> issue("cafile = " + authority));
  }

  private void assertFails(String options, String what, String option) {
    ServiceCallException failure = assertThrows(ServiceCallException.class, () -> issue(options));
    assertTrue(failure.getMessage().contains(what), failure.getMessage());
    assertTrue(failure.getMessage().contains(option), failure.getMessage());
    assertTrue(failure.getMessage().startsWith("Keystone at https://127.0.0.1:"));
  }

  private String issue(String options) {
    NovaConf conf =
        Conf.of(
            "[neutron]\nauth_type = password\nusername = nova\npassword = pw\nauth_url ="
                + " https://127.0.0.1:"
                + server.getAddress().getPort()
                + "\n"
                + options
                + "\n");
    return new Keystone(
            new AuthRequestBuilder(conf, Catalogue.NEUTRON).method(),
            new HttpSettings(
                conf, Catalogue.NEUTRON, WaitTimes.of(Optional.empty()), (service, slow) -> {}))
        .issue()
        .id();
  }

  /** Serves with a new certificate of a new authority, which is returned as PEM. */
  private Path serve(String name, String... more) throws Exception {
    keytool("authority", "-ext", "bc:c");
    keytool(
        "server",
        Stream.concat(Stream.of("-ext", name, "-signer", "authority"), Stream.of(more))
            .toArray(String[]::new));
    KeyStore store = load(folder.resolve("server.p12"));
    Certificate authority = store.getCertificate("authority");
    store.deleteEntry("authority");
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, STORE_PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("authority", authority);
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new Configurator(context, clientsShowCertificates));
    server.createContext(
        "/v3/auth/tokens",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body =
                "{\"token\": {\"expires_at\": \"2099-01-01T00:00:00.000000Z\"}}"
                    .getBytes(StandardCharsets.US_ASCII);
            exchange.getResponseHeaders().add("X-Subject-Token", "a token");
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(201, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    Files.writeString(
        folder.resolve("client.pem"),
        pem("PRIVATE KEY", store.getKey("server", STORE_PASSWORD).getEncoded())
            + pem("CERTIFICATE", store.getCertificate("server").getEncoded()));
    return Files.writeString(folder.resolve("ca.pem"), pem("CERTIFICATE", authority.getEncoded()));
  }

  private static final class Configurator extends HttpsConfigurator {
    private final boolean clientsShowCertificates;

    Configurator(SSLContext context, boolean clientsShowCertificates) {
      super(context);
      this.clientsShowCertificates = clientsShowCertificates;
    }

    @Override
    public void configure(HttpsParameters parameters) {
      SSLParameters tls = getSSLContext().getDefaultSSLParameters();
      tls.setNeedClientAuth(clientsShowCertificates);
      parameters.setSSLParameters(tls);
    }
  }

  private void keytool(String alias, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                alias,
                "-dname",
                "CN=" + alias,
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("server.p12").toString(),
                "-storepass",
                String.valueOf(STORE_PASSWORD)));
    command.addAll(List.of(more));
    assertEquals(
        0,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor());
  }

  private static KeyStore load(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD);
    }
    return keys;
  }

  private static String pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }
}
