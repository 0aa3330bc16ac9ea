import type { Database } from 'better-sqlite3'
import type { StepSample } from '../../shared/runs/runs.ts'

/** Throughput and memory of a phase over time, thinned by the caller. */
export function stepSamples(database: Database) {
  const put = database.prepare(
    `INSERT OR REPLACE INTO step_samples (phase_id, at, epoch, batch, images_per_second, resident_bytes)
     VALUES (@phaseId, @at, @epoch, @batch, @imagesPerSecond, @residentBytes)`,
  )
  const after = database.prepare<[string, number], StepSample>(
    `SELECT at, epoch, batch, images_per_second AS imagesPerSecond, resident_bytes AS residentBytes
     FROM step_samples WHERE phase_id = ? AND at > ? ORDER BY at`,
  )
  const latest = database.prepare<[string], StepSample>(
    `SELECT at, epoch, batch, images_per_second AS imagesPerSecond, resident_bytes AS residentBytes
     FROM step_samples WHERE phase_id = ? ORDER BY at DESC LIMIT 1`,
  )
  return {
    put: (phaseId: string, sample: StepSample): void => void put.run({ ...sample, phaseId }),
    latest: (phaseId: string): StepSample | null => latest.get(phaseId) ?? null,
    /** Samples of a phase after a given time. */
    after: (phaseId: string, at: number): StepSample[] => after.all(phaseId, at),
  }
}
