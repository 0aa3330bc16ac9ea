import type { Database } from 'better-sqlite3'

export interface StepSample {
  at: number
  epoch: number
  batch: number
  imagesPerSecond: number
  residentBytes: number
}

/** Throughput and memory of a phase over time, thinned by the caller. */
export function stepSamples(database: Database) {
  const put = database.prepare(
    `INSERT OR REPLACE INTO step_samples (phase_id, at, epoch, batch, images_per_second, resident_bytes)
     VALUES (@phaseId, @at, @epoch, @batch, @imagesPerSecond, @residentBytes)`,
  )
  const ofPhase = database.prepare<[string], StepSample>(
    `SELECT at, epoch, batch, images_per_second AS imagesPerSecond, resident_bytes AS residentBytes
     FROM step_samples WHERE phase_id = ? ORDER BY at`,
  )
  return {
    put: (phaseId: string, sample: StepSample): void => void put.run({ ...sample, phaseId }),
    ofPhase: (phaseId: string): StepSample[] => ofPhase.all(phaseId),
  }
}
