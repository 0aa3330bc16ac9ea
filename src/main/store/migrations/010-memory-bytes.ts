/** What training an experiment takes of memory, about; null for those that an earlier version made. */
export const memoryBytes = `
ALTER TABLE experiments ADD COLUMN memory_bytes INTEGER;
`
