-- SPDX-License-Identifier: Apache-2.0
-- The calls of the OpenAPI that were taken, so that none is taken twice: by no node, and after no restart. Only the
-- table beside [database] is used. A digest is the SHA-256 of access key and request id.

CREATE TABLE IF NOT EXISTS ${own}.seen_requests (
  digest     binary(32) NOT NULL,
  expires_at datetime NOT NULL,
  PRIMARY KEY (digest),
  KEY seen_requests_expires_at_idx (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW ${cell}.nova_compat_seen_requests AS
SELECT digest, expires_at FROM ${own}.seen_requests;
