import { fileStem } from '../../shared/text/file-name.ts'
import { plainText } from '../../shared/text/plain-text.ts'
import { numberCell, type Table } from '../../shared/tables/table.ts'
import type { PredictedValuesAnswer } from './schema.ts'

const quantities = [
  { name: 'mse', title: 'MSE' },
  { name: 'bias', title: 'Bias' },
  { name: 'pearson', title: 'Pearson' },
  { name: 'spearman', title: 'Spearman' },
] as const

/** Error and correlations of every exit alone. */
export function table({ name, series, experiment, split, exits }: PredictedValuesAnswer): Table {
  return {
    name: fileStem([name], 'predicted-values'),
    caption:
      `Error of each exit of ${plainText(name, 120)} on ${split} samples: mean squared error, bias (mean of prediction − true value), ` +
      'Pearson and Spearman correlation with the true values.',
    keys: ['experiment', 'series', 'exit'].map((key) => ({ name: key })),
    heads: [{ title: 'Exit', align: 'left' }],
    dimensions: ['quantity'],
    measures: [{ name: 'value', suffix: '' }],
    columns: quantities.map((each) => ({ ids: [each.name], ...each, kind: 'number' })),
    blocks: [
      {
        title: null,
        rows: exits.map((exit) => ({
          keys: [experiment, series, exit.block === null ? 'final' : exit.exit],
          heads: [exit.block === null ? 'final' : `exit ${exit.exit}`],
          cells: quantities.map((quantity) => numberCell(exit[quantity.name], 4)),
        })),
      },
    ],
  }
}
