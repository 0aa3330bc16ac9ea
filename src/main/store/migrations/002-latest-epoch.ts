/**
 * Lists show the last epoch of thousands of runs, so it is kept with its phase (`latest`, JSON). A curve is the metrics of one
 * exit and split over the epochs, so these lie together: tens of thousands of them are read in one go.
 */
export const latestEpoch = `
CREATE TABLE metrics_by_exit (
  phase_id TEXT NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
  split TEXT NOT NULL CHECK (split IN ('train', 'validation')),
  exit INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  loss REAL NOT NULL,
  accuracy REAL NOT NULL,
  PRIMARY KEY (phase_id, split, exit, epoch)
) STRICT, WITHOUT ROWID;
INSERT INTO metrics_by_exit SELECT phase_id, split, exit, epoch, loss, accuracy FROM epoch_metrics ORDER BY 1, 2, 3, 4;
DROP TABLE epoch_metrics;
ALTER TABLE metrics_by_exit RENAME TO epoch_metrics;

ALTER TABLE phases ADD COLUMN latest TEXT;
UPDATE phases SET latest = (
  SELECT json_object(
    'accuracies', json((SELECT json_group_array(accuracy ORDER BY exit) FROM epoch_metrics
      WHERE phase_id = phases.id AND split = 'validation' AND epoch = phases.epochs)),
    'imagesPerSecond', images_per_second)
  FROM epochs WHERE phase_id = phases.id AND epoch = phases.epochs
) WHERE epochs > 0;
`
