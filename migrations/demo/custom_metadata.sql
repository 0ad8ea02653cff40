-- SPDX-License-Identifier: Apache-2.0
-- Custom metadata of the demo's first instance that nova's table cannot hold: its owner names the Python packages that it
-- is to have. To be applied to the first cell, after this project's own migrations.

INSERT INTO nova_compat_custom_metadata
  (created_at, deleted, instance_uuid, `key`, `value`)
VALUES
  ('2024-05-17 08:30:00', 0, '6f1d3c1e-4b0a-4c38-9d0e-6f5a7b1c2d01', 'requeirements',
   '{"requests": "2.27.1", "numpy": "1.16.6", "matplotlib": "2.2.5"}');
