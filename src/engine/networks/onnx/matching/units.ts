import type { AxisUnits, Units } from '../../../layers/layer.ts'
import type { Graph, GraphValue } from '../graph/graph.ts'
import { operators } from '../operators/index.ts'
import { joinBroadcast } from '../operators/joins.ts'
import { AxisVariables } from './axis-variables.ts'

/** Hidden units of an axis of a value; undefined where they cannot be permuted. */
export type UnitsOf = (value: GraphValue, axis: number) => AxisUnits | undefined

/**
 * Groups of hidden units that can be permuted together, from the graph alone: operators say which axes of values are the same
 * (Ainsworth 2023 gives the groups of each network by hand). What comes in, constants and the logits are fixed.
 */
export function graphUnits({ inputs, output, nodes, values }: Graph): UnitsOf {
  const axes = new AxisVariables({ values })
  const constants = values.filter(({ known }) => known && Array.from(known).some((each) => each !== known[0]))
  for (const value of [...inputs.map((input) => input.value), ...constants, output])
    value.shape.forEach((_, axis) => axes.pin(value, axis))
  for (const node of nodes) {
    const { join } = operators[node.operator]!
    if (join) join(node, axes)
    else joinBroadcast(node, axes)
  }
  axes.close()
  return (value, axis) => {
    const length = value.shape[axis]!
    const all = axes.stretches(value, axis).map(({ variable, offset, count, tile, repeat }): Units => {
      const isPart = count * tile * repeat !== length
      return {
        group: `units.${variable}`,
        ...(isPart && { offset, count }),
        ...(tile > 1 && { tile }),
        ...(repeat > 1 && { repeat }),
      }
    })
    return all.length === 0 ? undefined : all
  }
}
