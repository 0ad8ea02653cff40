// SPDX-License-Identifier: Apache-2.0
/**
 * eSurfing Cloud's OpenAPI for custom metadata, on an endpoint of its own with TLS, and its
 * document with pages that show it, on the admin endpoint. Neither serves guests.
 *
 * <p>The road of a call: {@code OpenApiServlet} receives it, {@code Verification} finds its caller,
 * {@code CustomMetadataCalls} answers it from the store behind {@code instance.CustomMetadata}.
 * Used only by the application.
 */
package org.novacompat.metadata.openapi;
