import { z } from 'zod'

/** One link of the backbone as it is drawn, in the order it runs. */
const drawnPart = z.object({
  kind: z.enum(['stem', 'block', 'classifier']),
  /** Index of a block; null for the others. */
  block: z.int().nullable(),
  /** `block 3`, `stem`, `patch`, `classifier`. */
  label: z.string(),
  /** Its sizes in a few characters, such as `32 · 3×3` or `256 · 8 h`. */
  detail: z.string(),
  /** The exit behind it, if there is one; of the classifier the final exit. */
  exit: z.int().nullable(),
  /**
   * Multiply-adds up to here when an exit sits here, every earlier head that is placed now and this exit's own included;
   * null for the stem, behind which none can sit.
   */
  macs: z.number().nullable(),
  /** The same as a fraction of the backbone's cost. */
  fraction: z.number().nullable(),
})
export type DrawnPart = z.infer<typeof drawnPart>

/** One operation on the way to the final exit and what it costs (method 6.1). */
const ledgerEntry = z.object({
  module: z.string(),
  operation: z.string(),
  macs: z.number(),
  /** Trained numbers; null where the operation has none of its own. */
  parameters: z.int().nullable(),
  /** The first exit whose cost includes it. */
  exit: z.int(),
})
export type LedgerEntry = z.infer<typeof ledgerEntry>

/** What a network looks like and what each part of it costs. */
export const networkDrawing = z.object({
  /** Such as `ResNet · 3 + 3 + 3 basic blocks` or `ViT-T (CIFAR)`. */
  title: z.string(),
  head: z.string(),
  /** `28 × 28 × 1`, padding included. */
  input: z.string(),
  parts: z.array(drawnPart),
  ledger: z.array(ledgerEntry),
  /** Multiply-adds of the bare backbone with its classifier: 100 %. */
  backboneMacs: z.number(),
  parameters: z.int(),
})
export type NetworkDrawing = z.infer<typeof networkDrawing>
