// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.command.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.novacompat.metadata.signature.AccessKey;
import org.novacompat.metadata.signature.AccessKeysFile;
import org.novacompat.metadata.signature.InvalidAccessKeysException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the OpenAPI is, how it is known, and who calls. */
final class Server {
  private static final String LOCAL = "https://127.0.0.1:8743";

  private final Environment environment;

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
  private Optional<String> endpoint = Optional.empty();

  @Option(
      names = "--access-key",
      paramLabel = "ID",
      description = {
        "The access key's id. Default: NOVA_COMPAT_ACCESS_KEY of the environment, else the only one of"
            + " the keys file."
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
          "Believe any server. Whoever answers in its place reads the metadata and may answer what he"
              + " likes; the secret stays unknown to him."
        })
    private boolean insecure;
  }

  Server(Environment environment) {
    this.environment = environment;
  }

  /**
   * Gives the OpenAPI there, for this caller.
   *
   * @throws ClientException when a file cannot be used
   */
  OpenApi connect() throws ClientException {
    return new OpenApi(base(), key(), Tls.context(authorities(), trust.insecure));
  }

  private URI base() {
    String url = endpoint.or(() -> environment.value("NOVA_COMPAT_ENDPOINT")).orElse(LOCAL);
    try {
      URI uri = new URI(url.replaceFirst("/+$", ""));
      if ("https".equalsIgnoreCase(uri.getScheme())
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw wrongEndpoint(url);
    }
    throw wrongEndpoint(url);
  }

  private RuntimeException wrongEndpoint(String url) {
    return Usage.wrong(command, "endpoint '" + url + "': expected https://HOST:PORT");
  }

  private AccessKey key() throws ClientException {
    Optional<String> id = accessKey.or(() -> environment.value("NOVA_COMPAT_ACCESS_KEY"));
    Optional<Path> file =
        keysFile.or(() -> environment.value("NOVA_COMPAT_KEYS_FILE").map(Path::of));
    if (file.isPresent()) {
      return ofFile(file.get(), id);
    }
    Optional<String> secret = environment.value("NOVA_COMPAT_SECRET_KEY");
    if (id.isEmpty() || secret.isEmpty()) {
      throw Usage.wrong(
          command,
          "which access key? Give --keys-file, or set NOVA_COMPAT_ACCESS_KEY and"
              + " NOVA_COMPAT_SECRET_KEY");
    }
    return new AccessKey(id.get(), secret.get(), Set.of());
  }

  private AccessKey ofFile(Path file, Optional<String> id) throws ClientException {
    try {
      AccessKeysFile keys = AccessKeysFile.open(file);
      Set<String> ids = keys.ids();
      if (id.isEmpty() && ids.size() != 1) {
        throw Usage.wrong(
            command, file + " holds " + ids.size() + " access keys: say which with --access-key");
      }
      String which = id.orElseGet(() -> ids.iterator().next());
      return keys.find(which)
          .orElseThrow(() -> new ClientException(file + ": no access key " + which + " in it"));
    } catch (InvalidAccessKeysException e) {
      throw new ClientException(e.getMessage());
    }
  }

  private Optional<Path> authorities() {
    return trust.authorities.or(() -> environment.value("NOVA_COMPAT_CACERT").map(Path::of));
  }
}
