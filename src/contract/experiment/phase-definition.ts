import { z } from 'zod'
import { networkSpec } from '../../engine/networks/families.ts'
import { methodOrigins } from '../../shared/methods/method-origin.ts'
import { phaseSpec } from '../../shared/phases/phase.ts'
import { knownTraining } from './training.ts'
import { knownData } from './data.ts'
import { knownObjective } from './objective.ts'

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

/** A phase with everything that its outcome follows from; its id is the hash of its identity (identity.ts). */
export const phaseDefinition = z.strictObject({
  format: z.literal(1),
  phase: phaseSpec.extend({ objective: knownObjective.optional() }),
  /** The network it trains, as `phase.network` says. */
  network: networkSpec,
  data: knownData,
  /** Fingerprint of the files the images come from, so that two folders of different images never share a phase. */
  dataset: z.string(),
  training: knownTraining,
  seed: z.int(),
  initial: initialState,
  /** The extensions of the methods that it uses; absent where all are Exitlab's own. */
  methods: methodOrigins.optional(),
})
export type PhaseDefinition = z.infer<typeof phaseDefinition>

/** The phase whose weights a phase starts from; null if there is none. */
export function parentOf({ initial }: Pick<PhaseDefinition, 'initial'>): string | null {
  return initial.kind === 'phase' ? initial.id : null
}
