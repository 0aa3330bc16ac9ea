import type { Database } from 'better-sqlite3'
import type { Latency } from '../../shared/evaluation/latency.ts'
import { readJson } from './json-columns.ts'

type Raw = Omit<Latency, 'batches'> & { batches: string }

/** Measured latency, by networks: those of runs that have the same layers share it. */
export function latencies(database: Database) {
  const put = database.prepare<[Raw & { network: string }]>(
    `INSERT OR REPLACE INTO latencies (network, machine, measured_at, batches)
     VALUES (@network, @machine, @measuredAt, @batches)`,
  )
  const of = database.prepare<[string], Raw>(
    `SELECT machine, measured_at AS measuredAt, batches FROM latencies WHERE network = ? ORDER BY measured_at DESC`,
  )
  return {
    put: (network: string, { batches, ...measured }: Latency): void =>
      void put.run({ ...measured, network, batches: JSON.stringify(batches) }),
    /** On each machine, the latest first. */
    of: (network: string): Latency[] =>
      of.all(network).map(({ batches, ...measured }) => ({
        ...measured,
        batches: readJson(batches, { table: 'latencies', column: 'batches', row: network }),
      })),
  }
}
