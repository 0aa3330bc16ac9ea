import type { EpochMetric, EpochRecord } from '../../../shared/runs.ts'

/** The completed epochs of one phase, ascending. */
export interface EpochHistory {
  records: readonly EpochRecord[]
  metrics: readonly EpochMetric[]
}

export const noEpochs: EpochHistory = { records: [], metrics: [] }

/** With later epochs. Those that were known and come again, as after a damaged checkpoint, are what they are now. */
export function withEpochs(known: EpochHistory, more: EpochHistory): EpochHistory {
  const [first] = more.records
  if (!first) return known
  const earlier = <T extends { epoch: number }>(rows: readonly T[]) =>
    (rows.at(-1)?.epoch ?? 0) < first.epoch ? rows : rows.filter(({ epoch }) => epoch < first.epoch)
  return {
    records: [...earlier(known.records), ...more.records],
    metrics: [...earlier(known.metrics), ...more.metrics],
  }
}

export function lastEpoch({ records }: EpochHistory): number {
  return records.at(-1)?.epoch ?? 0
}
