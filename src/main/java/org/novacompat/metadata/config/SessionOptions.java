// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionType.bool;
import static org.novacompat.metadata.config.oslo.OptionType.path;
import static org.novacompat.metadata.config.oslo.OptionType.secondsAboveZero;
import static org.novacompat.metadata.config.oslo.OptionType.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;

/**
 * The options by which a group of nova.conf says how connections are made, and who logs in ({@code
 * keystoneauth1/loading/session.py}).
 */
public class SessionOptions extends LoginOptions {

  public final Option<Optional<String>> authSection =
      ofSession("auth_section", text())
          .help(
              """
              Another group that says who logs in: auth_type, auth_url and all that belongs to a
              login are taken from there, and not from here.
              """);

  public final Option<Optional<Path>> cafile =
      ofSession("cafile", path())
          .help(
              """
              The authorities whose certificates are trusted, as PEM. When unset, those that Java
              trusts.
              """);

  public final Option<Optional<Path>> certfile =
      ofSession("certfile", path()).help("The certificate to show, as PEM.");

  public final Option<Optional<Path>> keyfile =
      ofSession("keyfile", path())
          .help("The key of certfile, as PEM. When unset, certfile holds it too.");

  public final Option<Boolean> insecure =
      ofSession("insecure", bool(), "false").help("Whether any certificate is trusted.");

  public final Option<Optional<Duration>> timeout =
      ofSession("timeout", secondsAboveZero())
          .help(
              """
              For how many seconds the whole of an answer is waited for; 30 when unset. A guest is
              refused sooner, and the answer kept for when it asks again: after 3 seconds when
              unset, else after a second more than this and 5 at most.
              """);

  /**
   * The options of one group.
   *
   * @param group the group
   * @param loginGroup the group that says who logs in
   */
  SessionOptions(String group, String loginGroup) {
    super(loginGroup, group);
  }
}
