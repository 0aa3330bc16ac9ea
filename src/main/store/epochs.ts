import type { Database } from 'better-sqlite3'
import { exitAt, exitIndex } from '../../shared/evaluation/exit-id.ts'
import type { EpochMetric, EpochRecord } from '../../shared/runs/runs.ts'
import type { ExitMetric } from '../../shared/phases/phase-events.ts'

/** Which curve of a phase is meant. */
export interface CurveOf extends Pick<EpochMetric, 'split' | 'exit'> {
  /** Name of a metric of the phase's task. */
  metric: string
}

interface MetricRow extends Omit<ExitMetric, 'values'> {
  epoch: number
  metric: string
  value: number | null
}

/** Settings of a phase; null if its row is damaged. */
const work = (phase: string) => `CASE WHEN json_valid(${phase}.definition) THEN json_array(
  ${['network', 'trains', 'lossCycle', 'objective'].map((key) => `json_extract(${phase}.definition, '$.phase.${key}')`).join(', ')}) END`

/** Records of each epoch of a phase, with the metrics of its exits. */
export function epochs(database: Database) {
  const put = database.prepare(
    `INSERT OR REPLACE INTO epochs (phase_id, epoch, learning_rate, images_per_second, seconds, peak_memory_bytes, improved, epochs_without_improvement)
     VALUES (@phaseId, @epoch, @learningRate, @imagesPerSecond, @seconds, @peakMemoryBytes, @improved, @epochsWithoutImprovement)`,
  )
  const putMetric = database.prepare(
    `INSERT OR REPLACE INTO epoch_metrics (phase_id, split, exit, metric, epoch, value)
     VALUES (@phaseId, @split, @exit, @metric, @epoch, @value)`,
  )
  const after = database.prepare<[string, number], Omit<EpochRecord, 'improved'> & { improved: number }>(
    `SELECT epoch, learning_rate AS learningRate, images_per_second AS imagesPerSecond, seconds,
       peak_memory_bytes AS peakMemoryBytes, improved, epochs_without_improvement AS epochsWithoutImprovement
     FROM epochs WHERE phase_id = ? AND epoch > ? ORDER BY epoch`,
  )
  const headCount = database
    .prepare<[string], number>(`SELECT json_array_length(definition, '$.network.exits') FROM phases WHERE id = ?`)
    .pluck()
  const metricsAfter = database.prepare<[string, number], MetricRow>(
    `SELECT epoch, exit, split, metric, value FROM epoch_metrics
     WHERE phase_id = ? AND epoch > ? ORDER BY epoch, split, exit, metric`,
  )
  const curve = database
    .prepare<[string, string, number | null, string], [number, number]>(
      `SELECT epoch, value FROM epoch_metrics
       WHERE phase_id = ? AND split = ? AND exit = ? AND metric = ? AND value IS NOT NULL ORDER BY epoch`,
    )
    .raw()
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
  const secondsOf = database
    .prepare<[string], number>('SELECT seconds FROM epochs WHERE phase_id = ? ORDER BY epoch')
    .pluck()
  const removeAfter = ['epochs', 'epoch_metrics', 'step_samples'].map((table) =>
    database.prepare<[string, number]>(`DELETE FROM ${table} WHERE phase_id = ? AND epoch > ?`),
  )
  return {
    /** An epoch that was done before (a resumed phase repeats it with the same result) is overwritten. */
    put(phaseId: string, record: EpochRecord, metrics: readonly ExitMetric[]): void {
      put.run({ ...record, phaseId, improved: record.improved ? 1 : 0 })
      for (const { exit, split, values } of metrics)
        for (const [metric, value] of Object.entries(values))
          putMetric.run({ phaseId, split, exit, metric, epoch: record.epoch, value })
    },
    after: (phaseId: string, epoch: number): EpochRecord[] =>
      after.all(phaseId, epoch).map((row) => ({ ...row, improved: row.improved === 1 })),
    metricsAfter(phaseId: string, epoch: number): EpochMetric[] {
      const heads = headCount.get(phaseId) ?? 0
      return byExit(metricsAfter.all(phaseId, epoch)).map((metric) => ({ ...metric, exit: exitAt(metric.exit, heads) }))
    },
    /** Epoch and value, one after the other, of one metric of one exit, in the order of epochs, where it is defined; empty where the phase's network lacks the exit or its task the metric. */
    curve(phaseId: string, { metric, split, exit }: CurveOf): Float64Array {
      const rows = curve.all(phaseId, split, exitIndex(exit, headCount.get(phaseId) ?? 0), metric)
      const points = new Float64Array(2 * rows.length)
      rows.forEach(([epoch, value], index) => {
        points[2 * index] = epoch
        points[2 * index + 1] = value
      })
      return points
    },
    /**
     * Wall time of an epoch of one of a run's phases, told by the last one of a phase of its experiment that trains the same
     * parts in the same way; null where none has been in an epoch.
     */
    pace: (of: { phase: string; run: string }): number | null => pace.get(of) ?? null,
    /** Wall time of each epoch of a phase, in their order. */
    secondsOf: (phaseId: string): number[] => secondsOf.all(phaseId),
    /** Wall time of all epochs of a phase. */
    seconds: (phaseId: string): number => seconds.get(phaseId)!,
    removeAfter: (phaseId: string, epoch: number): void => removeAfter.forEach((each) => each.run(phaseId, epoch)),
  }
}

/** Joins consecutive rows of metrics of one exit, split and epoch. */
function byExit(rows: readonly MetricRow[]): (ExitMetric & { epoch: number })[] {
  const found: (ExitMetric & { epoch: number })[] = []
  for (const { epoch, exit, split, metric, value } of rows) {
    const last = found.at(-1)
    if (last?.epoch === epoch && last.exit === exit && last.split === split) last.values[metric] = value
    else found.push({ epoch, exit, split, values: { [metric]: value } })
  }
  return found
}
