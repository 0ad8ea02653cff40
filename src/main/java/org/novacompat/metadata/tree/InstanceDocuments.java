// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.tree;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.novacompat.metadata.instance.Instance;

/**
 * An instance with its documents. Each is rendered when it is first asked for and then kept, as
 * long as all that are kept stay within a number of bytes; when two threads render at the same
 * time, what one of them rendered may be rendered again. No locks.
 */
public final class InstanceDocuments {
  private static final Rendered NONE = new Rendered(new Route[0], new Node[0], 0);

  /** A document's place among those that are kept. */
  private static final int PLACE_BYTES = 8;

  private final Instance instance;
  private final UnaryOperator<Node> interner;
  private final int maxBytes;
  // Immutable with final fields only, so that a racing reader sees all of an earlier or later one.
  private Rendered rendered = NONE;

  /** Few routes are ever asked for, so only those take space; a walk finds one. */
  private record Rendered(Route[] routes, Node[] nodes, long bytes) {
    Node at(Route route) {
      for (int i = 0; i < routes.length; i++) {
        if (routes[i] == route) {
          return nodes[i];
        }
      }
      return null;
    }

    /** These and one more; one that equals another takes no memory of its own. */
    Rendered with(Route route, Node node, int nodeBytes) {
      int equal = Arrays.asList(nodes).indexOf(node);
      Route[] moreRoutes = Arrays.copyOf(routes, routes.length + 1);
      Node[] moreNodes = Arrays.copyOf(nodes, nodes.length + 1);
      moreRoutes[routes.length] = route;
      moreNodes[nodes.length] = equal < 0 ? node : nodes[equal];
      long more = PLACE_BYTES + (equal < 0 ? nodeBytes : 0);
      return new Rendered(moreRoutes, moreNodes, bytes + more);
    }
  }

  /**
   * Starts with nothing rendered.
   *
   * @param instance the instance
   * @param interner replaces a node by an equal one that other instances keep too
   * @param maxBytes how much memory the documents that are kept may take, as it is estimated
   */
  public InstanceDocuments(Instance instance, UnaryOperator<Node> interner, int maxBytes) {
    this.instance = instance;
    this.interner = interner;
    this.maxBytes = maxBytes;
  }

  /** Says whose documents these are. */
  public Instance instance() {
    return instance;
  }

  /**
   * Finds what a route leads to.
   *
   * @param route the route
   * @param callerAddress the address that the request comes from, where it is known: EC2's local
   *     address of an instance that has none
   * @return the document, or why there is none
   */
  public Lookup find(Route route, Optional<String> callerAddress) {
    return route.lookup(this::node, callerAddress);
  }

  private Node node(Route route) {
    Node kept = rendered.at(route);
    if (kept != null) {
      return kept;
    }
    Node made = route.render(instance);
    Node node = made.isShareable() ? interner.apply(made) : made;
    Rendered more = rendered.with(route, node, node == made ? node.bytes() : 0);
    if (more.bytes <= maxBytes) {
      rendered = more;
    }
    return more.at(route);
  }
}
