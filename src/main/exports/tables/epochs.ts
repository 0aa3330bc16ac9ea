import { exitAt, exitName } from '../../../shared/exit-id.ts'
import { plainText } from '../../../shared/plain-text.ts'
import type { EpochMetric, EpochRecord, PhaseDetail } from '../../../shared/runs.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { numberCell, type Table, type TableCell, type TableColumn } from '../../../shared/table.ts'

export interface RunEpochs {
  /** The run's name. */
  run: string
  /** Exits of its network, the final classifier included. */
  exitCount: number
  /** In the order in which they are trained. */
  phases: { phase: Pick<PhaseDetail, 'name'>; records: EpochRecord[]; metrics: EpochMetric[] }[]
}

/** Something that an epoch has one value of, and the same for each of its exits. */
interface Series {
  column: TableColumn
  cell: (epoch: Epoch) => TableCell | null
}

interface Epoch {
  record: EpochRecord
  metrics: Map<EpochMetric['exit'], Map<EpochMetric['split'], EpochMetric>>
}

/** Each epoch of each phase: accuracy and loss of every exit, learning rate, speed and memory. Accuracies on validation images are printed. */
export function epochTable({ run, exitCount, phases }: RunEpochs): Table {
  const exits = Array.from({ length: exitCount }, (_, exit) => exit)
  const series = [
    ...(['validation', 'train'] as const).flatMap((split) =>
      (['accuracy', 'loss'] as const).flatMap((metric) =>
        exits.map((exit) => metricSeries({ split, metric, exit, exitCount })),
      ),
    ),
    ...recordSeries,
  ]
  return {
    name: fileStem([run], 'epochs'),
    caption: `Epochs of ${plainText(run, 120)}: accuracy (%) of each exit on validation images.`,
    keys: [{ name: 'phase' }, { name: 'epoch' }],
    heads: [{ title: 'Epoch', align: 'right' }],
    dimensions: ['split', 'exit', 'quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: series.map(({ column }) => column),
    blocks: phases.map(({ phase, records, metrics }) => {
      const epochs = epochsOf(records, metrics)
      return {
        title: phases.length > 1 ? phase.name : null,
        rows: epochs.map((epoch) => ({
          keys: [phase.name, epoch.record.epoch],
          heads: [String(epoch.record.epoch)],
          cells: series.map(({ cell }) => cell(epoch)),
        })),
      }
    }),
  }
}

interface MetricOfExit {
  split: EpochMetric['split']
  metric: 'accuracy' | 'loss'
  exit: number
  exitCount: number
}

function metricSeries({ split, metric, exit, exitCount }: MetricOfExit): Series {
  const unit = metric === 'accuracy' ? '%' : 'nats'
  const id = exitAt(exit, exitCount - 1)
  const label = exitName(id)
  return {
    column: {
      ids: [split, exit, metric],
      name: `${split} ${metric}, ${label} (${unit})`,
      title: split === 'validation' && metric === 'accuracy' ? label.replace(/^./, (c) => c.toUpperCase()) : null,
      kind: 'number',
    },
    cell({ metrics }) {
      const found = metrics.get(id)?.get(split)
      return found ? numberCell(metric === 'accuracy' ? 100 * found.accuracy : found.loss, 2) : null
    },
  }
}

const recordSeries: readonly Series[] = [
  recordColumn('learning rate', ({ learningRate }) => learningRate),
  recordColumn('images/s', ({ imagesPerSecond }) => imagesPerSecond),
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
