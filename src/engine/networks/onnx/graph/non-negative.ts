import { givesTruth, type Node } from './graph.ts'

/** Operators that give nothing below 0 of what is not. */
const keepsSign = new Set(
  (
    'Add Mul Max Min Cast CastLike Where CumSum ReduceSum ReduceMax Concat Split Gather GatherOfEach Slice Tile Expand Reshape Flatten ' +
    'Squeeze Unsqueeze Transpose'
  ).split(' '),
)

/** Whether what a node gives is known not to be below 0: token ids, masks, places that are counted by them. */
export function givesNonNegative({ operator, inputs }: Node): boolean {
  if (givesTruth.has(operator)) return true
  return keepsSign.has(operator) && inputs.every((value) => value === undefined || value.isNonNegative)
}
