// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.config;

import static org.novacompat.metadata.config.oslo.OptionName.DEFAULT_GROUP;
import static org.novacompat.metadata.config.oslo.OptionType.bool;
import static org.novacompat.metadata.config.oslo.OptionType.choice;
import static org.novacompat.metadata.config.oslo.OptionType.integerBetween;
import static org.novacompat.metadata.config.oslo.OptionType.integerFrom;
import static org.novacompat.metadata.config.oslo.OptionType.path;
import static org.novacompat.metadata.config.oslo.OptionType.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.novacompat.metadata.config.oslo.Option;
import org.novacompat.metadata.config.oslo.OptionGroup;

/** The options of {@code [esurfing]}: eSurfing Cloud's tree, and its OpenAPI. */
public final class EsurfingOptions extends OptionGroup {

  /** The account that an instance is told to belong to. */
  public enum OwnerAccount {
    /** its project's id */
    PROJECT,
    /** the id of the user who created it */
    USER
  }

  public final Option<Integer> metadataItems =
      option("metadata_items", integerFrom(-1), "128")
          .in("quota")
          .formerly(DEFAULT_GROUP, "quota_metadata_items")
          .help(
              """
              How many keys an instance's custom metadata may have, unless the API database has a
              quota of the instance's project, or a default one. -1 sets no limit.
              """);

  public final Option<Boolean> enabled =
      option("enabled", bool(), "true")
          .help(
              """
              Whether guests also find eSurfing Cloud's tree, /meta-data and /spec-meta-data. Nova
              has nothing there.
              """);

  public final Option<Optional<String>> regionId =
      optional("region_id", text())
          .help(
              """
              The region that instances are told, and that callers name. When unset, it is
              region_name of [neutron].
              """);

  public final Option<OwnerAccount> ownerAccount =
      option("owner_account", choice(OwnerAccount.class), "project")
          .help(
              """
              Whose id an instance is told to be its owner's account: that of its project, or that
              of the user who created it.
              """);

  public final Option<Optional<Path>> accessKeysFile =
      optional("access_keys_file", path())
          .help(
              """
              The access keys that calls of the OpenAPI are signed with, and the projects that each
              may act for; mode 0600. A change counts at the next call. When unset, there is no
              OpenAPI.
              """);

  public final Option<Duration> signatureSkewSeconds =
      option("signature_skew_seconds", integerBetween(1, 3600).as(Duration::ofSeconds), "300")
          .help("By how many seconds a caller's clock may differ from this host's.");

  public final Option<Integer> signatureFailuresPerMinute =
      option("signature_failures_per_minute", integerFrom(1), "20")
          .help(
              """
              After how many calls within a minute from one address that are not signed right
              further ones are told that there are too many, and at most a quarter of all calls at a
              time is listened to from such addresses. A call that is signed right is never refused
              for others that are not.
              """);

  EsurfingOptions() {
    super("esurfing");
  }
}
