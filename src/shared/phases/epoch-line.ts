import { exitName } from '../evaluation/exit-id.ts'
import type { EpochMetric, EpochRecord } from '../runs/runs.ts'
import { primaryMetric, primaryText, taskInfoOf, type OtherTask } from '../methods/task.ts'

interface CompletedEpoch {
  record: EpochRecord
  metrics: readonly EpochMetric[]
  maxEpochs: number
  /** Of the phase's network. */
  task?: OtherTask | undefined
}

/**
 * An epoch as a line of the log: mean loss of the exits on training and validation samples, the task's primary metric on validation
 * images at each exit, learning rate of its last step, wall time.
 */
export function epochLine({ record, metrics, maxEpochs, task }: CompletedEpoch): string {
  const of = (split: EpochMetric['split']) => metrics.filter((metric) => metric.split === split)
  const loss = (split: EpochMetric['split']) => {
    const losses = of(split).map(({ values }) => values[taskInfoOf({ task }).loss]!)
    return losses.length === 0 ? '–' : (losses.reduce((sum, each) => sum + each, 0) / losses.length).toFixed(4)
  }
  const { name, noun, unit } = primaryMetric({ task })
  const valueText = (value: number) => [primaryText(value, { task }), unit].join(' ').trimEnd()
  const scores = of('validation').map(({ exit, values }) => `${exitName(exit)} ${valueText(values[name]!)}`)
  return [
    `Epoch ${record.epoch} of ${maxEpochs}: loss ${loss('train')}, validation ${loss('validation')}`,
    `validation ${noun} ${scores.join(', ')}`,
    `learning rate ${Number(record.learningRate.toPrecision(3))}`,
    `${record.seconds.toFixed(1)} s`,
  ].join(' · ')
}
