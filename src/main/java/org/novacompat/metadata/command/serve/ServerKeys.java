// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.config.TlsEndpointOptions;
import org.novacompat.metadata.config.oslo.InvalidConfigurationException;
import org.novacompat.metadata.tls.PemFiles;

/**
 * Writes the certificate and the key of an endpoint as the key store that Liberty reads, anew at
 * each start, with a random password.
 *
 * @param store the key store, PKCS12
 * @param password its password, and its key's
 */
record ServerKeys(Path store, String password) {
  private static final Logger LOG = Logger.getLogger("org.novacompat.metadata");
  private static final String ALIAS = "server";
  private static final int KEYTOOL_SECONDS = 60;
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
  private static final List<String> LOOPBACK =
      List.of("dns:localhost", "ip:127.0.0.1", "ip:0:0:0:0:0:0:0:1");

  /**
   * Writes the key store of an endpoint, from the files that nova.conf names, or else with a
   * self-signed certificate.
   *
   * @param endpoint the endpoint
   * @param folder where to write it; of this user alone
   * @return where it is
   * @throws CommandException when it cannot be written
   */
  static ServerKeys of(TlsEndpoint endpoint, Path folder) {
    ServerKeys keys =
        new ServerKeys(folder.resolve(endpoint.name() + ".p12").toAbsolutePath(), drawPassword());
    TlsEndpointOptions options = endpoint.options();
    NovaConf conf = endpoint.conf();
    Optional<Path> certificate = conf.get(options.certFile);
    if (certificate.isEmpty() && conf.get(options.keyFile).isPresent()) {
      throw new CommandException(
          options.keyFile.fullName() + " is set, and " + options.certFile.fullName() + " is not");
    }
    try {
      Files.deleteIfExists(keys.store);
      if (certificate.isPresent()) {
        keys.write(fromFiles(endpoint, certificate.get(), keys.password.toCharArray()));
      } else {
        keys.makeSelfSigned(endpoint);
      }
      return keys;
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandException(keys.store + " cannot be written: " + e, e);
    }
  }

  /** TLS for a client that trusts this certificate alone. */
  SSLContext trustedAlone() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, certificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls;
  }

  private static KeyStore fromFiles(TlsEndpoint endpoint, Path certificate, char[] password) {
    TlsEndpointOptions options = endpoint.options();
    NovaConf conf = endpoint.conf();
    try {
      return PemFiles.serverKeys(
          certificate, conf.get(options.keyFile).orElse(certificate), password);
    } catch (NoSuchFileException e) {
      throw unusable(endpoint, "PEM files that are there", "no " + e.getMessage());
    } catch (IOException e) {
      throw unusable(endpoint, "PEM files that can be read", e.toString());
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(endpoint, "a certificate and its key", e.getMessage());
    }
  }

  /** The detail may name either file. */
  private static InvalidConfigurationException unusable(
      TlsEndpoint endpoint, String expected, String detail) {
    TlsEndpointOptions options = endpoint.options();
    NovaConf conf = endpoint.conf();
    boolean isHidden = conf.isSecret(options.certFile) || conf.isSecret(options.keyFile);
    return conf.unusable(options.certFile, isHidden ? expected : expected + " (" + detail + ")");
  }

  private void write(KeyStore keys) throws IOException, GeneralSecurityException {
    Files.createFile(
        store, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(store)) {
      keys.store(out, password.toCharArray());
    }
  }

  /** Uses the JDK's keytool: Java's API makes no certificates. */
  private void makeSelfSigned(TlsEndpoint endpoint) throws IOException, GeneralSecurityException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass:env",
            "STORE_PASSWORD",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "3650",
            "-dname",
            "CN=nova-compat metadata " + endpoint.name(),
            "-ext",
            "san=" + String.join(",", names(endpoint.host())));
    keytool.environment().put("STORE_PASSWORD", password);
    keytool.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    await(keytool.start());
    Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rw-------"));
    LOG.log(
        Level.WARNING,
        "{0} is not set: {1} shows a self-signed certificate, and another at the next start"
            + " (its SHA-256 now is {2})",
        new Object[] {endpoint.options().certFile.fullName(), endpoint.url(), fingerprint()});
  }

  private static void await(Process keytool) {
    try {
      if (!keytool.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
        keytool.destroyForcibly();
        throw new CommandException("keytool makes no certificate; name one in nova.conf");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException("interrupted", e);
    }
  }

  private static List<String> names(String host) {
    if (LOOPBACK.contains("ip:" + host) || host.equals("0.0.0.0") || host.equals("::")) {
      return LOOPBACK;
    }
    return List.of((ADDRESS.matcher(host).matches() ? "ip:" : "dns:") + host, LOOPBACK.get(0));
  }

  private String fingerprint() throws IOException, GeneralSecurityException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate().getEncoded()));
  }

  private Certificate certificate() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), password.toCharArray());
    return keys.getCertificate(keys.aliases().nextElement());
  }

  private static String drawPassword() {
    byte[] bytes = new byte[24];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
