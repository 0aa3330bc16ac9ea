import { z } from 'zod'

/** Sizes of an axis: −k stands for k times the number of samples. */
const shape = z.array(z.int())
const setting = z.union([z.number(), z.string(), z.array(z.number())])
const settings = z.record(z.string(), setting)
export type Settings = Readonly<Record<string, z.infer<typeof setting>>>
const element = z.enum(['float32', 'int32', 'bool'])

/**
 * A network as it is computed, complete without the file that it was read from: operators with settings and shapes, no arithmetic on
 * shapes. Values are numbered; their shapes hold for any number of samples.
 */
export const graphSchema = z.strictObject({
  format: z.literal(1),
  inputs: z.array(z.strictObject({ name: z.string(), value: z.int(), type: element })),
  /** The logits. */
  output: z.int(),
  /** By the number of the value. */
  shapes: z.array(shape),
  /** Names of PyTorch's modules that nodes belong to. */
  modules: z.array(z.string()),
  /** In the order they run; an input of −1 is left out. */
  nodes: z.array(
    z.strictObject({
      operator: z.string(),
      inputs: z.array(z.int()),
      outputs: z.array(z.int()),
      module: z.int(),
      settings: settings.optional(),
    }),
  ),
  /** Parameters and buffers, by PyTorch's names; in PyTorch's layout. */
  arrays: z.array(z.strictObject({ name: z.string(), value: z.int(), kind: z.enum(['parameter', 'buffer']) })),
  constants: z.array(z.strictObject({ value: z.int(), type: element, data: z.array(z.number()) })),
})
export type Graph = z.infer<typeof graphSchema>
export type GraphNode = Graph['nodes'][number]

/** A shape for a number of samples. */
export const shapeFor = (shape: readonly number[], samples: number): number[] =>
  shape.map((size) => (size < 0 ? -size * samples : size))
