import type { z } from 'zod'
import { dominanceTable } from '../analyses/gradient-dominance/table.ts'
import { objectiveWords } from '../../shared/methods/objective-words.ts'
import type { Table } from '../../shared/tables/table.ts'
import { measuredPhases } from './measured-phases.ts'
import type { RunDominance } from '../given.ts'
import type { dominanceQuestion } from './schema.ts'

/** A row for each epoch at which it was measured. */
export function table(answer: RunDominance, { phase }: Pick<z.output<typeof dominanceQuestion>, 'phase'>): Table {
  const phases = measuredPhases(answer, phase).map(({ name, objective, epochs }) => ({
    name,
    objective: objectiveWords(objective),
    rows: epochs,
  }))
  return dominanceTable({ ...answer, phases })
}
