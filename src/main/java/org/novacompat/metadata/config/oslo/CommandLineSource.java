// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options for which the command line counts among all that oslo.config reads. {@link
 * ConfigFiles} lists its settings, so that this source lists none.
 *
 * @param files the files with the command line
 */
record CommandLineSource(ConfigFiles files) implements OptionSource {

  @Override
  public Optional<Assignment> find(Option<?> option) {
    return files.find(option).filter(Assignment::onCommandLine);
  }

  @Override
  public Optional<Assignment> find(OptionName name) {
    return files.find(name).filter(Assignment::onCommandLine);
  }

  @Override
  public Stream<Setting> settings() {
    return Stream.empty();
  }

  @Override
  public Stream<Setting> deprecated(Option<?> option) {
    return Stream.empty();
  }
}
