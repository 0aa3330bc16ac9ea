import type { Problem } from '../../shared/basics/error.ts'
import { nameForFrom, type WrittenExits, type WrittenPhase } from '../../shared/phases/written-phase.ts'

/** What is wrong with the phases of a regime whatever the network, with paths from the list of phases. */
export function problemsOfPhases(phases: readonly WrittenPhase[]): Problem[] {
  return phases.flatMap((phase, index) =>
    [...ownProblems(phase), ...problemsBetween(phases, index)].map(({ path, message }) => ({
      path: [index, ...path],
      message,
    })),
  )
}

function ownProblems(phase: WrittenPhase): Problem[] {
  const { exits, cycle, trains } = phase
  if (trains === 'backbone') return problemsOfBackbone(phase)
  const twice = exits !== undefined && cycle !== undefined
  return [
    ...(twice ? [{ path: ['cycle'], message: 'a phase has exits or a cycle of them; leave one of them out' }] : []),
    ...problemsOfRepetition(phase),
  ]
}

/** The bare backbone has one exit. */
function problemsOfBackbone({ exits, cycle, stopsOn, forEach, order }: WrittenPhase): Problem[] {
  const given = Object.entries({ exits, cycle, stopsOn, forEach, order }).filter(
    ([, value]) => value !== undefined && value !== 'final',
  )
  return given.map(([key]) => ({
    path: [key],
    message:
      'trains: backbone has the final exit alone; leave it out, or list parts: trains: [stem, blocks, classifier]',
  }))
}

const ofThis = (exits: WrittenExits | undefined): boolean =>
  exits === 'this' || exits === 'up-to-this' || exits === 'from-this'

function problemsOfRepetition({ forEach, order, trains, exits, cycle = [], stopsOn }: WrittenPhase): Problem[] {
  const uses: [path: (string | number)[], isUsed: boolean][] = [
    [['trains'], trains === 'segment'],
    [['exits'], ofThis(exits)],
    [['stopsOn'], ofThis(stopsOn)],
    ...cycle.map((each, index): [(string | number)[], boolean] => [['cycle', index], ofThis(each)]),
  ]
  if (forEach === undefined) {
    const repeated = uses.filter(([, isUsed]) => isUsed).map(([path]) => path)
    return [...repeated, ...(order === undefined ? [] : [['order']])].map((path) => ({
      path,
      message: 'goes with a repeated phase only; add forEach: exit',
    }))
  }
  if (uses.some(([path, isUsed]) => isUsed && path[0] !== 'stopsOn')) return []
  const message =
    'repeats a phase that is the same each time; expected trains: segment, or exits: this, up-to-this or from-this'
  return [{ path: ['forEach'], message }]
}

/** Names, and what a phase starts from. */
function problemsBetween(phases: readonly WrittenPhase[], index: number): Problem[] {
  const { name, from } = phases[index]!
  const earlier = phases.slice(0, index)
  const problems: Problem[] = []
  const twin = earlier.findIndex((each) => name !== undefined && each.name === name)
  if (twin >= 0)
    problems.push({ path: ['name'], message: `phase ${twin + 1} has this name already; expected each name once` })
  if (name === 'fresh')
    problems.push({ path: ['name'], message: 'fresh stands for initial weights; choose another name' })
  if (from === undefined || from === 'fresh') return problems
  const names = earlier.map(nameForFrom)
  const found = names.filter((each) => each === from).length
  if (found === 1) return problems
  if (found > 1)
    return [
      ...problems,
      { path: ['from'], message: `${found} earlier phases train ${from}; give the one that is meant a name` },
    ]
  const known = [...new Set(['fresh', ...names.filter((each) => each !== undefined)])]
  return [
    ...problems,
    { path: ['from'], message: `no earlier phase has the name ${from}; expected ${known.join(', ')}` },
  ]
}
