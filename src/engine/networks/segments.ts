import type { Features, ForwardContext } from '../layers/layer.ts'
import type { Tensor } from '../tf.ts'
import type { Network } from './network.ts'

/** The part of a network between two exits, as a program runs it that stops where a sample leaves. */
interface Segment {
  /** The exit at its end. */
  exit: number
  /**
   * Values are named: the network's inputs as the family has them, `blocks.3.map` a feature handed on behind an exit's block, `heads.0.state`,
   * `logits.0`. Takes those of the inputs and of earlier segments, and returns its own.
   */
  run(context: ForwardContext, values: Features): Features
}

/** The segments of a network, one for each exit: from the inputs to exit 0, from behind the block of exit 0 to exit 1, … */
export function segmentsOf(network: Network): Segment[] {
  return network.exits.map(({ exit, block }) => ({
    exit,
    run(context, values) {
      const results: Record<string, Tensor> = {}
      const before = network.exits[exit - 1]
      const logits = network.forward(context, before ? featuresBehind(before.block!, values) : values, {
        exits: [exit],
        ...(before && { from: { block: before.block!, states: statesUpTo(exit, values) } }),
        // The final exit hands nothing on, so that fewer tokens need be computed.
        ...(block !== null && {
          onBlock(at, features) {
            if (at === block) Object.assign(results, namedBehind(block, features))
          },
        }),
        onState: (head, state) => (results[`heads.${head}.state`] = state),
      })
      return { ...results, [`logits.${exit}`]: logits[exit]! }
    },
  }))
}

const prefixOf = (block: number) => `blocks.${block}.`

function namedBehind(block: number, features: Features): Features {
  return Object.fromEntries(Object.entries(features).map(([name, tensor]) => [prefixOf(block) + name, tensor]))
}

function featuresBehind(block: number, values: Features): Features {
  const prefix = prefixOf(block)
  const own = Object.entries(values).filter(([name]) => name.startsWith(prefix))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(prefix.length), tensor]))
}

/** States of the heads before an exit, where they have one. */
function statesUpTo(exit: number, values: Features): Tensor[] {
  return Array.from({ length: exit }, (_, head) => values[`heads.${head}.state`]).filter((state) => state !== undefined)
}
