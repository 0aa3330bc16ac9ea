import { references } from '../../shared/runs/reference.ts'
import { defineReading } from '../reading.ts'
import { settingDifferences } from '../given.ts'

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
  answer: settingDifferences,
  compute: async () => ({
    compute: async (sources, { runs }) => ({ ...sources.settings(runs), runs: sources.listed(runs) }),
  }),
  table: () => import('./table.ts'),
})
