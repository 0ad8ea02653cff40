// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config.oslo;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A place where options are set: nova.conf with all that oslo.config reads, the command line alone,
 * or properties.
 */
public sealed interface OptionSource permits ConfigFiles, CommandLineSource, PropertySource {

  /** The setting of an option that counts; empty when the option is not set here. */
  Optional<Assignment> find(Option<?> option);

  /** The setting that counts of an option that no catalogue describes. */
  Optional<Assignment> find(OptionName name);

  /** The settings that can be listed, in their order. */
  Stream<Setting> settings();

  /** The settings that count for an option and name it by a deprecated name. */
  Stream<Setting> deprecated(Option<?> option);
}
