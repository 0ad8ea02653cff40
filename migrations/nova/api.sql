-- SPDX-License-Identifier: Apache-2.0
-- The tables of nova's API database that the service reads, as of 2026.1.
-- For the embedded database alone: on a cloud, nova-manage makes and changes them.

CREATE TABLE cell_mappings (
  created_at          datetime,
  updated_at          datetime,
  id                  int NOT NULL AUTO_INCREMENT,
  uuid                varchar(36) NOT NULL,
  name                varchar(255),
  transport_url       text,
  database_connection text,
  disabled            boolean,
  PRIMARY KEY (id),
  UNIQUE KEY uniq_cell_mappings0uuid (uuid),
  KEY uuid_idx (uuid)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3 COLLATE = utf8mb3_general_ci;

CREATE TABLE instance_mappings (
  created_at        datetime,
  updated_at        datetime,
  id                int NOT NULL AUTO_INCREMENT,
  instance_uuid     varchar(36) NOT NULL,
  cell_id           int,
  project_id        varchar(255) NOT NULL,
  queued_for_delete boolean,
  user_id           varchar(255),
  PRIMARY KEY (id),
  UNIQUE KEY uniq_instance_mappings0instance_uuid (instance_uuid),
  KEY cell_id (cell_id),
  KEY instance_mappings_user_id_project_id_idx (user_id, project_id),
  KEY instance_uuid_idx (instance_uuid),
  KEY project_id_idx (project_id),
  CONSTRAINT instance_mappings_ibfk_1 FOREIGN KEY (cell_id) REFERENCES cell_mappings (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3 COLLATE = utf8mb3_general_ci;

CREATE TABLE quotas (
  created_at datetime,
  updated_at datetime,
  id         int NOT NULL AUTO_INCREMENT,
  project_id varchar(255),
  resource   varchar(255) NOT NULL,
  hard_limit int,
  PRIMARY KEY (id),
  UNIQUE KEY uniq_quotas0project_id0resource (project_id, resource)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3 COLLATE = utf8mb3_general_ci;

CREATE TABLE quota_classes (
  created_at datetime,
  updated_at datetime,
  id         int NOT NULL AUTO_INCREMENT,
  class_name varchar(255),
  resource   varchar(255),
  hard_limit int,
  PRIMARY KEY (id),
  KEY quota_classes_class_name_idx (class_name)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3 COLLATE = utf8mb3_general_ci;

-- The revision of these tables, which nova-manage writes into it.
CREATE TABLE alembic_version (
  version_num varchar(32) NOT NULL,
  PRIMARY KEY (version_num)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3 COLLATE = utf8mb3_general_ci;
