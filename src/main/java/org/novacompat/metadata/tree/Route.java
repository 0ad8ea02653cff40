// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Optional;
import java.util.function.Function;
import org.novacompat.metadata.instance.Instance;

/**
 * Where a path leads: what is rendered once for each instance and kept with it. Paths that show the
 * same share one route.
 */
public final class Route {
  /** Where no tree has anything, whatever the instance. */
  static final Route NOWHERE = of(instance -> Node.NOTHING);

  private final Function<Instance, Node> content;
  private final Optional<Document> publicDocument;
  private final boolean writable;
  // null: the path is in a table
  private final Route directory;
  private final String name;

  private Route(
      Function<Instance, Node> content,
      Optional<Document> publicDocument,
      boolean writable,
      Route directory,
      String name) {
    this.content = content;
    this.publicDocument = publicDocument;
    this.writable = writable;
    this.directory = directory;
    this.name = name;
  }

  /** Leads guests to a document or directory that they may read. */
  public static Route of(Function<Instance, Node> content) {
    return new Route(content, Optional.empty(), false, null, "");
  }

  /** Leads to the same, which guests may also write. */
  Route writable() {
    return new Route(content, publicDocument, true, null, "");
  }

  /** Leads any caller to a document. */
  static Route toPublic(Document document) {
    return new Route(instance -> document, Optional.of(document), false, null, "");
  }

  /** Leads to a document in a directory whose documents come from the instance. */
  Route child(String named) {
    return new Route(content, Optional.empty(), false, this, named);
  }

  /**
   * Gives what is shown without knowing the caller ({@code nova/api/metadata/handler.py:
   * __call__}).
   *
   * @return the document; empty where the caller must be identified first
   */
  public Optional<Document> publicDocument() {
    return publicDocument;
  }

  /** Tells whether guests may write what is there: the password. */
  public boolean isWritable() {
    return writable;
  }

  Node render(Instance instance) {
    return content.apply(instance);
  }

  /** Looks up what is there, given the nodes of one instance. */
  Lookup lookup(Function<Route, Node> nodes, Optional<String> callerAddress) {
    return directory == null
        ? nodes.apply(this).lookup(callerAddress)
        : nodes.apply(directory).child(name);
  }
}
