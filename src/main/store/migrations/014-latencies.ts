/** Measured latency of networks; machines with another processor or number of threads have rows of their own. */
export const latencies = `
CREATE TABLE latencies (
  network TEXT NOT NULL,
  machine TEXT NOT NULL,
  measured_at INTEGER NOT NULL,
  batches TEXT NOT NULL,
  PRIMARY KEY (network, machine)
) STRICT, WITHOUT ROWID;
`
