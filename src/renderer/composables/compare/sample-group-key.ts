import type { ExitId } from '../../../shared/exit-id.ts'
import type { SampleGroup } from '../../../shared/sample-groups.ts'

/** A group as the address and a list of choices have it: `exit-0`, `exit-final`, `lost`, `never`. */
export function groupKey(group: SampleGroup, exit: ExitId): string {
  return group === 'leaving' ? `exit-${exit}` : group
}

/** The group of a key; `lost` where there is none. */
export function groupOf(key: string): { group: SampleGroup; exit: ExitId } {
  if (key === 'never' || key === 'lost') return { group: key, exit: 0 }
  const [, exit] = /^exit-(final|\d+)$/.exec(key) ?? []
  if (exit === undefined) return { group: 'lost', exit: 0 }
  return { group: 'leaving', exit: exit === 'final' ? exit : Number(exit) }
}
