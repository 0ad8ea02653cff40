// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys in PEM files, which is how nova.conf names them, made into Java's. */
public final class PemFiles {

  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----");
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN (RSA )?PRIVATE KEY-----([^-]+)-----END (?:RSA )?PRIVATE KEY-----");
  private static final byte[] PKCS1_IN_PKCS8 =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");
  private static final int DER_SEQUENCE = 0x30;
  private static final int DER_OCTET_STRING = 0x04;
  private static final int DER_LENGTH_OF_TWO_BYTES = 0x82;
  private static final String SERVER = "server";
  private static final char[] IN_MEMORY_ONLY = "in memory only".toCharArray();

  private PemFiles() {}

  /**
   * Makes a client's certificate and key into what a TLS connection shows.
   *
   * @param certificateFile the certificate, and those that lead from it to a known authority
   * @param keyFile its key, not encrypted; may be the same file
   * @throws IOException when a file cannot be read
   * @throws GeneralSecurityException when it holds nothing of the kind
   */
  public static KeyManager[] keyManagers(Path certificateFile, Path keyFile)
      throws IOException, GeneralSecurityException {
    KeyStore store = keyStore(certificateFile, keyFile, "client", IN_MEMORY_ONLY);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY_ONLY);
    return factory.getKeyManagers();
  }

  /**
   * Makes a server's certificate and key into a key store.
   *
   * @param certificateFile the certificate, and those that lead from it to a known authority
   * @param keyFile its key, not encrypted; may be the same file
   * @param password what the key in the key store is to be encrypted with
   * @throws IOException when a file cannot be read
   * @throws GeneralSecurityException when it holds nothing of the kind, or the key of another
   *     certificate
   */
  public static KeyStore serverKeys(Path certificateFile, Path keyFile, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = keyStore(certificateFile, keyFile, SERVER, password);
    requirePair((PrivateKey) store.getKey(SERVER, password), store.getCertificate(SERVER), keyFile);
    return store;
  }

  private static KeyStore keyStore(
      Path certificateFile, Path keyFile, String alias, char[] password)
      throws IOException, GeneralSecurityException {
    Certificate[] chain = certificates(certificateFile);
    PrivateKey key = privateKey(keyFile, chain[0].getPublicKey().getAlgorithm());
    KeyStore store = emptyStore();
    store.setKeyEntry(alias, key, password, chain);
    return store;
  }

  private static void requirePair(PrivateKey key, Certificate certificate, Path keyFile)
      throws GeneralSecurityException {
    String algorithm = key.getAlgorithm();
    Signature signature =
        Signature.getInstance(
            algorithm.startsWith("Ed")
                ? algorithm
                : "SHA256with" + (algorithm.equals("EC") ? "ECDSA" : algorithm));
    signature.initSign(key);
    byte[] signed = signature.sign();
    signature.initVerify(certificate.getPublicKey());
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException(keyFile + " has the key of another certificate");
    }
  }

  /**
   * Makes the authorities in a file into what a TLS connection trusts.
   *
   * @param file any number of certificates
   * @throws IOException when the file cannot be read
   * @throws GeneralSecurityException when it holds nothing of the kind
   */
  public static TrustManager[] trustManagers(Path file)
      throws IOException, GeneralSecurityException {
    return trustManagers(List.of(certificates(file)));
  }

  /**
   * Makes authorities into what a TLS connection trusts.
   *
   * @throws GeneralSecurityException when there is none
   */
  public static TrustManager[] trustManagers(Collection<Certificate> authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    for (Certificate authority : authorities) {
      store.setCertificateEntry("authority " + store.size(), authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  /**
   * Finds the certificates in the files of a folder, each once. What holds none, or cannot be read,
   * is passed over, as OpenSSL does.
   *
   * @throws IOException when the folder cannot be read
   * @throws GeneralSecurityException when there is no certificate in it
   */
  public static Set<Certificate> certificatesIn(Path folder)
      throws IOException, GeneralSecurityException {
    Set<Certificate> found = new LinkedHashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Files::isRegularFile)) {
      for (Path file : files) {
        try {
          found.addAll(List.of(certificates(file)));
        } catch (IOException | GeneralSecurityException e) {
          // there are keys and lists of revoked certificates in such folders, too
        }
      }
    }
    if (found.isEmpty()) {
      throw new GeneralSecurityException("no certificate in " + folder);
    }
    return found;
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /**
   * Reads the certificates in a file.
   *
   * @return at least one
   * @throws IOException when the file cannot be read
   * @throws GeneralSecurityException when it holds nothing of the kind
   */
  public static Certificate[] certificates(Path file) throws IOException, GeneralSecurityException {
    Matcher certificate = CERTIFICATE.matcher(text(file));
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
    Matcher pem = PRIVATE_KEY.matcher(text(file));
    if (!pem.find()) {
      throw new GeneralSecurityException(
          "no plain key in " + file + " (openssl pkcs8 -topk8 -nocrypt makes one)");
    }
    byte[] der = decoded(pem.group(2), file);
    byte[] pkcs8 = pem.group(1) == null ? der : pkcs8OfPkcs1(der);
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] decoded(String base64, Path file) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("the key in " + file + " is no base64", e);
    }
  }

  /** Bundles of authorities have names in any alphabet between the certificates. */
  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
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
