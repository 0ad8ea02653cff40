// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sources of options; of those that set an option, the first counts.
 *
 * @param sources the sources, the one that counts most first
 */
public record Settings(List<OptionSource> sources) {

  /** Whether an option is set anywhere, and where: see {@link Assignment#place}. */
  public Optional<String> placeOf(Option<?> option) {
    return find(option).map(Assignment::place);
  }

  /** The settings that can be listed, source by source, in the order in which they are written. */
  public Stream<Setting> all() {
    return sources.stream().flatMap(OptionSource::settings);
  }

  /** The settings that count for an option and name it by a deprecated name. */
  public Stream<Setting> deprecated(Option<?> option) {
    return sources.stream().flatMap(source -> source.deprecated(option));
  }

  Optional<Assignment> find(Option<?> option) {
    return sources.stream().flatMap(source -> source.find(option).stream()).findFirst();
  }

  Optional<Assignment> find(OptionName name) {
    return sources.stream().flatMap(source -> source.find(name).stream()).findFirst();
  }
}
