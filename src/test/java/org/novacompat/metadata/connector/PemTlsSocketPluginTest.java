// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.connector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;
import org.mariadb.jdbc.plugin.tls.TlsSocketPluginLoader;
import org.novacompat.metadata.config.DatabaseUrl;

class PemTlsSocketPluginTest {

  private static final String STORE_PASSWORD = "changeit";

  /** In PKCS#8, an RSA key of 2048 bits is its PKCS#1 form after this many bytes. */
  private static final int PKCS8_PREFIX = 26;

  @TempDir Path directory;

  private Path certificateFile;
  private Path keyFile;

  @BeforeEach
  void nameFiles() {
    certificateFile = directory.resolve("client-cert.pem");
    keyFile = directory.resolve("client-key.pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void showsTheCertificateOfThePemFiles(String algorithm) throws Exception {
    KeyStore.PrivateKeyEntry client = newClient(algorithm);
    write(certificateFile, "CERTIFICATE", client.getCertificate().getEncoded());
    write(keyFile, "PRIVATE KEY", client.getPrivateKey().getEncoded());
    assertShows(client);
  }

  @Test
  void readsKeysOfTheOldRsaForm() throws Exception {
    KeyStore.PrivateKeyEntry client = newClient("RSA");
    byte[] pkcs8 = client.getPrivateKey().getEncoded();
    write(certificateFile, "CERTIFICATE", client.getCertificate().getEncoded());
    write(keyFile, "RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, PKCS8_PREFIX, pkcs8.length));
    assertShows(client);
  }

  @Test
  void readsBothFromOneFile() throws Exception {
    KeyStore.PrivateKeyEntry client = newClient("RSA");
    String key = pem("PRIVATE KEY", client.getPrivateKey().getEncoded());
    String certificate = pem("CERTIFICATE", client.getCertificate().getEncoded());
    Files.writeString(certificateFile, "a comment\n" + key + certificate);
    keyFile = certificateFile;
    assertShows(client);
  }

  @Test
  void encryptedKeyIsRefusedWithAWayOut() throws Exception {
    KeyStore.PrivateKeyEntry client = newClient("RSA");
    write(certificateFile, "CERTIFICATE", client.getCertificate().getEncoded());
    write(keyFile, "ENCRYPTED PRIVATE KEY", client.getPrivateKey().getEncoded());
    SQLException refusal = assertThrows(SQLException.class, this::keyManager);
    assertTrue(refusal.getMessage().contains("no plain key in " + keyFile), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("openssl pkcs8"), refusal.getMessage());
  }

  @Test
  void missingFileIsNamed() {
    SQLException refusal = assertThrows(SQLException.class, this::keyManager);
    assertTrue(refusal.getMessage().contains(certificateFile.toString()), refusal.getMessage());
  }

  private void assertShows(KeyStore.PrivateKeyEntry client) throws Exception {
    X509KeyManager manager = keyManager();
    PrivateKey expected = client.getPrivateKey();
    String alias =
        manager.getClientAliases(client.getCertificate().getPublicKey().getAlgorithm(), null)[0];
    assertEquals(expected, manager.getPrivateKey(alias));
    assertArrayEquals(
        new X509Certificate[] {(X509Certificate) client.getCertificate()},
        manager.getCertificateChain(alias));
  }

  private X509KeyManager keyManager() throws SQLException {
    DatabaseUrl url =
        DatabaseUrl.parse("mysql://h/db?ssl_cert=" + certificateFile + "&ssl_key=" + keyFile);
    Properties options = new Properties();
    options.putAll(url.driverOptions());
    Configuration configuration = Configuration.parse(url.jdbcUrl(), options);
    TlsSocketPlugin plugin = TlsSocketPluginLoader.get(configuration.tlsSocketType());
    ExceptionFactory exceptions =
        new ExceptionFactory(configuration, configuration.addresses().get(0));
    return assertInstanceOf(
        X509KeyManager.class, plugin.getKeyManager(configuration, exceptions)[0]);
  }

  private KeyStore.PrivateKeyEntry newClient(String algorithm) throws Exception {
    Path store = directory.resolve("client.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-keyalg",
            algorithm,
            "-alias",
            "client",
            "-dname",
            "CN=nova",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            STORE_PASSWORD,
            "-keysize",
            algorithm.equals("RSA") ? "2048" : "256");
    assertEquals(
        0,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, STORE_PASSWORD.toCharArray());
    }
    KeyStore.ProtectionParameter password =
        new KeyStore.PasswordProtection(STORE_PASSWORD.toCharArray());
    return (KeyStore.PrivateKeyEntry) keys.getEntry("client", password);
  }

  private static void write(Path file, String kind, byte[] der) throws Exception {
    Files.writeString(file, pem(kind, der));
  }

  private static String pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }
}
