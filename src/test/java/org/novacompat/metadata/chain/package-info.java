// SPDX-License-Identifier: Apache-2.0
/** The built server behind a real neutron-metadata-agent, asked by real guests. */
package org.novacompat.metadata.chain;
