import { defineReading } from '../reading.ts'
import { runDominance } from '../given.ts'
import { dominanceQuestion } from './schema.ts'

export const dominance = defineReading({
  info: {
    title: 'Gradient dominance during training',
    sentence: 'cosine of the gradient of each exit with the total one, at each epoch of one run',
    withoutImports: 'this table is of the phases of a run',
    needsClasses: false,
    placed: true,
    of: 'runs',
    samples: 'none',
  },
  question: dominanceQuestion,
  answer: runDominance,
  compute: async () => ({ compute: async (sources, { runs }) => sources.dominance(runs) }),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
