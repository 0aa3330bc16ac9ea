import type { WrittenExits, WrittenPhase } from '../../../../shared/phases/written-phase.ts'

/** Parts of a network in a few words, as phases list them: `blocks.0-3` for parts in a row. */
export function compactParts(parts: readonly string[]): string[] {
  const ranges: { kind: string; first: number; last: number }[] = []
  for (const part of parts) {
    const [, kind = part, number] = /^(.+)\.(\d+)$/.exec(part) ?? []
    const place = Number(number)
    const open = ranges.find((range) => range.kind === kind && range.last === place - 1)
    if (open) open.last = place
    else ranges.push({ kind, first: place, last: place })
  }
  return ranges.map(({ kind, first, last }) =>
    Number.isNaN(first) ? kind : `${kind}.${first === last ? first : `${first}-${last}`}`,
  )
}

/** The list of a phase that trains these parts without one of them, or with one more; `all` are those of the network. */
export function toggledPart(trained: readonly string[], part: string, all: readonly string[]): string[] {
  return compactParts(all.filter((each) => trained.includes(each) !== (each === part)))
}

/** Exits without one of them, or with one more; `final` is the last of `count`. */
export function toggledExitOf(exits: readonly number[], exit: number, count: number): WrittenExits {
  const all = Array.from({ length: count }, (_, each) => each)
  const now = all.filter((each) => exits.includes(each) !== (each === exit))
  return now.length === count ? 'all' : now.map((each) => (each === count - 1 ? 'final' : each))
}

/** The exits of one step as they are typed. */
export const oneText = (exits: WrittenExits): string => (typeof exits === 'string' ? exits : exits.join(', '))

/** Exits in the loss of a phase as they are typed: `all`, `0, 2, final`, and of a cycle `final; all`. Empty where nothing is written. */
export function exitsText({ exits, cycle }: Pick<WrittenPhase, 'exits' | 'cycle'>): string {
  if (cycle !== undefined) return cycle.map(oneText).join('; ')
  return exits === undefined ? '' : oneText(exits)
}

/** What was typed as exits; anything else is written as it is, and refused by the host. */
export function typedExits(text: string): Pick<WrittenPhase, 'exits' | 'cycle'> {
  const steps = text.split(';').map((step) => step.trim())
  if (steps.length > 1) return { cycle: steps.filter((step) => step !== '').map(oneTyped) }
  return steps[0] === '' ? {} : { exits: oneTyped(steps[0]!) }
}

const words = ['all', 'final', 'this', 'up-to-this', 'from-this']

/** The exits of one step. */
export function oneTyped(text: string): WrittenExits {
  const parts = text.split(/[\s,]+/).filter((part) => part !== '')
  if (parts.length === 1 && words.includes(parts[0]!)) return parts[0] as WrittenExits
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part)) as WrittenExits
}

/** A phase as its author wrote it, in a line: `trains all, exits 0, final`. */
export function phaseInWords({ trains, exits, cycle, forEach, order, from }: WrittenPhase): string {
  const words = [
    `trains ${typeof trains === 'string' ? trains : trains.join(', ')}`,
    (exits ?? cycle) === undefined ? null : `exits ${exitsText({ exits, cycle })}`,
    forEach === undefined ? null : `for each ${forEach.replace('-', ' ')}`,
    order === 'back-to-front' ? 'from the back' : null,
    from === undefined ? null : `from ${from}`,
  ]
  return words.filter((each) => each !== null).join(', ')
}
