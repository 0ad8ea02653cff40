// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator watches: figures of the running service, published as JMX beans. Only the
 * application may enter; this room depends on the rooms whose figures it publishes.
 */
package org.novacompat.metadata.operations;
