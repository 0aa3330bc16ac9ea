import { z } from 'zod'
import { references } from '../../shared/runs/reference.ts'
import { runSummary } from '../../shared/runs/runs.ts'
import { defineReading } from '../reading.ts'

export const runs = defineReading({
  info: {
    title: 'Runs',
    sentence: 'each run with its status, epochs, and the metric of its final exit',
    withoutImports: 'this table is of runs',
    needsClasses: false,
    placed: true,
    of: 'runs',
    samples: 'none',
  },
  question: references,
  answer: z.array(runSummary),
  compute: async () => ({ compute: async (sources, { runs }) => sources.listed(runs) }),
  table: () => import('./table.ts'),
})
