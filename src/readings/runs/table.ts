import type { RunSummary } from '../../shared/runs/runs.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { inUnit, withUnit } from '../../shared/methods/metric.ts'
import { primaryMetric, type OfTask } from '../../shared/methods/task.ts'
import { numberCell, type Table, type TableColumn } from '../../shared/tables/table.ts'
import { capitalised, ofSubject } from '../../shared/tables/table-words.ts'

type Split = 'validation' | 'test'

/** Runs as lists show them: where they are, and the primary metric of their final exit, a pair of columns for each task. */
export function table(runs: readonly RunSummary[]): Table {
  const names = [...new Set(runs.map(({ experiment }) => experiment))]
  const measured = [...new Set(runs.length === 0 ? [undefined] : runs.map(({ task }) => task))].map((task) => ({
    task,
  }))
  const metrics = measured.map((of) => withUnit(primaryMetric(of).noun, primaryMetric(of)))
  return {
    name: fileStem(names, 'runs'),
    caption: `Runs${ofSubject(names)}: epochs trained over all phases, and ${metrics.join(' or ')} of the final exit on validation and test samples.`,
    keys: ['id', 'name', 'experiment', 'regime', 'seed', 'status', 'tags', 'note'].map((name) => ({ name })),
    heads: [
      { title: 'Run', align: 'left' },
      { title: 'Regime', align: 'left' },
      { title: 'Seed', align: 'right' },
      { title: 'Status', align: 'left' },
    ],
    dimensions: ['quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: [
      { ids: ['epochs'], name: 'epochs', title: 'Epochs', kind: 'number' },
      ...measured.flatMap((of) =>
        (['validation', 'test'] as const).map((split) => scoreColumn(split, of, measured.length > 1)),
      ),
    ],
    blocks: [
      {
        title: null,
        rows: runs.map((run) => ({
          keys: [run.id, run.name, run.experiment, run.regime, run.seed, run.status, run.tags.join(' '), run.note],
          heads: [run.name, run.regime, String(run.seed), run.status],
          cells: [
            numberCell(
              run.phases.reduce((sum, { epochs }) => sum + epochs, 0),
              0,
            ),
            ...measured.flatMap((of) => (['validation', 'test'] as const).map((split) => scoreCell(run, split, of))),
          ],
        })),
      },
    ],
  }
}

function scoreColumn(split: Split, { task }: OfTask, several: boolean): TableColumn {
  const metric = primaryMetric({ task })
  const title = capitalised(several ? `${split} ${metric.noun}` : split)
  const words = `${split} ${metric.noun}`
  return { ids: [words], name: withUnit(words, metric), title, kind: 'number' }
}

/** Accuracy of the final exit; null for tasks without accuracy. */
function scoreCell(run: RunSummary, split: Split, { task }: OfTask) {
  const metric = primaryMetric({ task })
  const value = run.task === task ? run.scores?.[split]?.at(-1) : undefined
  return numberCell(value === undefined ? null : inUnit(metric, value), metric.decimals)
}
