// SPDX-License-Identifier: Apache-2.0
/** What nova's api-paste.ini says of the metadata API, in the format of Paste Deploy. */
package org.novacompat.metadata.config.paste;
