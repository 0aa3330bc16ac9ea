/** Mini-batches of an epoch of a phase, as its trainer says; null for phases that an earlier version trained. */
export const batchesPerEpoch = `
ALTER TABLE phases ADD COLUMN batches_per_epoch INTEGER;
`
