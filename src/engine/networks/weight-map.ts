import type { NetworkSpec } from '../../shared/network/network.ts'

export type Shape = readonly number[]

/**
 * What another program calls the arrays of a family's networks, and how it lays them out. A map only says where an array is
 * found; which arrays are taken, initialised or left over follows from it (weight-import.ts). Arrays of files and those of the
 * network are both in PyTorch's layout (convolutions OIHW, linear layers [out, in]): a map transposes nothing.
 */
export interface WeightMap<Spec extends NetworkSpec = NetworkSpec> {
  /** Naming scheme: `torchvision`. */
  title: string
  /** An array that these files have, and those of other maps have not; by its name after `rename`. */
  sign: string
  /** Names of older versions of the program as its newest has them, or those with a prefix without it. Default: names as they are. */
  rename?(name: string): string
  /** Location in the file of an array of the network, by its name (`blocks.3.attn.qkv.weight`); null if the file has none. */
  source(name: string, spec: Spec): Source | null
  /** Difference between the network of this program and Exitlab's; null if they compute the same. */
  caveat?(spec: Spec): string | null
}

/** An array of the network by parts: `blocks.3.attn.qkv.weight` is `weight` of module `attn.qkv` of block 3. Outside of blocks `block` is null. */
interface ArrayName {
  block: number | null
  module: string
  array: string
}

export function partsOf(name: string): ArrayName {
  const [, block, module = '', array] = /^(?:blocks\.(\d+)\.)?(?:(.*)\.)?([^.]+)$/.exec(name)!
  return { block: block === undefined ? null : Number(block), module, array: array! }
}

/** Location of an array of a network in a file. */
export interface Source {
  /** Names of the file's arrays, after `rename`; several lie one after the other along the first axis, as a packed projection. */
  from: readonly string[]
  /** Fits values of another shape, where that has a meaning. Default: shapes must be equal. */
  fit?(found: Shape, needed: Shape): Fitted | null
}

/** Conversion of values to another shape. */
export interface Fitted {
  /** Description of the conversion: `14 × 14 positions interpolated to 8 × 8 (bicubic)`. */
  note: string
  values(found: Float32Array): Float32Array
}
