import { exitName } from '../../../shared/exit-id.ts'
import type { EpochMetric, EpochRecord } from '../../../shared/runs.ts'

export interface CompletedEpoch {
  record: EpochRecord
  metrics: readonly EpochMetric[]
  epochCap: number
}

/**
 * An epoch as a line of the log: mean loss (nats) of the exits on training and validation images, validation accuracy of each
 * exit, learning rate of its last step, wall time.
 */
export function epochLine({ record, metrics, epochCap }: CompletedEpoch): string {
  const of = (split: EpochMetric['split']) => metrics.filter((metric) => metric.split === split)
  const loss = (split: EpochMetric['split']) => {
    const losses = of(split).map((metric) => metric.loss)
    return losses.length === 0 ? '–' : (losses.reduce((sum, each) => sum + each, 0) / losses.length).toFixed(4)
  }
  const accuracies = of('validation').map(({ exit, accuracy }) => `${exitName(exit)} ${(100 * accuracy).toFixed(2)} %`)
  return [
    `Epoch ${record.epoch} of ${epochCap}: loss ${loss('train')}, validation ${loss('validation')}`,
    `validation accuracy ${accuracies.join(', ')}`,
    `learning rate ${Number(record.learningRate.toPrecision(3))}`,
    `${record.seconds.toFixed(1)} s`,
  ].join(' · ')
}
