import type { CostKind, MeasuredKind } from '../../../../shared/evaluation/cost-kind.ts'
import type { Store } from '../../../store/open.ts'
import type { RunRow } from '../../../store/runs.ts'
import { latencyMachine, latencyOn } from './latency-machine.ts'

/** Where costs of one kind come from. */
interface CostSource {
  /** On what the costs of all these runs were measured, such as a machine. @throws ExitlabError `conflict`, with the command that measures, where there is no such thing. */
  of(store: Store, runs: readonly RunRow[]): string
  /** Costs of a run's network measured on it; of exits cumulative, heads before them included, the final exit last. */
  on(store: Store, run: RunRow, source: string): { backbone: number; exits: number[] }
}

export const costSources: Record<MeasuredKind, CostSource> = { latency: { of: latencyMachine, on: latencyOn } }

/** Measured costs that stand in place of multiply-adds. */
export interface CostsInPlace {
  kind: MeasuredKind
  source: string
}

export const costsOf = (store: Store, runs: readonly RunRow[], kind: CostKind): CostsInPlace | undefined =>
  kind === 'macs' ? undefined : { kind, source: costSources[kind].of(store, runs) }
