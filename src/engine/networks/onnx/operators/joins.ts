import type { GraphValue, Node } from '../graph/graph.ts'
import type { Shape } from '../graph/shapes.ts'
import type { AxisVariables } from '../matching/axis-variables.ts'

/** Operands that broadcast into the output: axes of the same length have the same units. */
export function joinBroadcast({ inputs, outputs }: Pick<Node, 'inputs' | 'outputs'>, axes: AxisVariables): void {
  for (const output of outputs) {
    for (const input of inputs) {
      const lead = output.shape.length - (input?.shape.length ?? 0)
      for (const [axis, size] of input?.shape.entries() ?? []) {
        if (size > 1 && size === output.shape[lead + axis]) axes.join(input!, axis, output, lead + axis)
      }
    }
  }
}

/** Axes of the first operand that the output has in the same place and of the same length; the others are fixed. */
export function joinAligned({ inputs: [input], outputs }: Node, axes: AxisVariables): void {
  for (const output of outputs) {
    for (const [axis, size] of output.shape.entries()) {
      if (size === input!.shape[axis]) axes.join(input!, axis, output, axis)
      else {
        axes.pin(input!, axis)
        axes.pin(output, axis)
      }
    }
  }
}

/** Arrays of one number for each entry of an axis of the first operand, which the output has as it is. */
export function joinArraysAlong(axis: number, { inputs: [x, ...arrays], outputs }: Node, axes: AxisVariables): void {
  for (const array of arrays) if (array) axes.join(x!, axis, array, 0)
  joinBroadcast({ inputs: [x], outputs }, axes)
}

/** Axes that keep their length have the same units; one that is split, or merged of several, is the product of those. */
export function joinReshaped({ inputs: [x], outputs: [output] }: Node, axes: AxisVariables): void {
  for (const { from, to } of runsOf(x!.shape, output!.shape)) {
    const [own, others] = [wide(x!, from), wide(output!, to)]
    if (own.length === 0) continue
    if (own.length === 1) axes.combine(...own[0]!, others)
    else if (others.length === 1) axes.combine(...others[0]!, own)
    else for (const [value, axis] of [...own, ...others]) axes.pin(value, axis)
  }
}

/** Axes [from, to) of one shape that hold the same entries as those of the other. */
interface Run {
  from: readonly [number, number]
  to: readonly [number, number]
}

const wide = (value: GraphValue, [from, to]: readonly [number, number]) =>
  value.shape.flatMap((size, axis) => (axis >= from && axis < to && size !== 1 ? [[value, axis] as const] : []))

/** The shortest runs of axes of both shapes with equal products, from the left. */
function runsOf(before: Shape, after: Shape): Run[] {
  const runs: Run[] = []
  for (let [i, j] = [0, 0]; i < before.length || j < after.length;) {
    const start = [i, j] as const
    let [left, right] = [before[i++] ?? 1, after[j++] ?? 1]
    while (left !== right && (i < before.length || j < after.length)) {
      if (left < right) left *= before[i++] ?? 1
      else right *= after[j++] ?? 1
    }
    runs.push({ from: [start[0], i], to: [start[1], j] })
  }
  return runs
}
