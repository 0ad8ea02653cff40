// SPDX-License-Identifier: Apache-2.0
/**
 * The composition root: {@link org.novacompat.metadata.application.Application} puts the web
 * application together from nova.conf when the servlet container starts it.
 *
 * <p>Uses every package of the web application and is used by none.
 */
package org.novacompat.metadata.application;
