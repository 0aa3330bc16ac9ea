import type { AxisUnits, Units } from '../../layers/layer.ts'
import { joinBroadcast } from './axis-joins.ts'
import { AxisVariables } from './axis-variables.ts'
import type { Graph } from './graph.ts'
import { nodeViews } from './node-view.ts'
import { operators } from './operators/index.ts'

/** Hidden units of the values of a graph. */
export interface GraphUnits {
  /** Of the axis of a value. */
  unitsOf(value: number, axis: number): AxisUnits | undefined
}

/**
 * Groups of hidden units that can be permuted together, from the graph alone: operators say which axes of values are the same
 * (Ainsworth 2023 gives the groups of each network by hand). What comes in, constants and the logits are fixed.
 */
export function graphUnits(graph: Graph): GraphUnits {
  const variables = new AxisVariables(graph)
  const view = nodeViews(graph)
  const constants = graph.constants.flatMap(({ value, data }) => (data.every((each) => each === data[0]) ? [] : value))
  for (const value of [...graph.inputs.map((input) => input.value), ...constants, graph.output])
    graph.shapes[value]!.forEach((_, axis) => variables.pin(value, axis))
  for (const node of graph.nodes) {
    const join = operators[node.operator]!.join ?? joinBroadcast
    join(view(node), variables)
  }
  variables.close()
  return {
    unitsOf(value, axis) {
      const length = Math.abs(graph.shapes[value]![axis]!)
      const all = variables.stretches(value, axis).map(({ variable, offset, count, tile, repeat }): Units => {
        const isPart = count * tile * repeat !== length
        return {
          group: `units.${variable}`,
          ...(isPart && { offset, count }),
          ...(tile > 1 && { tile }),
          ...(repeat > 1 && { repeat }),
        }
      })
      return all.length === 0 ? undefined : all
    },
  }
}
