import type { Plan } from '../../../contract/experiments.ts'
import { count, plural } from '../../../shared/format/numbers.ts'

/** Numbers of new runs and of those that the workspace has. */
export function runCounts({ matrix }: Pick<Plan, 'matrix'>): { added: number; existing: number } {
  const statuses = matrix.rows.flatMap((row) => row.statuses)
  const existing = statuses.filter((status) => status !== null).length
  return { added: statuses.length - existing, existing }
}

/** State of the runs of a seed: `existing` if the workspace has all of them, `absent` if none is planned. */
export function runState({ seeds, rows }: Plan['matrix'], seed: number): 'existing' | 'new' | 'absent' {
  const index = seeds.indexOf(seed)
  if (index < 0 || rows.length === 0) return 'absent'
  return rows.every(({ statuses }) => statuses[index] !== null) ? 'existing' : 'new'
}

/** What sharing phases saves, in a sentence; null where nothing is shared. */
export function sharingSentence(
  { phases, phasesUnshared }: Pick<Plan, 'phases' | 'phasesUnshared'>,
  savedTime: string | null,
): string | null {
  const spared = phasesUnshared - phases
  if (spared === 0) return null
  const what = `Runs of one seed share equal phases: ${plural(spared, 'training')} saved`
  return savedTime === null ? `${what}.` : `${what}, up to ${savedTime}.`
}

/** `distinct phases of 5, 4 trained`: the label below their number. */
export function phaseWords({
  phases,
  phasesUnshared,
  phasesDone,
}: Pick<Plan, 'phases' | 'phasesUnshared' | 'phasesDone'>): string {
  const of = phasesUnshared > phases ? ` of ${count(phasesUnshared)}` : ''
  const done = phasesDone > 0 ? `, ${count(phasesDone)} trained` : ''
  return `distinct ${phases === 1 ? 'phase' : 'phases'}${of}${done}`
}
