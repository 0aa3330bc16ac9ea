import type { DataSpec } from '../../../shared/data/data.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { describeGot } from '../../../shared/text/value-words.ts'
import { datasets } from '../../../datasets/index.ts'
import type { Dataset, ImageDataset, OpenedDataset, OpenedImages } from '../../../datasets/dataset.ts'

/**
 * What an opened data set says of itself, before anything is trained on it: a fault would be learned in silence.
 * @throws ExitlabError `data` that says what is wrong, where, and what was expected.
 */
export function checkOpened(opened: OpenedDataset, dataset: Dataset, { source, imageSize }: DataSpec): void {
  const refuse: Refuse = (what, got, expected) => {
    throw new ExitlabError('data', `data.source: ${what} of the data set ${source} ${got}; expected ${expected}`)
  }
  if (opened?.kind !== dataset.kind) refuse('the kind', `is ${describeGot(opened?.kind)}`, dataset.kind)
  checkNames(opened, refuse)
  checkTargets(opened, refuse)
  if (opened.kind === 'text') return
  checkSizes(opened, refuse)
  // Those of Exitlab itself take images of other sizes in the same format.
  if (imageSize === null && datasets.origin(source) !== null) checkAsKnown(opened, dataset as ImageDataset, refuse)
}

type Refuse = (what: string, got: string, expected: string) => void

function checkNames({ classNames }: OpenedDataset, refuse: Refuse): void {
  const areNames =
    Array.isArray(classNames) && classNames.length > 0 && classNames.every((name) => typeof name === 'string')
  if (!areNames) refuse('classNames', `are ${describeGot(classNames)}`, 'a list with the name of each class')
}

/** A label of no class would be learned as a class of the next sample. */
function checkTargets({ labels, values, classNames: { length: classes } }: OpenedDataset, refuse: Refuse): void {
  for (const split of ['train', 'test'] as const) {
    const all = labels?.[split] as Int32Array | undefined
    if (!(all && all.length > 0)) {
      refuse(`the ${split} labels`, `are ${describeGot(all)}`, 'a class for each sample, of at least one')
      continue
    }
    const wrong = all.findIndex((label) => !(Number.isInteger(label) && label >= 0 && label < classes))
    const expected = `a class of ${classes}, a whole number from 0 to ${classes - 1}`
    if (wrong >= 0) throw labelRefused({ split, sample: wrong, label: all[wrong]! }, expected)
    if (values && values[split]?.length !== all.length)
      refuse(`the ${split} values`, `are ${describeGot(values[split]?.length)}`, `one for each of ${all.length} labels`)
  }
}

const labelRefused = (
  { split, sample, label }: { split: string; sample: number; label: number },
  expected: string,
): ExitlabError =>
  new ExitlabError('data', `data.path: ${split} sample ${sample} has the label ${label}; expected ${expected}`)

function checkSizes({ height, width, channels }: OpenedImages, refuse: Refuse): void {
  const areSizes = [height, width].every((size) => Number.isInteger(size) && size > 0) && [1, 3].includes(channels)
  const got = `is ${describeGot(height)} × ${describeGot(width)} × ${describeGot(channels)}`
  if (!areSizes) refuse('the size of the images', got, 'whole numbers above 0, and 1 or 3 channels')
}

/** Networks are drawn and counted by what is known without the files. */
function checkAsKnown({ classNames, ...size }: OpenedImages, { images }: ImageDataset, refuse: Refuse): void {
  if (images === null) return
  const words = ({ height, width, channels, classes }: NonNullable<typeof images>) =>
    `${height} × ${width} × ${channels} with ${classes} ${classes === 1 ? 'class' : 'classes'}`
  const got = words({ ...size, classes: classNames.length })
  if (got !== words(images)) refuse('the images', `are ${got}`, `${words(images)}, as its key images says`)
}
