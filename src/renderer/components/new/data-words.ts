import type { DataFound, DrawnSample } from '../../../contract/data.ts'
import type { ImageSplit } from '../../../shared/data/data.ts'
import { count, percent, plural } from '../../../shared/format/numbers.ts'
import { sum } from '../../../shared/statistics/statistics.ts'

export const splitNames: Record<ImageSplit, string> = { train: 'Training', validation: 'Validation', test: 'Test' }

/** `28 × 28 × 1, 10 classes: 54,000 training, 6,000 validation and 10,000 test images`. */
export function foundWords(found: DataFound): string {
  const { classCounts, testHeldBack } = found
  const { train, validation, calibration, test } = classCounts
  const held = testHeldBack === null ? '' : ` (${percent(testHeldBack, 0)} % held back)`
  const noun = found.kind === 'images' ? 'images' : found.isPaired ? 'pairs of texts' : 'texts'
  const size = (counts: readonly number[]) => count(sum(counts))
  const kept = [`${size(validation)} validation`, ...(calibration ? [`${size(calibration)} calibration`] : [])]
  const counts = `${[`${size(train)} training`, ...kept].join(', ')} and ${size(test)} test ${noun}${held}`
  const shape = found.kind === 'images' ? `${found.height} × ${found.width} × ${found.channels}, ` : ''
  return `${shape}${targetWords(found)}: ${counts}`
}

function targetWords(found: DataFound): string {
  if (found.task !== 'regression') return plural(found.classNames.length, 'class', 'classes')
  if (found.kind === 'images' || found.values === null) return 'values'
  const { least, largest, mean } = found.values
  return `values ${value(least)} to ${value(largest)}, mean ${value(mean)}`
}

type TextFound = Extract<DataFound, { kind: 'text' }>

/** `Median 26 tokens, longest 1,204; 6 % are cut to 128`. */
export function lengthWords({ tokens, maxLength, truncated, empty, classCounts }: TextFound): string {
  const all = sum(Object.values(classCounts).flat())
  const cut =
    truncated === 0
      ? `none is cut (maximum ${count(maxLength)})`
      : `${percent(truncated / all, 1)} % are cut to ${count(maxLength)}`
  const without = empty === 0 ? '' : `; ${plural(empty, 'text')} without a word`
  return `Tokens: median ${count(tokens.median)}, longest ${count(tokens.longest)}; ${cut}${without}`
}

const value = (of: number) => String(Number(of.toPrecision(3)))

/** Target of a sample: `Coat`, `Coat 62 % + Bag 38 %` of two mixed images, or its value. */
export function targetOf(
  sample: Pick<DrawnSample, 'label' | 'value' | 'mixedWith'>,
  classNames: readonly string[],
): string {
  if (sample.value !== undefined) return value(sample.value)
  const name = (label: number) => classNames[label] ?? String(label)
  if (sample.mixedWith === null) return name(sample.label)
  const { label, share } = sample.mixedWith
  return `${name(sample.label)} ${percent(1 - share, 0)} % + ${name(label)} ${percent(share, 0)} %`
}

/** Expected content of a data path, by data set. */
export function pathHint(data: unknown): string {
  const source = (data as { source?: unknown } | undefined)?.source
  return hints[String(source)] ?? 'Folder or archive of the data set, as distributed'
}

const hints: Readonly<Record<string, string>> = {
  'image-folder': 'Folder of JPEG or PNG images: CLASS/…, or train/CLASS/… and test/CLASS/…',
  'text-folder':
    'Folder of texts: CLASS/…, or train/CLASS/… and test/CLASS/…; or a file CLASS.txt with one text in each line',
  'text-table': 'A .csv, .tsv or .jsonl file, or a folder with train.csv and test.csv',
}
