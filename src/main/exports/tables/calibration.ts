import type { Calibration } from '../../../shared/calibration.ts'
import { plural } from '../../../shared/format/numbers.ts'
import { fileStem } from '../../../shared/file-name.ts'
import { numberCell, rounded, type Table, type TableCell } from '../../../shared/table.ts'

export interface CalibrationSubject {
  experiment: string
  regime: string
  split: 'validation' | 'test'
}

/** Reliability of the exits of one regime: one line an exit, in the long form one line a bin of an exit. */
export function calibrationTable(
  { runs, exits }: Calibration,
  { experiment, regime, split }: CalibrationSubject,
): Table {
  return {
    name: fileStem([`${experiment} ${regime}`], 'calibration'),
    caption:
      `Calibration of the exits of ${regime}, ${experiment}, on ${split} samples: accuracy and mean confidence (%), expected calibration ` +
      `error (points, ${exits[0]!.bins.length} bins of equal width); mean over ${plural(runs.length, 'seed')}.`,
    keys: [{ name: 'experiment' }, { name: 'regime' }, { name: 'split' }, { name: 'n' }, { name: 'exit' }],
    heads: [{ title: 'Exit', align: 'left' }],
    dimensions: ['quantity', 'bin'],
    measures: [
      { name: 'mean', suffix: '' },
      { name: 'std', suffix: ' std' },
    ],
    columns: [
      { ids: ['accuracy', null], name: 'accuracy (%)', title: 'Accuracy', kind: 'number' },
      { ids: ['confidence', null], name: 'confidence (%)', title: 'Confidence', kind: 'number' },
      { ids: ['calibration error', null], name: 'calibration error (points)', title: 'ECE', kind: 'number' },
      ...exits[0]!.bins.flatMap(({ low, high }) =>
        (['share', 'confidence', 'accuracy'] as const).map((quantity) => ({
          ids: [quantity, `${rounded(low, 4)}–${rounded(high, 4)}`],
          name: `${quantity} of bin ${rounded(low, 4)}–${rounded(high, 4)} (%)`,
          title: null,
          kind: 'number' as const,
        })),
      ),
    ],
    blocks: [
      {
        title: null,
        rows: exits.map(({ exit, block, accuracy, confidence, error, bins }) => ({
          keys: [experiment, regime, split, runs.length, exit],
          heads: [block === null ? 'final' : String(exit)],
          cells: [
            ...[accuracy, confidence, error].map(meanStdCell),
            ...bins.flatMap((bin) => [bin.share, bin.confidence, bin.accuracy].map(binCell)),
          ],
        })),
      },
    ],
  }
}

function meanStdCell({ mean, std }: Calibration['exits'][number]['error']): TableCell {
  return {
    values: [rounded(mean, 4), rounded(std, 4)],
    printed: { text: mean.toFixed(2), spread: std === null ? null : std.toFixed(2), bold: false },
  }
}

function binCell(share: number | null): TableCell | null {
  const cell = numberCell(share === null ? null : 100 * share, 2)
  return cell && { ...cell, values: [...cell.values, null] }
}
