-- SPDX-License-Identifier: Apache-2.0

DROP VIEW IF EXISTS ${cell}.nova_compat_seen_requests;

DROP TABLE IF EXISTS ${own}.seen_requests;
