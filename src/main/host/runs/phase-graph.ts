import { distinctBy } from '../../../shared/basics/distinct.ts'
import type { PhaseLineage } from '../../../shared/phases/phase-lineage.ts'
import { parentOf } from '../../../contract/experiment/phase-definition.ts'
import { regimePlace } from '../../../shared/methods/regime-names.ts'
import type { Store } from '../../store/open.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'

type Link = PhaseLineage['phases'][number]

/** The phases of a run and of all runs, deleted ones left out, that share one with it. */
export function phaseGraph(store: Store, run: RunRow): PhaseLineage {
  const chains = relatives(store, run).map((each) => ({ run: each, chain: store.phases.chain(each.id) }))
  const links = new Map<string, Link>()
  for (const { run: each, chain } of chains) {
    for (const phase of chain) {
      const link = links.get(phase.id) ?? linkOf(store, phase)
      link.runs.push(userOf(each))
      links.set(phase.id, link)
    }
  }
  const phases = [...links.values()]
  return {
    phases: inOrderOfDepth(chains.map(({ chain }) => chain)).map((id) => links.get(id)!),
    savedSeconds: phases.reduce((sum, { seconds, runs }) => sum + seconds * (runs.length - 1), 0),
  }
}

/** By regime, then by seed: the order in which they are drawn. The run itself is among them even if it is deleted. */
function relatives(store: Store, run: RunRow): RunRow[] {
  const sharing = store.phases.chain(run.id).flatMap(({ id }) => store.runs.ofPhase(id))
  const kept = sharing.filter(({ id, deletedAt }) => deletedAt === null || id === run.id)
  return distinctBy(kept, ({ id }) => id).sort(
    (a, b) => regimePlace(a.regime) - regimePlace(b.regime) || a.seed - b.seed || a.position - b.position,
  )
}

function linkOf(store: Store, { id, definition, status, epochs }: PhaseRow): Link {
  const { name } = definition.phase
  return { id, name, status, epochs, seconds: store.epochs.seconds(id), parent: parentOf(definition), runs: [] }
}

function userOf({ id, name, regime, seed }: RunRow): Link['runs'][number] {
  return { id, name, regime, seed }
}

/** Ids of the first phases of all chains, then of the second ones, and so on: parents come before their children. */
function inOrderOfDepth(chains: readonly PhaseRow[][]): string[] {
  const deepest = Math.max(...chains.map(({ length }) => length))
  const levels = Array.from({ length: deepest }, (_, depth) => chains.flatMap((chain) => chain[depth]?.id ?? []))
  return [...new Set(levels.flat())]
}
