import type { Features, FeatureSpec } from '../../../layers/layer.ts'
import { tf, type Tensor } from '../../../tf.ts'
import { linksOf, type GraphValue } from '../graph/graph.ts'
import type { Layout, ValueTable } from '../operators/value-table.ts'
import { readsOf } from '../sites/features.ts'
import { maskOf, type Stage, type Stages } from '../sites/stages.ts'
import type { Parts } from './parts.ts'
import { runNode } from './run-stage.ts'

/** What a stage hands on, all of it float32. */
interface Port {
  outputs: Record<string, FeatureSpec>
  give(table: ValueTable): Features
  take(features: Features): [GraphValue, Tensor, Layout][]
}

type Block = Stages['blocks'][number]

/** `index`: of a block, behind which heads read; null: the stem. */
export function portOf(parts: Parts, { live }: Stage, index: number | null): Port {
  const block = index === null ? null : parts.stages.blocks[index]!
  const reads = readsOf(parts.spec.feature)
  const apart = block && featureApart(parts, block)
  const nameOf = (value: GraphValue) => (!apart && value === block?.site.value ? reads : `value.${value.id}`)
  const layoutOf = (value: GraphValue) => layoutBehind(block, value)
  const specOf = (value: GraphValue) => featureOf(parts, value, layoutOf(value))
  const handed = (table: ValueTable, value: GraphValue) => tf.cast(table.get(value, layoutOf(value)), 'float32')
  return {
    outputs: {
      ...Object.fromEntries(live.map((value) => [nameOf(value), specOf(value)])),
      ...(apart && { [reads]: apart.spec }),
    },
    give: (table) => ({
      ...Object.fromEntries(live.map((value) => [nameOf(value), handed(table, value)])),
      ...(apart && { [reads]: apart.give(table) }),
    }),
    take: (features) => live.map((value) => [value, tf.cast(features[nameOf(value)]!, value.type), layoutOf(value)]),
  }
}

const layoutBehind = (block: Block | null, { sizes }: GraphValue): Layout =>
  sizes.length === 4 && block?.kind !== 'map-last' ? 'map' : 'plain'

/** The feature that heads read, where it is none of the values that are handed on: their concatenation, or a mean of tokens. */
function featureApart(parts: Parts, block: Block): { spec: FeatureSpec; give(table: ValueTable): Tensor } | null {
  const { value, live } = block.site
  const isMean = parts.spec.feature === 'mean token'
  if (live.includes(value) && !isMean) return null
  const layout = layoutBehind(block, value)
  const spec = featureOf(parts, value, layout)
  // The next node makes the concatenation.
  const concatenation = live.includes(value) ? null : linksOf(parts.graph).source.get(value)!
  return {
    spec: isMean ? { ...spec, shape: [1, spec.shape.at(-1)!] } : spec,
    give(table) {
      if (concatenation) runNode(concatenation, table, null)
      const feature = table.get(value, layout)
      return isMean ? meanToken(parts, tf.cast(feature, 'float32'), table) : feature
    },
  }
}

function featureOf({ unitsOf }: Parts, value: GraphValue, layout: Layout): FeatureSpec {
  const [, ...shape] = value.shape
  const isMap = layout === 'map'
  return {
    shape: isMap ? [shape[1]!, shape[2]!, shape[0]!] : shape,
    units: unitsOf(value, isMap ? 1 : shape.length),
  }
}

/** The mean of all tokens but padding. */
function meanToken({ graph }: Parts, tokens: Tensor, table: ValueTable): Tensor {
  const mask = maskOf(graph)
  if (mask === undefined) return tf.mean(tokens, 1, true)
  const isToken = tf.cast(tf.expandDims(table.get(mask, 'plain'), 2), 'float32')
  return tf.div(tf.sum(tf.mul(tokens, isToken), 1, true), tf.sum(isToken, 1, true))
}
