// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.vendordata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.novacompat.metadata.instance.Instance;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Lookup;
import org.novacompat.metadata.tree.VendorDocuments;

/**
 * The vendor's documents from a file of JSON, the same for every instance ({@code
 * nova/api/metadata/vendordata_json.py} and {@code nova/api/metadata/base.py: _vendor_data,
 * _vendor_data2}). The file is read again within a second of its change; while it cannot be read,
 * its documents are unavailable.
 */
public final class StaticVendorData implements VendorDocuments {
  private static final String STATIC = "StaticJSON";
  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
  private static final Document NOTHING =
      Document.of(ContentType.JSON, "{}".getBytes(StandardCharsets.US_ASCII));

  private final boolean isStatic;
  private final Supplier<VendorAnswers> answers;

  /**
   * Reads the file for the first time; what is wrong with it is logged.
   *
   * @param providers {@code [api] vendordata_providers}
   * @param file {@code [api] vendordata_jsonfile_path}; without it the data is empty
   */
  public StaticVendorData(List<String> providers, Optional<Path> file) {
    this(providers, file, CHECK_EVERY);
  }

  StaticVendorData(List<String> providers, Optional<Path> file, Duration checkEvery) {
    this.isStatic = providers.contains(STATIC);
    this.answers =
        file.filter(any -> isStatic)
            .<Supplier<VendorAnswers>>map(path -> new VendorFile(path, checkEvery)::answers)
            .orElseGet(StaticVendorData::withoutFile);
  }

  private static Supplier<VendorAnswers> withoutFile() {
    VendorAnswers empty = VendorAnswers.of(JsonNodeFactory.instance.objectNode());
    return () -> empty;
  }

  @Override
  public Lookup vendorData(Instance instance) {
    return isStatic ? answers.get().vendorData() : Lookup.NOT_FOUND;
  }

  @Override
  public Lookup vendorData2(Instance instance) {
    return isStatic ? answers.get().vendorData2() : NOTHING;
  }
}
