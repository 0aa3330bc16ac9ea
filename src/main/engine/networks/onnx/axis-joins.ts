import type { NodeView } from './node-view.ts'

/** An axis of a value, or one of this length that no value has and that nodes call by a name. */
export type AxisFactor = readonly [value: number, axis: number] | { name: string; size: number }

/** Which axes of values have the same hidden units, in the same order. */
export interface AxisJoins {
  /** Two axes of one length have the same units. */
  join(value: number, axis: number, other: number, otherAxis: number): void
  /** The units of an axis cannot be permuted. */
  pin(value: number, axis: number): void
  /** The entries of an axis are those of these axes, one after the other. */
  concatenate(value: number, axis: number, parts: readonly AxisFactor[]): void
  /** The entries of an axis are those of these axes combined, row-major: an axis that is split into several, or merged of them. */
  combine(value: number, axis: number, factors: readonly AxisFactor[]): void
}

/** Operands that broadcast into the output: axes of the same length have the same units. */
export function joinBroadcast({ inputs, outputs, shape }: NodeView, joins: AxisJoins): void {
  for (const output of outputs) {
    const to = shape(output)
    for (const input of inputs.filter((value) => value >= 0)) {
      const lead = to.length - shape(input).length
      for (const [axis, size] of shape(input).entries()) {
        if (size > 1 && size === to[lead + axis]) joins.join(input, axis, output, lead + axis)
      }
    }
  }
}

/** Axes of the first operand that the output has in the same place and of the same length; the others are fixed. */
export function joinAligned({ inputs: [input], outputs, shape }: NodeView, joins: AxisJoins): void {
  for (const output of outputs) {
    for (const [axis, size] of shape(output).entries()) {
      if (size === shape(input!)[axis]) joins.join(input!, axis, output, axis)
      else {
        joins.pin(input!, axis)
        joins.pin(output, axis)
      }
    }
  }
}
