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
import org.novacompat.metadata.instance.Instance;

/** Reads documents as a guest does. */
public final class Guest {
  static final Clock TODAY = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
  static final TreeSettings SETTINGS =
      new TreeSettings("novalocal", "2025-04-04", TODAY, Optional.empty());

  private final InstanceDocuments documents;

  private Guest(InstanceDocuments documents) {
    this.documents = documents;
  }

  /** A guest of the newest release. */
  public static Guest of(Instance instance) {
    return of(instance, SETTINGS);
  }

  static Guest of(Instance instance, TreeSettings settings) {
    return new Guest(trees(settings).of(instance));
  }

  static GuestTrees trees(TreeSettings settings) {
    return new GuestTrees(settings, new Vendor(), instance -> List.of("web", "db"));
  }

  static GuestTrees trees(SecurityGroups securityGroups) {
    return new GuestTrees(SETTINGS, new Vendor(), securityGroups);
  }

  static TreeSettings withDomain(String domain) {
    return new TreeSettings(domain, "2025-04-04", TODAY, Optional.empty());
  }

  static TreeSettings withTemplate(Path template) {
    return new TreeSettings("novalocal", "2025-04-04", TODAY, Optional.of(template));
  }

  /** As until Yoga. */
  static TreeSettings beforeZed() {
    return new TreeSettings(
        "novalocal", "2020-10-14", NetworkStyle.TRAIN, TODAY, Optional.empty(), Optional.empty());
  }

  /** Finds what is at a path. */
  Answer find(String path) {
    return documents.find(MetadataPath.of(path), Optional.empty());
  }

  /** Finds what is at a path when asked from an address. */
  Answer findFrom(String address, String path) {
    return documents.find(MetadataPath.of(path), Optional.of(address));
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

  static String text(Answer answer) {
    return answer instanceof Document document
        ? new String(bytes(document), StandardCharsets.UTF_8)
        : "404";
  }

  static byte[] bytes(Document document) {
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
    public Answer vendorData(Instance instance) {
      return new Answer.Unavailable("the vendor's file is broken");
    }

    @Override
    public Answer vendorData2(Instance instance) {
      return Document.of(ContentType.JSON, "{}".getBytes(StandardCharsets.US_ASCII));
    }
  }
}
