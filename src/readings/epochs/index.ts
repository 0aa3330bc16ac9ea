import { defineReading } from '../reading.ts'
import { runEpochs } from '../given.ts'
import { epochsQuestion } from './schema.ts'

export const epochs = defineReading({
  info: {
    title: 'Epochs',
    sentence: 'metrics of every exit, learning rate, speed and memory at each epoch of one run',
    withoutImports: 'this table is of the phases of a run',
    needsClasses: false,
    placed: true,
    of: 'runs',
    samples: 'none',
  },
  question: epochsQuestion,
  answer: runEpochs,
  compute: async () => ({ compute: async (sources, { runs }) => sources.epochs(runs) }),
  table: () => import('./table.ts'),
  figure: () => import('./figure.ts'),
})
