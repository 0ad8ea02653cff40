-- SPDX-License-Identifier: Apache-2.0
-- The demo's cells and where its instances are. Connections are templates, for the embedded
-- database's port and password are drawn at each start: nova fills them from [database] connection.

INSERT INTO cell_mappings
  (created_at, id, uuid, name, transport_url, database_connection, disabled)
VALUES
  ('2024-05-17 08:30:00',
   1,
   '00000000-0000-0000-0000-000000000000',
   'cell0',
   'none:///',
   '{scheme}://{username}:{password}@{hostname}:{port}/nova_cell0?{query}',
   0),
  ('2024-05-17 08:30:00',
   2,
   '51f0c8d2-7a3e-4b96-8e1d-0c9f2a6b4d71',
   'cell1',
   'none:///',
   '{scheme}://{username}:{password}@{hostname}:{port}/nova_cell1?{query}',
   0),
  ('2024-05-17 08:30:00',
   3,
   'c8a41b7e-2d5f-4e03-9b6a-f17d3e8c5092',
   'cell2',
   'none:///',
   '{scheme}://{username}:{password}@{hostname}:{port}/nova_cell2?{query}',
   0);

INSERT INTO instance_mappings
  (created_at, instance_uuid, cell_id, project_id, queued_for_delete, user_id)
VALUES
  ('2024-05-17 08:30:00', '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01', 2,
   '3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00', 0, '7e6d5c4b3a294817a6b5c4d3e2f10987'),
  ('2024-05-17 08:30:00', '9a2b4c6d-8e0f-4a1b-8c3d-5e7f90a1b202', 3,
   '3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00', 0, '7e6d5c4b3a294817a6b5c4d3e2f10987'),
  ('2024-05-17 08:30:00', 'd4e5f6a7-b8c9-4d0e-9f1a-2b3c4d5e6f03', 2,
   '3f2c1b0a9d8e4f7c8b6a5d4e3c2b1a00', 0, '7e6d5c4b3a294817a6b5c4d3e2f10987');

-- As nova-manage api_db sync leaves it in 2026.1.
INSERT INTO alembic_version (version_num) VALUES ('cdeec0c85668');
