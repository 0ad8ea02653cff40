// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import org.novacompat.metadata.instance.Instance;

/** The vendor's documents, from wherever the operator's vendordata providers take them. */
public interface VendorDocuments {
  /**
   * Makes vendor_data.json ({@code nova/api/metadata/base.py: _vendor_data}).
   *
   * @param instance the instance to make it for
   * @return the document
   */
  Lookup vendorData(Instance instance);

  /**
   * Makes vendor_data2.json ({@code nova/api/metadata/base.py: _vendor_data2}).
   *
   * @param instance the instance to make it for
   * @return the document
   */
  Lookup vendorData2(Instance instance);
}
