import { z } from 'zod'

/** Number formats that training can compute in (method 4.6); `bfloat16` is mixed precision. */
export const precision = z.enum(['float32', 'bfloat16'])
export type Precision = z.infer<typeof precision>

/** In which precision a run was trained and evaluated, in words. */
export function precisionWords({ precision }: { precision: Precision }): string {
  return precision === 'float32' ? 'float32' : `training ${precision}, evaluation float32`
}
