// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.paste;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The filters that a request passes on its way to an application ({@code
 * paste/deploy/loadwsgi.py}): those of pipelines, of {@code filter-app} sections and of {@code
 * filter-with}. Of a composite, the way goes to what it maps {@code /} to. What another file
 * defines is not followed.
 */
final class PastePipeline {
  /** The application that nova loads for guests ({@code nova/api/wsgi.py: Loader}). */
  static final String METADATA = "metadata";

  private static final List<String> APPLICATIONS =
      List.of("application", "app", "composite", "composit", "pipeline", "filter-app");

  private static final List<String> FILTERS = List.of("filter");

  /** How many sections may use each other. */
  private static final int MAX_DEPTH = 8;

  /**
   * A filter.
   *
   * @param factory what makes it: {@code egg:oslo.middleware#cors}, or {@code
   *     oslo_middleware.cors:filter_factory}
   * @param section the section that names the factory; empty where the pipeline itself does
   */
  record Filter(String factory, Optional<String> section) {}

  private final PasteFile file;
  private final List<Filter> filters = new ArrayList<>();
  private final Set<String> passed = new HashSet<>();

  private PastePipeline(PasteFile file) {
    this.file = file;
  }

  /**
   * Lists the filters before an application.
   *
   * @param file an api-paste.ini
   * @param application the application that is asked for
   * @return its filters, in no particular order; none when there is no such application
   */
  static List<Filter> before(PasteFile file, String application) {
    PastePipeline pipeline = new PastePipeline(file);
    pipeline.pass(application);
    return pipeline.filters;
  }

  private void pass(String application) {
    Optional<String> found = file.section(APPLICATIONS, application).filter(passed::add);
    if (found.isEmpty()) {
      return;
    }
    String section = found.get();
    file.own(section, "filter-with").ifPresent(this::addFilter);
    if (section.startsWith("pipeline:")) {
      passPipeline(file.own(section, "pipeline").orElse("").strip().split("\\s+"));
    } else if (section.startsWith("filter-app:")) {
      addFilterOf(section);
      file.own(section, "next").ifPresent(this::pass);
    } else {
      file.own(section, "/").or(() -> file.own(section, "use")).ifPresent(this::pass);
    }
  }

  private void passPipeline(String[] names) {
    for (int i = 0; i < names.length - 1; i++) {
      addFilter(names[i]);
    }
    pass(names[names.length - 1]);
  }

  private void addFilter(String name) {
    if (name.matches("[a-zA-Z]+:.*")) {
      filters.add(new Filter(name, Optional.empty()));
    } else {
      file.section(FILTERS, name).filter(passed::add).ifPresent(this::addFilterOf);
    }
  }

  private void addFilterOf(String section) {
    file.own(section, "filter-with").ifPresent(this::addFilter);
    factory(section, 0).ifPresent(made -> filters.add(new Filter(made, Optional.of(section))));
  }

  private Optional<String> factory(String section, int depth) {
    Optional<String> used =
        file.own(section, "use")
            .or(() -> file.own(section, "paste.filter_factory"))
            .or(() -> file.own(section, "paste.filter_app_factory"));
    Optional<String> other =
        used.filter(name -> depth < MAX_DEPTH).flatMap(name -> file.section(FILTERS, name));
    return other.isPresent() ? factory(other.get(), depth + 1) : used;
  }
}
