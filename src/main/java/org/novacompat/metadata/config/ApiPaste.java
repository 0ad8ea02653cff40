// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What api-paste.ini says of the metadata API: the file that takes this node out of service, as
 * api-paste.ini or nova.conf name it ({@code oslo_middleware/healthcheck}, {@code
 * oslo_middleware/base.py: _conf_get}; what stands in api-paste.ini comes first), and whether the
 * headers of proxies are looked at.
 *
 * @param file api-paste.ini; empty where there is none
 * @param disablingFile the file whose presence disables the healthcheck; empty for none
 * @param proxyHeaders the filter {@code http_proxy_to_wsgi}
 * @param warnings what an operator should change, one line each
 */
public record ApiPaste(
    Optional<Path> file,
    Optional<Path> disablingFile,
    ProxyHeadersFilter proxyHeaders,
    List<String> warnings) {
  private static final String SECTION = "filter:healthcheck";
  private static final String BACKEND = "disable_by_file";

  /**
   * Reads what nova.conf names. An api-paste.ini that is not there says nothing.
   *
   * @param conf nova's configuration
   * @return what it says, with a warning when it cannot be read
   */
  public static ApiPaste of(NovaConf conf) {
    Optional<Path> inNovaConf = conf.get(Catalogue.DISABLE_BY_FILE_PATH);
    Optional<Path> paste = conf.find(conf.get(Catalogue.API_PASTE_CONFIG));
    if (paste.isEmpty()) {
      return new ApiPaste(paste, inNovaConf, ProxyHeadersFilter.UNKNOWN, List.of());
    }
    try {
      PasteFile file = PasteFile.read(paste.get());
      return new ApiPaste(
          paste, named(file).or(() -> inNovaConf), ProxyHeadersFilter.in(file), List.of());
    } catch (UnreadablePasteException e) {
      return new ApiPaste(
          paste,
          inNovaConf,
          ProxyHeadersFilter.ABSENT,
          List.of(
              e.getMessage()
                  + ": if it names a file that disables the healthcheck, that file is not heeded"));
    }
  }

  private static Optional<Path> named(PasteFile file) {
    boolean used =
        file.get(SECTION, "backends").stream()
            .flatMap(backends -> Stream.of(backends.split(",")))
            .anyMatch(backend -> backend.strip().equals(BACKEND));
    return file.get(SECTION, "disable_by_file_path")
        .filter(path -> used && !path.isEmpty())
        .map(Path::of);
  }
}
