import type { Database } from 'better-sqlite3'
import { exitAt, exitIndex } from '../../shared/exit-id.ts'
import type { EpochMetric, EpochRecord } from '../../shared/runs.ts'
import type { ExitMetric } from '../../shared/trainer.ts'

/** Which curve of a phase is meant. */
export interface CurveOf extends Pick<EpochMetric, 'split' | 'exit'> {
  metric: 'accuracy' | 'loss'
}

/** What a phase trains, and how; null where its row is damaged. */
const work = (phase: string) => `CASE WHEN json_valid(${phase}.definition) THEN json_array(
  ${['network', 'trains', 'lossCycle', 'objective'].map((key) => `json_extract(${phase}.definition, '$.phase.${key}')`).join(', ')}) END`

/** What each epoch of a phase was like and what its exits scored. */
export function epochs(database: Database) {
  const put = database.prepare(
    `INSERT OR REPLACE INTO epochs (phase_id, epoch, learning_rate, images_per_second, seconds, peak_memory_bytes, improved, epochs_without_improvement)
     VALUES (@phaseId, @epoch, @learningRate, @imagesPerSecond, @seconds, @peakMemoryBytes, @improved, @epochsWithoutImprovement)`,
  )
  const putMetric = database.prepare(
    `INSERT OR REPLACE INTO epoch_metrics (phase_id, epoch, split, exit, loss, accuracy)
     VALUES (@phaseId, @epoch, @split, @exit, @loss, @accuracy)`,
  )
  const after = database.prepare<[string, number], Omit<EpochRecord, 'improved'> & { improved: number }>(
    `SELECT epoch, learning_rate AS learningRate, images_per_second AS imagesPerSecond, seconds,
       peak_memory_bytes AS peakMemoryBytes, improved, epochs_without_improvement AS epochsWithoutImprovement
     FROM epochs WHERE phase_id = ? AND epoch > ? ORDER BY epoch`,
  )
  const headCount = database
    .prepare<[string], number>(`SELECT json_array_length(definition, '$.network.exits') FROM phases WHERE id = ?`)
    .pluck()
  const metricsAfter = database.prepare<[string, number], ExitMetric & { epoch: number }>(
    `SELECT epoch, exit, split, loss, accuracy FROM epoch_metrics
     WHERE phase_id = ? AND epoch > ? ORDER BY epoch, split, exit`,
  )
  const curveOf = (metric: 'accuracy' | 'loss') =>
    database
      .prepare<[string, string, number | null], [number, number]>(
        `SELECT epoch, ${metric} FROM epoch_metrics WHERE phase_id = ? AND split = ? AND exit = ? ORDER BY epoch`,
      )
      .raw()
  const curves = { accuracy: curveOf('accuracy'), loss: curveOf('loss') }
  const pace = database
    .prepare<[{ phase: string; run: string }], number>(
      `SELECT seconds FROM epochs WHERE phase_id = (
         SELECT phases.id FROM phases AS wanted, runs AS own, runs, run_phases, phases
         WHERE wanted.id = @phase AND own.id = @run AND runs.experiment_id = own.experiment_id
           AND run_phases.run_id = runs.id AND phases.id = run_phases.phase_id AND phases.epochs > 0
           AND ${work('phases')} = ${work('wanted')}
         LIMIT 1)
       ORDER BY epoch DESC LIMIT 1`,
    )
    .pluck()
  const seconds = database
    .prepare<[string], number>('SELECT coalesce(sum(seconds), 0) FROM epochs WHERE phase_id = ?')
    .pluck()
  const removeAfter = ['epochs', 'epoch_metrics', 'step_samples'].map((table) =>
    database.prepare<[string, number]>(`DELETE FROM ${table} WHERE phase_id = ? AND epoch > ?`),
  )
  return {
    /** An epoch that was done before (a resumed phase repeats it with the same result) is overwritten. */
    put(phaseId: string, record: EpochRecord, metrics: readonly ExitMetric[]): void {
      put.run({ ...record, phaseId, improved: record.improved ? 1 : 0 })
      for (const metric of metrics) putMetric.run({ ...metric, phaseId, epoch: record.epoch })
    },
    after: (phaseId: string, epoch: number): EpochRecord[] =>
      after.all(phaseId, epoch).map((row) => ({ ...row, improved: row.improved === 1 })),
    metricsAfter(phaseId: string, epoch: number): EpochMetric[] {
      const heads = headCount.get(phaseId) ?? 0
      return metricsAfter.all(phaseId, epoch).map((metric) => ({ ...metric, exit: exitAt(metric.exit, heads) }))
    },
    /** Epoch and value of one metric of one exit, in the order of epochs; empty where the phase's network lacks the exit. */
    curve(phaseId: string, { metric, split, exit }: CurveOf): [epoch: number, value: number][] {
      return curves[metric].all(phaseId, split, exitIndex(exit, headCount.get(phaseId) ?? 0))
    },
    /**
     * Wall time of an epoch of one of a run's phases, told by the last one of a phase of its experiment that trains the same
     * parts in the same way; null where none has been in an epoch.
     */
    pace: (of: { phase: string; run: string }): number | null => pace.get(of) ?? null,
    /** Wall time of all epochs of a phase. */
    seconds: (phaseId: string): number => seconds.get(phaseId)!,
    removeAfter: (phaseId: string, epoch: number): void => removeAfter.forEach((each) => each.run(phaseId, epoch)),
  }
}
