import { z } from 'zod'
import { distinctBy } from '../basics/distinct.ts'
import type { DescribedSamples } from '../data/data.ts'
import { listed } from '../format/lists.ts'
import { count } from '../format/numbers.ts'

/** Classes of which a split has no sample. */
const emptyOfSplit = z.object({
  count: z.int(),
  /** Of how many classes. */
  of: z.int(),
  /** Names of the first few. */
  names: z.array(z.string()),
})

/** By split; a split that has samples of every class is left out. */
export const emptyClasses = z.object({
  train: emptyOfSplit.optional(),
  validation: emptyOfSplit.optional(),
  calibration: emptyOfSplit.optional(),
  test: emptyOfSplit.optional(),
})
type EmptyClasses = z.infer<typeof emptyClasses>
type Split = keyof EmptyClasses

/** The classes of which a split of an experiment's data has no sample. */
export const emptyClassesCaveat = emptyOfSplit.extend({
  kind: z.literal('empty-classes'),
  sentence: z.string(),
  experiment: z.string(),
  split: emptyClasses.keyof(),
})
export type EmptyClassesCaveat = z.infer<typeof emptyClassesCaveat>

const splits = ['train', 'validation', 'calibration', 'test'] as const
const namedAtMost = 5

/** The classes of a data set of which a split has no sample; undefined where every split has all, and where values are predicted. */
export function emptyClassesOf({
  task,
  classNames,
  classCounts,
}: Pick<DescribedSamples, 'task' | 'classNames' | 'classCounts'>): EmptyClasses | undefined {
  if (task === 'regression') return undefined
  const found = splits.flatMap((split) => {
    const names = classNames.filter((_, label) => classCounts[split]?.[label] === 0)
    if (names.length === 0) return []
    return [[split, { count: names.length, of: classNames.length, names: names.slice(0, namedAtMost) }] as const]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

const nouns: Record<Split, string> = {
  train: 'training',
  validation: 'validation',
  calibration: 'calibration',
  test: 'test',
}

const meanings: Record<Split, (classes: string) => string> = {
  train: (classes) => `the network does not learn ${classes}`,
  validation: (classes) => `the choice of epochs and thresholds does not see ${classes}`,
  calibration: (classes) => `guarantees do not count ${classes}`,
  test: (classes) => `test values say nothing of ${classes}`,
}

/** One for each split, as a sentence: `Class b has no test samples: test values say nothing of it.` */
function inWords(empty: EmptyClasses | undefined): Omit<EmptyClassesCaveat, 'kind' | 'experiment'>[] {
  return splits.flatMap((split) => {
    const found = empty?.[split]
    if (found === undefined) return []
    const isOne = found.count === 1
    const meaning = meanings[split](isOne ? 'it' : 'them')
    const sentence = `${namesOf(found)} ${isOne ? 'has' : 'have'} no ${nouns[split]} samples: ${meaning}.`
    return [{ sentence, split, ...found }]
  })
}

export const emptyClassesSentences = (empty: EmptyClasses | undefined): string[] =>
  inWords(empty).map(({ sentence }) => sentence)

/** What the values of some runs say nothing of: each sentence once, with the experiment where runs are of several. */
export function emptyClassesOfRuns(
  runs: readonly { experiment: string; emptyClasses?: EmptyClasses | undefined }[],
): EmptyClassesCaveat[] {
  const isOfOne = new Set(runs.map(({ experiment }) => experiment)).size === 1
  const caveats = runs.flatMap(({ experiment, emptyClasses }) =>
    inWords(emptyClasses).map(({ sentence, ...found }) => ({
      kind: 'empty-classes' as const,
      sentence: isOfOne ? sentence : `${experiment}: ${sentence}`,
      experiment,
      ...found,
    })),
  )
  return distinctBy(caveats, ({ sentence }) => sentence)
}

/** `Class b`, `Classes b and c`, `900 of 1,000 classes (a, b, c, d, e and 895 more)` */
function namesOf({ count: all, of, names }: z.infer<typeof emptyOfSplit>): string {
  if (all === 1) return `Class ${names[0]!}`
  if (all === names.length) return `Classes ${listed(names)}`
  return `${count(all)} of ${count(of)} classes (${names.join(', ')} and ${count(all - names.length)} more)`
}
