// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.identity;

import org.novacompat.metadata.instance.StoreUnavailableException;

/**
 * Knows a guest by what the proxy before it says, where {@code [neutron] service_metadata_proxy} is
 * on: a load balancer names its provider, Neutron's metadata agent the instance ({@code
 * nova/api/metadata/handler.py: __call__}).
 *
 * @param loadBalancer asked where {@code X-Metadata-Provider} says something
 * @param agent asked otherwise
 */
public record MetadataProxy(LoadBalancer loadBalancer, SignedProxy agent)
    implements GuestIdentifier {
  @Override
  public Caller identify(GuestRequest request) throws StoreUnavailableException {
    boolean balanced =
        request.header(LoadBalancer.PROVIDER).filter(provider -> !provider.isEmpty()).isPresent();
    return balanced ? loadBalancer.identify(request) : agent.identify(request);
  }
}
