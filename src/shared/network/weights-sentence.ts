import { firstOf } from '../format/lists.ts'
import { plural } from '../format/numbers.ts'
import type { WeightsUse } from './weights.ts'

/** Modules that are named before the rest is counted. */
const mostNamed = 6

/** `150 arrays are taken, 4 are initialised (heads.0.fc, classifier), 2 of the file are not used (fc)`. */
export function weightsSentence({ taken, fresh, leftOver }: Pick<WeightsUse, 'taken' | 'fresh' | 'leftOver'>): string {
  return [
    `${plural(taken.length, 'array')} ${taken.length === 1 ? 'is' : 'are'} taken`,
    `${fresh.length} ${fresh.length === 1 ? 'is' : 'are'} initialised${modulesOf(fresh)}`,
    ...(leftOver.length === 0
      ? []
      : [`${leftOver.length} of the file ${leftOver.length === 1 ? 'is' : 'are'} not used${modulesOf(leftOver)}`]),
  ].join(', ')
}

/** What is to be known about the weights, once, however many kinds of first phase start from them. */
export const startNotes = (starts: readonly Pick<WeightsUse, 'notes'>[]): string[] => [
  ...new Set(starts.flatMap(({ notes }) => notes)),
]

/** Modules that arrays belong to: ` (heads.0.fc, classifier)`. */
function modulesOf(names: readonly string[]): string {
  const modules = [...new Set(names.map((name) => name.replace(/\.[^.]+$/, '')))]
  if (modules.length === 0) return ''
  return ` (${firstOf(modules, mostNamed)})`
}
