// SPDX-License-Identifier: Apache-2.0
/**
 * nova's configuration by way of MicroProfile Config, for the web application; the commands do
 * without it. Used only where the application is put together.
 */
package org.novacompat.metadata.config.microprofile;
