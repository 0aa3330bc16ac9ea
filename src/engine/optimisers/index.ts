import { createRegistry } from '../../shared/methods/registry.ts'
import { grouped } from '../../shared/format/numbers.ts'
import type { TrainingSpec } from '../../shared/experiment/training.ts'
import type { OptimiserEntry } from './optimiser.ts'

export type { Optimiser, SteppedParameter } from './optimiser.ts'

/** AdamW moves a weight by about the learning rate at each step; fresh weights are mostly smaller than this. */
const largestLearningRate = 0.1

function largeRate({ learningRate: rate }: TrainingSpec): string | null {
  if (rate <= largestLearningRate) return null
  return (
    `training.learningRate is ${grouped(String(rate))}: AdamW changes every weight by about this much at each step, and initial weights are ` +
    'mostly below 0.1, so training will diverge. A usual value is 0.001.'
  )
}

/** Optimisers that an experiment may name. */
export const optimisers = createRegistry<OptimiserEntry>('optimiser', {
  adamw: {
    info: {
      title: 'AdamW',
      sentence: 'Steps by the mean gradient over the root of its mean square, with decoupled weight decay.',
      paper: 'Loshchilov and Hutter 2019, Decoupled Weight Decay Regularization',
    },
    settings: ['beta1', 'beta2', 'epsilon'],
    caveat: largeRate,
    moments: () => ['exp_avg', 'exp_avg_sq'],
    load: async () => (await import('./adamw.ts')).adamw,
  },
  sgd: {
    info: {
      title: 'SGD',
      sentence:
        'Steps by the gradient and a decaying sum of those before it, with weight decay as part of the gradient.',
      paper: 'Sutskever et al. 2013, On the importance of initialization and momentum in deep learning',
    },
    settings: ['momentum', 'nesterov'],
    moments: ({ momentum }) => (momentum > 0 ? ['momentum_buffer'] : []),
    load: async () => (await import('./sgd.ts')).sgd,
  },
})
