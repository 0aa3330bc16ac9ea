import type { HostClient } from '../../src/contract/index.ts'
import { askReading } from '../../src/readings/ask.ts'
import type { QuestionOf } from '../../src/readings/index.ts'

/** The answer of `budgets`. */
export const compare = (client: HostClient, question: Partial<QuestionOf<'budgets'>> = {}) =>
  askReading(client, { reading: 'budgets', question })

/** The answer of `curve`. */
export const curvesOf = (client: HostClient, question: Partial<QuestionOf<'curve'>> = {}) =>
  askReading(client, { reading: 'curve', question })
