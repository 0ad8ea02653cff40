// SPDX-License-Identifier: Apache-2.0
/** Certificates and keys in PEM files, and what TLS connections trust. Depends on the JDK only. */
package org.novacompat.metadata.tls;
