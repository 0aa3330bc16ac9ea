import { z } from 'zod'

/** A node of the backbone's graph, in the order it runs. */
const drawnNode = z.object({
  /** Beginning of the names of its modules: `stem`, `blocks.3`, `classifier`. */
  id: z.string(),
  kind: z.enum(['stem', 'block', 'classifier']),
  /** The block behind which this node has its exit; null where none can be drawn. */
  block: z.int().nullable(),
  /** `block 3`, `stem`, `patch`, `classifier`. */
  label: z.string(),
  /** Its sizes in a few characters, such as `32 · 3×3` or `256 · 8 h`. */
  detail: z.string(),
  /** Place in a grid, both from 0. */
  column: z.int(),
  row: z.int(),
  /** The exit behind it, if there is one; of the classifier the final exit. */
  exit: z.int().nullable(),
  /**
   * Multiply-adds up to here when an exit sits here, every earlier head that is placed now and this exit's own included;
   * null where none can sit.
   */
  macs: z.number().nullable(),
  /** The same as a fraction of the backbone's cost. */
  fraction: z.number().nullable(),
})
export type DrawnNode = z.infer<typeof drawnNode>

/** One operation up to the final exit with its cost (method 6.1). */
const ledgerEntry = z.object({
  module: z.string(),
  operation: z.string(),
  macs: z.number(),
  /** Trained numbers; null where the operation has none of its own. */
  parameters: z.int().nullable(),
  /** The first exit whose cost includes the operation. */
  exit: z.int(),
})
export type LedgerEntry = z.infer<typeof ledgerEntry>

/** Nodes of a network with the cost of each. */
export const networkDrawing = z.object({
  /** Such as `ResNet · 3 + 3 + 3 basic blocks` or `ViT-T (CIFAR)`. */
  title: z.string(),
  head: z.string(),
  /** `28 × 28 × 1`, padding included. */
  input: z.string(),
  nodes: z.array(drawnNode),
  /** Which node reads what another one gives, by their ids. */
  edges: z.array(z.object({ from: z.string(), to: z.string() })),
  ledger: z.array(ledgerEntry),
  /** Multiply-adds of the bare backbone with its classifier: 100 %. */
  backboneMacs: z.number(),
  parameters: z.int(),
})
export type NetworkDrawing = z.infer<typeof networkDrawing>
