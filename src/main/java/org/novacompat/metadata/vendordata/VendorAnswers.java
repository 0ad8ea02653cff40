// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.vendordata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.novacompat.metadata.python.PythonJson;
import org.novacompat.metadata.tree.ContentType;
import org.novacompat.metadata.tree.Document;
import org.novacompat.metadata.tree.Lookup;

/**
 * The vendor's two documents, or why there are none.
 *
 * @param vendorData vendor_data.json
 * @param vendorData2 vendor_data2.json
 */
record VendorAnswers(Lookup vendorData, Lookup vendorData2) {
  /** Makes both documents of the same data. */
  static VendorAnswers of(JsonNode data) {
    ObjectNode byProvider = JsonNodeFactory.instance.objectNode();
    byProvider.set("static", data);
    return new VendorAnswers(document(data), document(byProvider));
  }

  /** Makes no document. */
  static VendorAnswers unavailable(String reason) {
    Lookup unavailable = new Lookup.Failed(reason);
    return new VendorAnswers(unavailable, unavailable);
  }

  private static Document document(JsonNode data) {
    return Document.of(ContentType.JSON, PythonJson.write(data));
  }
}
