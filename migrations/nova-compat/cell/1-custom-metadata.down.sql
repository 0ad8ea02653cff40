-- SPDX-License-Identifier: Apache-2.0

DROP VIEW IF EXISTS ${cell}.nova_compat_custom_metadata;

DROP TABLE IF EXISTS ${own}.custom_metadata;
