/** Estimated memory for training an experiment, in bytes; null for experiments from earlier versions. */
export const memoryBytes = `
ALTER TABLE experiments ADD COLUMN memory_bytes INTEGER;
`
