import { z } from 'zod'
import { presentCounting } from '../evaluation/counting.ts'
import { objective } from '../methods/objective.ts'

export { paperRegimes } from '../methods/regime-names.ts'
export type { PaperRegime } from '../methods/regime-names.ts'

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
  /** The rule by which the costs are counted that its objective weighs exits by; left out where that is rule 1, and where rule 1 gives the same weights. */
  counting: z.literal(presentCounting).optional(),
  /** Factors of the learning rate by trained part; 1 where it has none. */
  learningRates: z.record(z.string(), z.number().positive()).optional(),
  /** Exits whose validation metric early stopping monitors. */
  stopsOn: z.array(z.int().nonnegative()).min(1),
})
export type PhaseSpec = z.infer<typeof phaseSpec>

/** Exits that run in a step of the phase (from 0), in depth order. */
export function runningExits({ lossCycle }: Pick<PhaseSpec, 'lossCycle'>, step: number): number[] {
  return lossCycle[step % lossCycle.length]!.flatMap((weight, exit) => (weight > 0 ? [exit] : []))
}
