import type { Database } from 'better-sqlite3'
import type { EpochDominance } from '../../shared/evaluation/dominance.ts'
import { readJson } from './json-columns.ts'

interface Raw {
  epoch: number
  batches: number
  exits: string
  blocks: string
}

/** Gradient dominance of a phase in the epochs at which it was measured. */
export function dominance(database: Database) {
  const put = database.prepare<[Raw & { phaseId: string }]>(
    `INSERT OR REPLACE INTO epoch_dominance (phase_id, epoch, batches, exits, blocks)
     VALUES (@phaseId, @epoch, @batches, @exits, @blocks)`,
  )
  const after = database.prepare<[string, number], Raw>(
    'SELECT epoch, batches, exits, blocks FROM epoch_dominance WHERE phase_id = ? AND epoch > ? ORDER BY epoch',
  )
  const removeAfter = database.prepare<[string, number]>('DELETE FROM epoch_dominance WHERE phase_id = ? AND epoch > ?')
  return {
    /** An epoch that was done before (a resumed phase repeats it with the same result) is overwritten. */
    put(phaseId: string, { exits, blocks, ...measured }: EpochDominance): void {
      put.run({ ...measured, phaseId, exits: JSON.stringify(exits), blocks: JSON.stringify(blocks) })
    },
    after(phaseId: string, epoch: number): EpochDominance[] {
      const place = { table: 'epoch_dominance', row: phaseId } as const
      return after.all(phaseId, epoch).map(({ exits, blocks, ...measured }) => ({
        ...measured,
        exits: readJson(exits, { ...place, column: 'exits' }),
        blocks: readJson(blocks, { ...place, column: 'blocks' }),
      }))
    },
    removeAfter: (phaseId: string, epoch: number): void => void removeAfter.run(phaseId, epoch),
  }
}
