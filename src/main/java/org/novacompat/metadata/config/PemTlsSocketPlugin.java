// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.plugin.TlsSocketPlugin;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/**
 * Lets MariaDB Connector/J show a client certificate that lies in PEM files, as {@code ssl_cert}
 * and {@code ssl_key} name them; the connector itself reads Java key stores only.
 *
 * <p>{@link DatabaseUrl#jdbcUrl()} asks for it, and the connector finds it through {@code
 * META-INF/services}. The server is checked as the connector always does.
 */
public final class PemTlsSocketPlugin implements TlsSocketPlugin {

  static final String TYPE = "nova-compat-pem";
  static final String CERTIFICATE = "pemCertificate";
  static final String KEY = "pemKey";

  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN (RSA )?PRIVATE KEY-----([^-]+)-----END (?:RSA )?PRIVATE KEY-----");
  private static final byte[] PKCS1_IN_PKCS8 = {
    0x02,
    0x01,
    0x00,
    0x30,
    0x0d,
    0x06,
    0x09,
    0x2a,
    (byte) 0x86,
    0x48,
    (byte) 0x86,
    (byte) 0xf7,
    0x0d,
    0x01,
    0x01,
    0x01,
    0x05,
    0x00
  };
  private static final int DER_SEQUENCE = 0x30;
  private static final int DER_OCTET_STRING = 0x04;
  private static final int DER_LENGTH_OF_TWO_BYTES = 0x82;
  private static final char[] IN_MEMORY_ONLY = "in memory only".toCharArray();

  private final TlsSocketPlugin standard = new DefaultTlsSocketPlugin();

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public TrustManager[] getTrustManager(
      Configuration configuration, ExceptionFactory exceptions, HostAddress address)
      throws SQLException {
    return standard.getTrustManager(configuration, exceptions, address);
  }

  /**
   * The client's certificate and key.
   *
   * @throws SQLException when a file cannot be read, or holds nothing of the kind
   */
  @Override
  public KeyManager[] getKeyManager(Configuration configuration, ExceptionFactory exceptions)
      throws SQLException {
    Properties options = configuration.nonMappedOptions();
    Path certificate = Path.of(options.getProperty(CERTIFICATE));
    Path key = Path.of(options.getProperty(KEY));
    try {
      return keyManagers(certificate, key);
    } catch (IOException | GeneralSecurityException e) {
      throw exceptions.create(
          "The client certificate "
              + certificate
              + " with the key "
              + key
              + " is unusable: "
              + e.getMessage(),
          "08000",
          e);
    }
  }

  private static KeyManager[] keyManagers(Path certificateFile, Path keyFile)
      throws IOException, GeneralSecurityException {
    Certificate[] chain = certificates(certificateFile);
    PrivateKey key = privateKey(keyFile, chain[0].getPublicKey().getAlgorithm());
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry("client", key, IN_MEMORY_ONLY, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY_ONLY);
    return factory.getKeyManagers();
  }

  private static Certificate[] certificates(Path file)
      throws IOException, GeneralSecurityException {
    String pem = Files.readString(file, StandardCharsets.US_ASCII);
    Matcher certificate =
        Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----").matcher(pem);
    StringBuilder all = new StringBuilder();
    while (certificate.find()) {
      all.append(certificate.group()).append('\n');
    }
    if (all.isEmpty()) {
      throw new GeneralSecurityException("no certificate in " + file);
    }
    try (InputStream in =
        new ByteArrayInputStream(all.toString().getBytes(StandardCharsets.US_ASCII))) {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .toArray(Certificate[]::new);
    }
  }

  private static PrivateKey privateKey(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    Matcher pem = PRIVATE_KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new GeneralSecurityException(
          "no plain key in " + file + " (openssl pkcs8 -topk8 -nocrypt makes one)");
    }
    byte[] der = Base64.getMimeDecoder().decode(pem.group(2));
    byte[] pkcs8 = pem.group(1) == null ? der : pkcs8OfPkcs1(der);
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] pkcs8OfPkcs1(byte[] pkcs1) {
    byte[] octets = der(DER_OCTET_STRING, pkcs1);
    byte[] content = Arrays.copyOf(PKCS1_IN_PKCS8, PKCS1_IN_PKCS8.length + octets.length);
    System.arraycopy(octets, 0, content, PKCS1_IN_PKCS8.length, octets.length);
    return der(DER_SEQUENCE, content);
  }

  /** A DER value whose length takes two bytes, as that of every RSA key in use does. */
  private static byte[] der(int tag, byte[] content) {
    return ByteBuffer.allocate(content.length + 4)
        .put((byte) tag)
        .put((byte) DER_LENGTH_OF_TWO_BYTES)
        .putShort((short) content.length)
        .put(content)
        .array();
  }
}
