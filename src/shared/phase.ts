import { z } from 'zod'
import { networkSpec } from '../main/engine/networks/families.ts'
import { dataSpec } from './data.ts'
import { objective } from './objective.ts'
import { trainingSpec } from './training.ts'

export { regimeNames } from './regime-names.ts'
export type { RegimeName } from './regime-names.ts'

/**
 * One phase of a training regime, as data. The loop knows phases, never regimes.
 * Exits count from 0 in depth order; the final classifier is the last one.
 */
export const phaseSpec = z.strictObject({
  /** Shown to people; not part of the phase's identity, so runs that share a phase may name it differently. */
  name: z.string(),
  /**
   * `backbone`: the bare backbone with its final classifier, no heads; `multi-exit`: the whole network, or, where its heads are
   * ensembles of other heads, the network with these; `ensemble`: the whole network then.
   */
  network: z.enum(['backbone', 'multi-exit', 'ensemble']),
  /** Parts that are trained, as prefixes of parameter names: `stem`, `blocks.3`, `heads.0`, `classifier`. Every other part is frozen: no update, batch norm in evaluation mode and its statistics untouched, dropout off. */
  trains: z.array(z.string()).min(1),
  /**
   * Exits that run, by weights above 0: step s uses entry s mod length. Exits with weight 0 do not run, nor do blocks behind the
   * deepest exit that does; parameters that no exit of a step reaches are not stepped (moments and decay untouched). The weights
   * are those of the mean of the losses; an objective gives the exits that run other ones.
   */
  lossCycle: z.array(z.array(z.number().nonnegative())).min(1),
  objective: objective.optional(),
  /** Exits whose validation metric early stopping monitors. */
  stopsOn: z.array(z.int().nonnegative()).min(1),
})
export type PhaseSpec = z.infer<typeof phaseSpec>

/** Initial state of a phase. */
const initialState = z.discriminatedUnion('kind', [
  /** Initial values that follow from the seed and the names of the parameters. */
  z.strictObject({ kind: z.literal('fresh') }),
  /** The best checkpoint of another phase. `fresh`: parameter groups missing in its network, which are initialised; no others are. */
  z.strictObject({ kind: z.literal('phase'), id: z.string(), fresh: z.array(z.string()) }),
  /**
   * The weights in a file that has this content; `source`: where it was found, an absolute path. `heads`: its heads are taken as well,
   * for they are those of the same exits; left out where they are initialised.
   */
  z.strictObject({
    kind: z.literal('weights'),
    sha256: z.string(),
    source: z.string(),
    heads: z.literal(true).optional(),
  }),
])
export type InitialState = z.infer<typeof initialState>

/** A phase with everything that its outcome follows from; its id is the hash of its identity (identity/identity.ts). */
export const phaseDefinition = z.strictObject({
  format: z.literal(1),
  phase: phaseSpec,
  /** The network it trains, as `phase.network` says. */
  network: networkSpec,
  data: dataSpec,
  /** Fingerprint of the files the images come from, so that two folders of different images never share a phase. */
  dataset: z.string(),
  training: trainingSpec,
  seed: z.int(),
  initial: initialState,
})
export type PhaseDefinition = z.infer<typeof phaseDefinition>

/** The phase whose weights a phase starts from; null if there is none. */
export function parentOf({ initial }: Pick<PhaseDefinition, 'initial'>): string | null {
  return initial.kind === 'phase' ? initial.id : null
}
