import { plural } from '../../shared/format/numbers.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { fixed, plain, rounded, type Table } from '../../shared/tables/table.ts'
import type { ConfusionAnswer } from './schema.ts'
import { confusionShares } from './shares.ts'

/** Confusion matrix of an exit: one row for each class, one column for each predicted class. */
export function table(answer: ConfusionAnswer): Table {
  const { experiment, series, split, classes, classCount, counts, exit, accuracies, runs } = answer
  const isFinal = exit === accuracies.length - 1
  const shares = confusionShares(answer)
  return {
    name: fileStem([`${experiment} ${series}`], `confusion-${isFinal ? 'final' : `exit-${exit}`}`),
    caption:
      `Predicted classes of ${isFinal ? 'the final classifier' : `exit ${exit}`}, ${series}, ${experiment}, on ${split} samples, in % of the samples of ` +
      `each class (row); sum over ${plural(runs.length, 'seed')}.`,
    keys: ['experiment', 'regime', 'split', 'exit', 'class'].map((name) => ({ name })),
    heads: [{ title: 'Class', align: 'left' }],
    dimensions: ['predicted'],
    measures: [
      { name: 'share', suffix: '' },
      { name: 'samples', suffix: ' samples' },
    ],
    columns: classes.map((name) => ({ ids: [name], name: `${name} (%)`, title: name, kind: 'number' })),
    blocks: [
      {
        title: null,
        rows: shares.map((row, label) => ({
          keys: [experiment, series, split, exit, classes[label]!],
          heads: [classes[label]!],
          cells: row.map((share, predicted) =>
            share === null
              ? null
              : {
                  values: [rounded(share, 4), counts[label * classCount + predicted]!],
                  printed: { ...plain(fixed(share, 1)), bold: label === predicted },
                },
          ),
        })),
      },
    ],
  }
}
