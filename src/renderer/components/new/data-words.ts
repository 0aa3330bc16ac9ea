import type { DataFound } from '../../../shared/contract/data.ts'
import type { ImageSplit } from '../../../shared/data.ts'
import { count, percent, plural } from '../../../shared/format/numbers.ts'

export const splitNames: Record<ImageSplit, string> = { train: 'Training', validation: 'Validation', test: 'Test' }

const total = (counts: readonly number[]) => counts.reduce((sum, each) => sum + each, 0)

/** `28 × 28 × 1, 10 classes: 54,000 training, 6,000 validation and 10,000 test images`. */
export function foundWords({ height, width, channels, classNames, classCounts, testHeldBack }: DataFound): string {
  const [train, validation, test] = [classCounts.train, classCounts.validation, classCounts.test].map((counts) =>
    count(total(counts)),
  )
  const held = testHeldBack === null ? '' : ` (${percent(testHeldBack, 0)} % held back)`
  return (
    `${height} × ${width} × ${channels}, ${plural(classNames.length, 'class', 'classes')}: ${train} training, ` +
    `${validation} validation and ${test} test images${held}`
  )
}

/** What an image shows: `Coat`, or `Coat 62 % + Bag 38 %` where two were mixed. */
export function pictureWords(
  { label, mixedWith }: { label: number; mixedWith: { label: number; share: number } | null },
  classNames: readonly string[],
): string {
  const name = classNames[label] ?? String(label)
  if (mixedWith === null) return name
  const other = classNames[mixedWith.label] ?? String(mixedWith.label)
  return `${name} ${percent(1 - mixedWith.share, 0)} % + ${other} ${percent(mixedWith.share, 0)} %`
}

/** What may lie where a path leads, by the data set. */
export function pathHint(data: unknown): string {
  return (data as { source?: unknown } | undefined)?.source === 'image-folder'
    ? 'Folder of JPEG or PNG images: CLASS/…, or train/CLASS/… and test/CLASS/…'
    : 'Folder or archive of the data set, as it is distributed'
}
