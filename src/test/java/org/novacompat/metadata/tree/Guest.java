// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.novacompat.metadata.application.TreeSettings;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.tree.esurfing.EsurfingSettings;
import org.novacompat.metadata.tree.openstack.NetworkStyle;

/** Reads documents as a guest does. */
public final class Guest {
  public static final Clock TODAY =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  public static final TreeSettings SETTINGS = settings("novalocal", "2025-04-04", TODAY);

  private static final UnaryOperator<Node> UNSHARED = UnaryOperator.identity();

  private final GuestTrees trees;
  private final InstanceDocuments documents;

  private Guest(GuestTrees trees, Instance instance) {
    this.trees = trees;
    this.documents = new InstanceDocuments(instance, UNSHARED, Integer.MAX_VALUE);
  }

  /** A guest of the newest release. */
  public static Guest of(Instance instance) {
    return of(instance, SETTINGS);
  }

  public static Guest of(Instance instance, TreeSettings settings) {
    return new Guest(trees(settings), instance);
  }

  /** A guest of an instance whose security groups come from somewhere. */
  public static Guest of(Instance instance, SecurityGroups securityGroups) {
    return new Guest(SETTINGS.trees(new Vendor(), securityGroups), instance);
  }

  public static GuestTrees trees(TreeSettings settings) {
    return settings.trees(new Vendor(), instance -> List.of("web", "db"));
  }

  /** The newest nova's trees, and no other. */
  public static TreeSettings settings(String domain, String newestVersion, Clock clock) {
    return new TreeSettings(
        domain, newestVersion, NetworkStyle.ZED, clock, Optional.empty(), Optional.empty());
  }

  public static TreeSettings withDomain(String domain) {
    return settings(domain, "2025-04-04", TODAY);
  }

  public static TreeSettings withTemplate(Path template) {
    return new TreeSettings(
        "novalocal",
        "2025-04-04",
        NetworkStyle.ZED,
        TODAY,
        Optional.of(template),
        Optional.empty());
  }

  public static TreeSettings with(EsurfingSettings esurfing) {
    return new TreeSettings(
        "novalocal",
        "2025-04-04",
        NetworkStyle.ZED,
        TODAY,
        Optional.empty(),
        Optional.of(esurfing));
  }

  /** As until Yoga. */
  public static TreeSettings beforeZed() {
    return new TreeSettings(
        "novalocal", "2020-10-14", NetworkStyle.TRAIN, TODAY, Optional.empty(), Optional.empty());
  }

  /** Finds what is at a path. */
  public Lookup find(String path) {
    return documents.find(trees.route(path), Optional.empty());
  }

  /** Finds what is at a path when asked from an address. */
  public Lookup findFrom(String address, String path) {
    return documents.find(trees.route(path), Optional.of(address));
  }

  /** Reads what is at a path; {@code 404} when there is nothing. */
  public String get(String path) {
    return text(find(path));
  }

  /** Reads a document with its seed replaced by a word. */
  public String getUnseeded(String path) {
    return get(path)
        .replaceAll("\"random_seed\": \"[A-Za-z0-9+/]{683}=\"", "\"random_seed\": SEED");
  }

  public static String text(Lookup answer) {
    return answer instanceof Document document
        ? new String(bytes(document), StandardCharsets.UTF_8)
        : "404";
  }

  public static byte[] bytes(Document document) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      document.writeTo(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Vendor implements VendorDocuments {
    @Override
    public Lookup vendorData(Instance instance) {
      return new Lookup.Failed("the vendor's file is broken");
    }

    @Override
    public Lookup vendorData2(Instance instance) {
      return Document.of(ContentType.JSON, "{}".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
