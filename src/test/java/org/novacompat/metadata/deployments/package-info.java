// SPDX-License-Identifier: Apache-2.0
/** The built server with what deployment tools write. */
package org.novacompat.metadata.deployments;
