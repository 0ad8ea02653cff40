-- The tables of a cell that the address book reads: nova's indexes, and of its columns those that are indexed or read.
CREATE TABLE instances (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME,
  id INT NOT NULL AUTO_INCREMENT,
  project_id VARCHAR(255), host VARCHAR(255), node VARCHAR(255), reservation_id VARCHAR(255),
  launched_at DATETIME, terminated_at DATETIME, task_state VARCHAR(255), cleaned INT,
  uuid VARCHAR(36) NOT NULL,
  deleted INT,
  PRIMARY KEY (id),
  UNIQUE KEY uniq_instances0uuid (uuid),
  UNIQUE KEY uuid (uuid),
  KEY instances_host_deleted_cleaned_idx (host, deleted, cleaned),
  KEY instances_updated_at_project_id_idx (updated_at, project_id),
  KEY instances_project_id_idx (project_id),
  KEY instances_project_id_deleted_idx (project_id, deleted),
  KEY instances_terminated_at_launched_at_idx (terminated_at, launched_at),
  KEY instances_deleted_created_at_idx (deleted, created_at),
  KEY instances_reservation_id_idx (reservation_id),
  KEY instances_uuid_deleted_idx (uuid, deleted),
  KEY instances_host_node_deleted_idx (host, node, deleted),
  KEY instances_task_state_updated_at_idx (task_state, updated_at)
) ENGINE=InnoDB CHARSET=utf8mb3;
CREATE TABLE instance_info_caches (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME,
  id INT NOT NULL AUTO_INCREMENT,
  network_info MEDIUMTEXT,
  instance_uuid VARCHAR(36) NOT NULL,
  deleted INT,
  PRIMARY KEY (id),
  UNIQUE KEY uniq_instance_info_caches0instance_uuid (instance_uuid),
  CONSTRAINT instance_info_caches_instance_uuid_fkey FOREIGN KEY (instance_uuid) REFERENCES instances (uuid)
) ENGINE=InnoDB CHARSET=utf8mb3;
CREATE TABLE instance_actions (
  created_at DATETIME, updated_at DATETIME, deleted_at DATETIME,
  id INT NOT NULL AUTO_INCREMENT,
  action VARCHAR(255), instance_uuid VARCHAR(36), request_id VARCHAR(255),
  deleted INT,
  PRIMARY KEY (id),
  KEY request_id_idx (request_id),
  KEY instance_actions_instance_uuid_updated_at_idx (instance_uuid, updated_at),
  KEY instance_uuid_idx (instance_uuid),
  CONSTRAINT fk_instance_actions_instance_uuid FOREIGN KEY (instance_uuid) REFERENCES instances (uuid)
) ENGINE=InnoDB CHARSET=utf8mb3;
