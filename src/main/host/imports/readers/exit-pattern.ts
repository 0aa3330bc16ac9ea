import type { ImportedSplit } from '../../../../shared/runs/imported.ts'
import type { OfTask } from '../../../../shared/methods/task.ts'

/** A name of a log in which `*` stands for the exit, and the exit: its number, or `final`. */
interface Starred {
  pattern: string
  exit: string
}

/** Names that differ only in the exit, in the order of depth. */
export interface ExitFamily {
  pattern: string
  members: { name: string; exit: string }[]
}

const afterWord =
  /(?<![a-z])(?:exit|head|ic|classifier|branch|output|block|layer)[^a-z0-9]*(\d+|final|last)(?![a-z0-9])/i
/** Whether a name has a word for an exit with its number behind it. */
export const namesExit = (name: string): boolean => afterWord.test(name)

const finalWord = /(?<![a-z])(final|last)(?![a-z])/i

/** Expressions here, and those for cells, are linear in the length of a text: whoever wrote the file chose it. */
const lastNumber = (name: string) => [...name.matchAll(/(?<!\d|@|top[-_ ]?)(\d+)/gi)].at(-1)

/** The number behind a word for an exit, else the last number (but the 5 of `top5` and `acc@5`), else the word “final”; null where a name has none of them. */
function starred(name: string): Starred | null {
  const match = afterWord.exec(name) ?? lastNumber(name) ?? finalWord.exec(name)
  if (!match) return null
  const at = match.index + match[0].lastIndexOf(match[1]!)
  const exit = /^\d/.test(match[1]!) ? exitNumber(match[1]!) : 'final'
  return exit === null ? null : { pattern: `${name.slice(0, at)}*${name.slice(at + match[1]!.length)}`, exit }
}

/** The exit of these digits; null for more of them than a number keeps exactly. */
export const exitNumber = (digits: string): string | null => (digits.length > 15 ? null : String(Number(digits)))

/** Whether a pattern or name is what a choice means, which may be a member of its family. */
export const isMeant = (pattern: string, choice: string): boolean =>
  pattern === choice || pattern === starred(choice)?.pattern

export function exitFamilies(names: readonly string[]): ExitFamily[] {
  const all = names.flatMap((name) => {
    const found = starred(name)
    return found === null ? [] : [{ name, ...found }]
  })
  return [...Map.groupBy(all, ({ pattern }) => pattern)].map(([pattern, members]) => ({
    pattern,
    members: members.map(({ name, exit }) => ({ name, exit })).sort((a, b) => byDepth(a.exit, b.exit)),
  }))
}

/** Numbers ascending, `final` last. */
export function byDepth(a: string, b: string): number {
  return depth(a) - depth(b)
}

const depth = (exit: string) => (exit === 'final' ? Infinity : Number(exit))

const metricWords = { classification: /acc|top-?1(?!\d)|correct/i, regression: /mse|squared/i }

/** Whether a name says that it holds the task's primary metric. */
export const isMetric = (name: string, { task }: OfTask): boolean => metricWords[task ?? 'classification'].test(name)

export const isCost = (name: string): boolean => /cost|flops|macs|multiply.?adds/i.test(name)

/** The samples that a name speaks of; null where it speaks of none. */
export function splitOf(name: string): ImportedSplit | null {
  if (/test/i.test(name)) return 'test'
  if (/train/i.test(name)) return 'train'
  return /val|dev(?![a-z])|eval/i.test(name) ? 'validation' : null
}

/** The only one; of several the only one on test samples; null where that leaves none or several. */
export function onlyOrTest<T extends { pattern: string }>(candidates: readonly T[]): T | null {
  if (candidates.length === 1) return candidates[0]!
  const onTest = candidates.filter(({ pattern }) => splitOf(pattern) === 'test')
  return onTest.length === 1 ? onTest[0]! : null
}
