import { confusionShares, type ConfusionMapData } from '../../../figures/confusion-map.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { fixed, plain, rounded, type Table } from '../../../shared/table.ts'

/** The runs whose predictions are counted. */
export interface ConfusionSubject {
  experiment: string
  regime: string
  split: 'validation' | 'test'
}

/** Confusion matrix of an exit: one row for each class, one column for each predicted class. */
export function confusionTable(data: ConfusionMapData, { experiment, regime, split }: ConfusionSubject): Table {
  const { classes, classCount, counts, exit, accuracies, runs } = data
  const isFinal = exit === accuracies.length - 1
  const shares = confusionShares(data)
  return {
    name: fileStem([`${experiment} ${regime}`], `confusion-${isFinal ? 'final' : `exit-${exit}`}`),
    caption:
      `Predicted classes of ${isFinal ? 'the final classifier' : `exit ${exit}`}, ${regime}, ${experiment}, on ${split} samples, in % of the samples of ` +
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
          keys: [experiment, regime, split, exit, classes[label]!],
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
