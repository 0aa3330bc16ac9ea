import { references } from '../../shared/runs/reference.ts'
import { costUnit } from '../question.ts'
import { defineReading } from '../reading.ts'
import { networkLedger } from '../given.ts'

export const ledger = defineReading({
  info: {
    title: 'Cost ledger',
    sentence: 'multiply-adds and parameters of each operation of the network of one run',
    withoutImports: 'this table needs a network',
    needsClasses: false,
    placed: true,
    of: 'runs',
    samples: 'none',
  },
  question: references.extend({ unit: costUnit }),
  answer: networkLedger,
  compute: async () => ({ compute: (sources, { runs }) => sources.network(runs) }),
  table: () => import('./table.ts'),
})
