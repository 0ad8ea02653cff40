// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.novacompat.metadata.command.CommandException;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.AccessKeysFile;
import org.novacompat.metadata.signature.InvalidAccessKeysException;
import org.novacompat.metadata.tls.PemFiles;
import org.novacompat.metadata.tls.TrustAllManager;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where the OpenAPI is, which certificate it has, and which access key signs. */
final class EndpointOptions {
  private static final String LOCAL = "https://127.0.0.1:8743";
  private static final Pattern URL = Pattern.compile("(?i)https://[^@?#]+");
  private static final int MAX_PORT = 65_535;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = {
        "The OpenAPI's endpoint. Default: NOVA_COMPAT_ENDPOINT of the environment, else "
            + LOCAL
            + "."
      })
  private String endpoint = LOCAL;

  @Option(
      names = "--access-key",
      paramLabel = "ID",
      description = {
        "The access key's id. Default: NOVA_COMPAT_ACCESS_KEY of the environment, else the only one"
            + " of the keys file."
      })
  private Optional<String> accessKey = Optional.empty();

  @Option(
      names = "--keys-file",
      paramLabel = "FILE",
      description = {
        "Where the access key's secret is, mode 0600. Default: NOVA_COMPAT_KEYS_FILE of the"
            + " environment; without it, the secret is NOVA_COMPAT_SECRET_KEY of the environment."
      })
  private Optional<Path> keysFile = Optional.empty();

  @ArgGroup(exclusive = true)
  private Trust trust = new Trust();

  /** How the server's certificate is checked. */
  private static final class Trust {
    @Option(
        names = "--cacert",
        paramLabel = "FILE",
        description = {
          "The certificate, or those of authorities, that the server is known by, as PEM. Default:"
              + " NOVA_COMPAT_CACERT of the environment, else those that Java trusts."
        })
    private Optional<Path> authorities = Optional.empty();

    @Option(
        names = "--insecure",
        description = {
          "Accept any certificate. A server that poses as the endpoint then reads the metadata and"
              + " answers what it likes; it does not learn the secret."
        })
    private boolean insecure;
  }

  /**
   * Gives the OpenAPI there, for this caller.
   *
   * @param secret the access key's, where no file holds it
   * @throws CommandException when a file cannot be used
   */
  MetadataApi connect(Optional<String> secret) {
    return new MetadataApi(base(), keysFile.map(this::keyOf).orElseGet(() -> key(secret)), tls());
  }

  private URI base() {
    String shown = "endpoint '" + endpoint.replaceFirst("//.*@", "//***@") + "': ";
    try {
      URI uri = new URI(endpoint.replaceFirst("/+$", ""));
      if (URL.matcher(endpoint).matches() && uri.getHost() != null && uri.getPort() <= MAX_PORT) {
        return uri;
      }
      throw wrong(shown + "expected https://HOST:PORT");
    } catch (URISyntaxException e) {
      throw wrong(shown + e.getReason());
    }
  }

  private AccessKey key(Optional<String> secret) {
    if (accessKey.isEmpty() || secret.isEmpty()) {
      throw wrong(
          "which access key? Give --keys-file, or set NOVA_COMPAT_ACCESS_KEY and"
              + " NOVA_COMPAT_SECRET_KEY");
    }
    return new AccessKey(accessKey.get(), secret.get(), Set.of());
  }

  private AccessKey keyOf(Path file) {
    try {
      AccessKeysFile keys = AccessKeysFile.open(file);
      if (accessKey.isEmpty() && keys.ids().size() != 1) {
        throw wrong(
            file + " holds " + keys.ids().size() + " access keys: say which with --access-key");
      }
      String id = accessKey.orElseGet(() -> keys.ids().iterator().next());
      return keys.find(id)
          .orElseThrow(() -> new CommandException(file + ": no access key " + id + " in it"));
    } catch (InvalidAccessKeysException e) {
      throw new CommandException(e.getMessage(), e);
    }
  }

  private SSLContext tls() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new CommandException(
          trust.authorities.map(file -> file + " cannot be used: " + e).orElseGet(e::toString), e);
    }
  }

  /** Null stands for those that Java trusts. */
  private TrustManager[] trustManagers() throws IOException, GeneralSecurityException {
    if (trust.insecure) {
      return new TrustManager[] {new TrustAllManager()};
    }
    return trust.authorities.isEmpty() ? null : PemFiles.trustManagers(trust.authorities.get());
  }

  private ParameterException wrong(String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }
}
