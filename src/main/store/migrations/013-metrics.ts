/**
 * Metrics by name, whatever the task: a row for each value, null where it is undefined; evaluations hold those of each split, exit by
 * exit (`metrics`, JSON), and the last epoch of a phase the task's primary one (`value`). Until now there were accuracy and loss, and
 * evaluations had accuracies alone. JSON that cannot be read stays as it is, to be refused by name.
 */
export const metrics = `
CREATE TABLE metrics_by_name (
  phase_id TEXT NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation')),
  exit INTEGER NOT NULL,
  metric TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  value REAL,
  PRIMARY KEY (phase_id, split, exit, metric, epoch)
) STRICT, WITHOUT ROWID;
INSERT INTO metrics_by_name SELECT phase_id, split, exit, 'accuracy', epoch, accuracy FROM epoch_metrics ORDER BY 1, 2, 3, 5;
INSERT INTO metrics_by_name SELECT phase_id, split, exit, 'loss', epoch, loss FROM epoch_metrics ORDER BY 1, 2, 3, 5;
DROP TABLE epoch_metrics;
ALTER TABLE metrics_by_name RENAME TO epoch_metrics;

ALTER TABLE evaluations RENAME COLUMN accuracies TO metrics;
UPDATE evaluations SET metrics = json_object(
  'validation', json_object('accuracy', json_extract(metrics, '$.validation')),
  'test', json_object('accuracy', json_extract(metrics, '$.test'))
) WHERE json_valid(metrics);

UPDATE phases SET latest = json_object(
  'exits', json((SELECT json_group_array(
      json_object('exit', json_extract(value, '$.exit'), 'value', json_extract(value, '$.accuracy')) ORDER BY key)
    FROM json_each(phases.latest, '$.exits'))),
  'imagesPerSecond', json_extract(latest, '$.imagesPerSecond')
) WHERE json_valid(latest);
`
