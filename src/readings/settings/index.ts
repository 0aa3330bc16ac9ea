import { references } from '../../shared/runs/reference.ts'
import { defineReading } from '../reading.ts'
import { settingsAnswer } from './schema.ts'

export const settings = defineReading({
  info: {
    title: 'Settings',
    sentence: 'the settings in which runs differ',
    withoutImports: 'this table is of runs',
    needsClasses: false,
    placed: true,
    of: 'runs',
    samples: 'none',
  },
  question: references,
  answer: settingsAnswer,
  compute: async () => ({
    compute: async (sources, { runs }) => ({ ...sources.settings(runs), runs: sources.listed(runs) }),
  }),
  table: () => import('./table.ts'),
})
