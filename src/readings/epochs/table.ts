import { exitAt, exitName } from '../../shared/evaluation/exit-id.ts'
import { plainText } from '../../shared/text/plain-text.ts'
import type { EpochMetric, EpochRecord } from '../../shared/runs/runs.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { inUnit, withUnit } from '../../shared/methods/metric.ts'
import { metricsOf, primaryMetric, type NamedMetric } from '../../shared/methods/task.ts'
import { numberCell, type Table, type TableCell, type TableColumn } from '../../shared/tables/table.ts'
import type { RunEpochs } from '../given.ts'

/** Something that an epoch has one value of, and the same for each of its exits. */
interface Series {
  column: TableColumn
  cell: (epoch: Epoch) => TableCell | null
}

interface Epoch {
  record: EpochRecord
  metrics: Map<EpochMetric['exit'], Map<EpochMetric['split'], EpochMetric>>
}

/** Each epoch of each phase: the task's metrics of every exit, learning rate, speed and memory. The primary one on validation samples is printed. */
export function table({ run, task, exitCount, phases }: RunEpochs): Table {
  const exits = Array.from({ length: exitCount }, (_, exit) => exit)
  const primary = primaryMetric({ task })
  const series = [
    ...(['validation', 'train'] as const).flatMap((split) =>
      metricsOf({ task }).flatMap((metric) =>
        exits.map((exit) => metricSeries({ split, metric, isPrimary: metric.name === primary.name, exit, exitCount })),
      ),
    ),
    ...recordSeries,
  ]
  return {
    name: fileStem([run], 'epochs'),
    caption: `Epochs of ${plainText(run, 120)}: ${withUnit(primary.noun, primary)} of each exit on validation samples.`,
    keys: [{ name: 'phase' }, { name: 'epoch' }],
    heads: [{ title: 'Epoch', align: 'right' }],
    dimensions: ['split', 'exit', 'quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: series.map(({ column }) => column),
    blocks: phases.map(({ name, records, metrics }) => {
      const epochs = epochsOf(records, metrics)
      return {
        title: phases.length > 1 ? name : null,
        rows: epochs.map((epoch) => ({
          keys: [name, epoch.record.epoch],
          heads: [String(epoch.record.epoch)],
          cells: series.map(({ cell }) => cell(epoch)),
        })),
      }
    }),
  }
}

interface MetricOfExit {
  split: EpochMetric['split']
  metric: NamedMetric
  isPrimary: boolean
  exit: number
  exitCount: number
}

function metricSeries({ split, metric, isPrimary, exit, exitCount }: MetricOfExit): Series {
  const id = exitAt(exit, exitCount - 1)
  const label = exitName(id)
  return {
    column: {
      ids: [split, exit, metric.name],
      name: withUnit(`${split} ${metric.noun}, ${label}`, metric),
      title: split === 'validation' && isPrimary ? label.replace(/^./, (c) => c.toUpperCase()) : null,
      kind: 'number',
    },
    cell({ metrics }) {
      const value = metrics.get(id)?.get(split)?.values[metric.name] ?? null
      return value === null ? null : numberCell(inUnit(metric, value), isPrimary ? metric.decimals : 2)
    },
  }
}

const recordSeries: readonly Series[] = [
  recordColumn('learning rate', ({ learningRate }) => learningRate),
  recordColumn('samples/s', ({ imagesPerSecond }) => imagesPerSecond),
  recordColumn('seconds', ({ seconds }) => seconds),
  recordColumn('peak memory (bytes)', ({ peakMemoryBytes }) => peakMemoryBytes),
]

/** Of the whole epoch; not printed. */
function recordColumn(name: string, value: (record: EpochRecord) => number): Series {
  return {
    column: { ids: [null, null, name], name, title: null, kind: 'number' },
    cell: ({ record }) => {
      const exact = Number(value(record).toPrecision(8))
      return { values: [exact], printed: { text: String(exact), spread: null, bold: false } }
    },
  }
}

function epochsOf(records: readonly EpochRecord[], metrics: readonly EpochMetric[]): Epoch[] {
  const ofEpoch = Map.groupBy(metrics, ({ epoch }) => epoch)
  return records.map((record) => {
    const ofExit = Map.groupBy(ofEpoch.get(record.epoch) ?? [], ({ exit }) => exit)
    return {
      record,
      metrics: new Map(
        [...ofExit].map(([exit, members]) => [exit, new Map(members.map((each) => [each.split, each]))]),
      ),
    }
  })
}
