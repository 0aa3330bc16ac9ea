/**
 * Gradient dominance, by epoch: of the exits, [exits], and of their blocks, [exits][blocks], as JSON. Experiments from before
 * it was measured get the default of the setting.
 */
export const dominance = `
CREATE TABLE epoch_dominance (
  phase_id TEXT NOT NULL REFERENCES phases (id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  batches INTEGER NOT NULL,
  exits TEXT NOT NULL,
  blocks TEXT NOT NULL,
  PRIMARY KEY (phase_id, epoch)
) STRICT, WITHOUT ROWID;

UPDATE experiments SET file = json_set(file, '$.probes', json('{"gradientDominance":"auto"}'));
`
