import { z } from 'zod'
import type { Algorithms } from './algorithms.ts'

/** Number formats that training can compute in (method 4.8); `bfloat16` is mixed precision. */
export const precision = z.enum(['float32', 'bfloat16'])
export type Precision = z.infer<typeof precision>

/** In which precision, and with which algorithms, a run was trained and evaluated, in words. */
export function precisionWords({ precision, algorithms }: { precision: Precision; algorithms: Algorithms }): string {
  const training = algorithms === 'fast' ? `${precision} with fast algorithms` : precision
  return training === 'float32' ? training : `training ${training}, evaluation float32`
}
