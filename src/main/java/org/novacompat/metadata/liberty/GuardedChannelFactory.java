// SPDX-License-Identifier: Apache-2.0
package org.novacompat.metadata.liberty;

import com.ibm.websphere.channelfw.ChannelData;
import com.ibm.websphere.channelfw.ChannelFactoryData;
import com.ibm.websphere.channelfw.OutboundChannelDefinition;
import com.ibm.wsspi.channelfw.Channel;
import com.ibm.wsspi.channelfw.ChannelFactory;
import com.ibm.wsspi.channelfw.InboundChannel;
import com.ibm.wsspi.channelfw.exception.ChannelException;
import com.ibm.wsspi.channelfw.exception.ChannelFactoryException;
import com.ibm.wsspi.channelfw.exception.ChannelFactoryPropertyIgnoredException;
import java.util.Map;

/** Wraps the HTTP channels of Liberty's own factory in {@link GuardedChannel}s. */
public final class GuardedChannelFactory implements ChannelFactory {
  private final ChannelFactory http;

  /**
   * Made by Liberty's channel framework.
   *
   * @throws ReflectiveOperationException when Liberty's own factory cannot be made
   */
  public GuardedChannelFactory() throws ReflectiveOperationException {
    http = ConnectionGuard.unguarded().getDeclaredConstructor().newInstance();
  }

  @Override
  public Channel findOrCreateChannel(ChannelData data) throws ChannelException {
    return new GuardedChannel(
        (InboundChannel) http.findOrCreateChannel(data), EndpointConnections.of(data.getName()));
  }

  @Override
  public void updateProperties(Map<Object, Object> properties)
      throws ChannelFactoryPropertyIgnoredException {
    http.updateProperties(properties);
  }

  @Override
  public void init(ChannelFactoryData data) throws ChannelFactoryException {
    http.init(data);
  }

  @Override
  public void destroy() {
    http.destroy();
  }

  @Override
  public Map<Object, Object> getProperties() {
    return http.getProperties();
  }

  @Override
  public Class<?> getApplicationInterface() {
    return http.getApplicationInterface();
  }

  @Override
  public Class<?>[] getDeviceInterface() {
    return http.getDeviceInterface();
  }

  @Override
  public OutboundChannelDefinition getOutboundChannelDefinition(Map<Object, Object> properties) {
    return http.getOutboundChannelDefinition(properties);
  }
}
