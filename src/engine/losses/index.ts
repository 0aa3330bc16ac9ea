import { z } from 'zod'
import { lossesOf, type Objective } from '../../shared/methods/objective.ts'
import type { PhaseSpec } from '../../shared/phases/phase.ts'
import { createRegistry } from '../../shared/methods/registry.ts'
import type { ExitLossEntry } from './exit-loss.ts'

export type { ExitOutputs } from './exit-loss.ts'

/** The mean of all exits teaches every exit, so that the share 1 − α of each is all that labels have. */
const withoutLabels = {
  path: ['alpha'],
  message:
    'with teacher: ensemble no exit would learn from labels, whose share is 1 − alpha; expected an alpha below 1, or teacher: final',
}

/** Losses between exits: each is a key of `objective` with its parameters. */
export const exitLosses = createRegistry<ExitLossEntry>('loss', {
  distillation: {
    info: {
      title: 'Self-distillation',
      sentence: 'Each exit also learns the softened probabilities of the final exit, or of the mean of all exits.',
      paper: 'Phuong and Lampert 2019, Distillation-Based Training for Multi-Exit Architectures',
    },
    parameters: z.strictObject({
      alpha: z.number().min(0).max(1).default(0.5).describe('Share of the teacher’s loss in that of an exit.'),
      temperature: z.number().min(0.01).max(1000).default(3).describe('Temperature of both probabilities.'),
      teacher: z
        .enum(['final', 'ensemble'])
        .default('final')
        .describe('final: the final exit. ensemble: the mean of the logits of the exits in the loss of a step.'),
    }),
    contradictions: ({ alpha, teacher }) => (alpha === 1 && teacher === 'ensemble' ? [withoutLabels] : []),
    applies: ({ running, exitCount }, { alpha, teacher }) =>
      alpha !== 0 && running.length > 1 && (teacher !== 'final' || running.includes(exitCount - 1)),
    load: async () => (await import('./distillation.ts')).distillation,
  },
})

/** The losses between exits of an objective that change the loss of some step of a phase. */
export function applyingLosses(objective: Objective, { lossCycle }: Pick<PhaseSpec, 'lossCycle'>): Partial<Objective> {
  const steps = lossCycle.map((weights) => ({
    running: weights.flatMap((weight, exit) => (weight > 0 ? [exit] : [])),
    exitCount: weights.length,
  }))
  const applying = lossesOf(objective).filter(([name, parameters]) =>
    steps.some((exits) => exitLosses.get(name).applies(exits, parameters)),
  )
  return Object.fromEntries(applying)
}
