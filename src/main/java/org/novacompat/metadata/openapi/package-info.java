// SPDX-License-Identifier: Apache-2.0
/**
 * eSurfing Cloud's OpenAPI for custom metadata, on an endpoint of its own with TLS, and the pages
 * that describe it, on the admin endpoint. Neither knows anything of guests.
 *
 * <p>The road of a call: {@code OpenApiServlet} reads it, {@code Verification} says whose it is,
 * Jakarta REST takes it to {@code CustomMetadataResource}, and the store behind {@code
 * instance.CustomMetadata} does what is asked. Only the application enters.
 */
package org.novacompat.metadata.openapi;
