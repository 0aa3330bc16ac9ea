import { z } from 'zod'
import { networkDrawing } from '../../shared/network/network-drawing.ts'

/** Operations of the network of one run up to its final exit. */
export const ledgerAnswer = networkDrawing
  .pick({ title: true, ledger: true, backboneMacs: true })
  .extend({ /** Its name. */ run: z.string() })
export type LedgerAnswer = z.infer<typeof ledgerAnswer>
