import type { RunSummary } from '../../../shared/runs.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { numberCell, type Table } from '../../../shared/table.ts'
import { ofSubject } from '../../../shared/table-words.ts'

/** Runs as lists show them: where they are, and the accuracy of their final exit. */
export function runTable(runs: readonly RunSummary[]): Table {
  const names = [...new Set(runs.map(({ experiment }) => experiment))]
  return {
    name: fileStem(names, 'runs'),
    caption: `Runs${ofSubject(names)}: epochs trained over all phases, and accuracy (%) of the final exit on validation and test images.`,
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
      { ids: ['validation accuracy'], name: 'validation accuracy (%)', title: 'Validation', kind: 'number' },
      { ids: ['test accuracy'], name: 'test accuracy (%)', title: 'Test', kind: 'number' },
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
            percentCell(run.accuracies?.validation),
            percentCell(run.accuracies?.test),
          ],
        })),
      },
    ],
  }
}

/** Of the final exit. */
function percentCell(accuracies: readonly number[] | undefined) {
  const accuracy = accuracies?.at(-1)
  return numberCell(accuracy === undefined ? null : 100 * accuracy, 2)
}
