-- SPDX-License-Identifier: Apache-2.0
-- What nova's instance_metadata cannot hold of the instances' custom metadata: values that are no strings, and strings
-- that are too long or have characters outside utf8mb3. A value is a JSON text. The columns are as nova's.
--
-- ${cell} is the cell's database, ${own} one of our own beside it, on the same server, so that one transaction covers
-- both. The table cannot be in the cell's: `nova-manage db archive_deleted_rows` fails at any table that nova does not
-- know, unless its name begins with shadow_, and those are emptied by `nova-manage db purge`. It looks at no view.

CREATE TABLE IF NOT EXISTS ${own}.custom_metadata (
  created_at    datetime,
  updated_at    datetime,
  deleted_at    datetime,
  id            int NOT NULL AUTO_INCREMENT,
  `key`         varchar(255) NOT NULL,
  `value`       mediumtext NOT NULL,
  instance_uuid varchar(36) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  deleted       int NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  KEY custom_metadata_instance_uuid_idx (instance_uuid)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin;

CREATE OR REPLACE SQL SECURITY INVOKER VIEW ${cell}.nova_compat_custom_metadata AS
SELECT created_at, updated_at, deleted_at, id, `key`, `value`, instance_uuid, deleted
FROM ${own}.custom_metadata;
