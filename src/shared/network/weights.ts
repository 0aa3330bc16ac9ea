import { z } from 'zod'

/** A file of weights without its values. */
export interface WeightsDescription {
  sha256: string
  /** By the names in the file. `type`: as PyTorch calls it, `float32`; `finite`: whether it holds neither NaN nor infinities; `infinite`: no NaN. */
  arrays: Readonly<Record<string, { shape: readonly number[]; type: string; finite: boolean; infinite?: true }>>
  /** Exits whose heads the file holds, in an export of Exitlab's; null where they are not known, and in weights of other programs. */
  exits: { exits: readonly number[]; head: string } | null
}

/** What becomes of the arrays of a file, and of those of the network that starts from it. */
export const weightsUse = z.object({
  /** Whose names the file has: `torchvision`. */
  title: z.string(),
  /** Names of the network's arrays: from the file, and initialised. */
  taken: z.array(z.string()),
  fresh: z.array(z.string()),
  /** Names of arrays in the file that are not used. */
  leftOver: z.array(z.string()),
  /** Conversions and other notes; sentences. */
  notes: z.array(z.string()),
})
export type WeightsUse = z.infer<typeof weightsUse>
