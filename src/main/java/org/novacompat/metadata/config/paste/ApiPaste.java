// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.paste;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.novacompat.metadata.config.Catalogue;
import org.novacompat.metadata.config.NovaConf;
import org.novacompat.metadata.python.PythonText;

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
  /** Where the healthcheck stands: a filter until oslo.middleware 7, an application since. */
  private static final List<String> SECTIONS = List.of("filter:healthcheck", "app:healthcheck");

  private static final String BACKEND = "disable_by_file";

  /** What changes nothing, for it is the default. */
  private static final Map<String, Pattern> DEFAULTS =
      Map.of("path", Pattern.compile("/healthcheck"), "detailed", Pattern.compile("(?i)false"));

  /** What of these sections is read, or says nothing more. */
  private static final Set<String> READ =
      Set.of(
          "paste.filter_factory", "paste.app_factory", "use", "backends", "disable_by_file_path");

  /** The filters that are there, or that change nothing for guests. */
  private static final Pattern KNOWN_FILTER =
      Pattern.compile("(?i)healthcheck|cors|http_?proxy_?to_?wsgi|request_?id");

  /**
   * Reads what nova.conf names. An api-paste.ini that is not there says nothing.
   *
   * @param conf nova's configuration
   * @return what it says, with a warning when it cannot be read
   */
  public static ApiPaste of(NovaConf conf) {
    Optional<Path> inNovaConf = conf.get(Catalogue.WSGI.disableByFilePath);
    Optional<Path> paste = conf.find(conf.get(Catalogue.WSGI.apiPasteConfig));
    if (paste.isEmpty()) {
      return new ApiPaste(paste, inNovaConf, ProxyHeadersFilter.UNKNOWN, List.of());
    }
    try {
      PasteFile file = PasteFile.read(paste.get());
      return new ApiPaste(
          paste,
          named(file).or(() -> inNovaConf),
          ProxyHeadersFilter.in(file),
          Stream.concat(unheededOptions(file), unheededFilters(file))
              .map(PythonText::printable)
              .toList());
    } catch (IOException e) {
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
    return SECTIONS.stream()
        .filter(section -> backends(file, section).contains(BACKEND))
        .flatMap(section -> file.get(section, "disable_by_file_path").stream())
        .filter(path -> !path.isEmpty() && path.indexOf('\0') < 0)
        .map(Path::of)
        .findFirst();
  }

  private static List<String> backends(PasteFile file, String section) {
    return file.get(section, "backends").stream()
        .flatMap(backends -> Stream.of(backends.split("[,\\s]+")))
        .filter(backend -> !backend.isEmpty())
        .toList();
  }

  /** A line for each option of the healthcheck, and each of its back ends, that is not heeded. */
  private static Stream<String> unheededOptions(PasteFile file) {
    return SECTIONS.stream()
        .flatMap(
            section ->
                Stream.concat(
                        file.names(section).stream()
                            .filter(
                                name -> !READ.contains(name) && !isDefault(file, section, name)),
                        backends(file, section).stream()
                            .filter(backend -> !backend.equals(BACKEND))
                            .map(backend -> "backends: " + backend))
                    .map(
                        what ->
                            "%s: [%s] %s is not heeded: of the healthcheck's back ends, %s alone is there"
                                .formatted(file.path(), section, what, BACKEND)));
  }

  private static boolean isDefault(PasteFile file, String section, String name) {
    return DEFAULTS.containsKey(name)
        && file.own(section, name).filter(DEFAULTS.get(name).asMatchPredicate()).isPresent();
  }

  /** A line for each filter before the metadata API that is not there. */
  private static Stream<String> unheededFilters(PasteFile file) {
    return PastePipeline.before(file, PastePipeline.METADATA).stream()
        .filter(filter -> !KNOWN_FILTER.matcher(filter.factory()).find())
        .map(
            filter ->
                "%s: the filter %s before the metadata API is not heeded"
                    .formatted(file.path(), filter.section().orElse(filter.factory())));
  }
}
