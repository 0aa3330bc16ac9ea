import type { Features, FeatureSpec } from '../../../layers/layer.ts'
import { tf, type Tensor } from '../../../tf.ts'
import { linksOf, type GraphValue } from '../graph/graph.ts'
import type { Layout, ValueTable } from '../operators/value-table.ts'
import { readsOf } from '../sites/features.ts'
import { maskOf, type Stage, type Stages } from '../sites/stages.ts'
import type { Parts } from './parts.ts'
import { runNode } from './run-stage.ts'

/** What a stage hands on, all of it float32. */
export interface Port {
  outputs: Record<string, FeatureSpec>
  give(table: ValueTable): Features
  take(features: Features): [GraphValue, Tensor, Layout][]
}

/** `block`: index of a block, behind which heads read; null: the stem. */
export function portOf(parts: Parts, { live }: Stage, block: number | null): Port {
  const { spec, stages, unitsOf } = parts
  const site = block === null ? null : stages.blocks[block]!
  const reads = readsOf(spec.feature)
  const isMean = spec.feature === 'mean token'
  /** The value that is handed on is the feature itself, where it can be. */
  const read = site && site.live.includes(site.site.value) && !isMean ? site.site.value : null
  const nameOf = (value: GraphValue) => (value === read ? reads : `value.${value.id}`)
  const layoutOf = ({ sizes }: GraphValue): Layout =>
    sizes.length === 4 && site?.kind !== 'map-last' ? 'map' : 'plain'
  const featureOf = (value: GraphValue): FeatureSpec => {
    const [, ...shape] = value.shape
    const isMap = layoutOf(value) === 'map'
    return {
      shape: isMap ? [shape[1]!, shape[2]!, shape[0]!] : shape,
      units: unitsOf(value, isMap ? 1 : shape.length),
    }
  }
  const separate = (): Record<string, FeatureSpec> => {
    if (!site || read !== null) return {}
    const { shape, units: own } = featureOf(site.site.value)
    return { [reads]: { shape: isMean ? [1, shape.at(-1)!] : shape, units: own } }
  }
  return {
    outputs: { ...Object.fromEntries(live.map((value) => [nameOf(value), featureOf(value)])), ...separate() },
    give(table) {
      const handed = (value: GraphValue) => tf.cast(table.get(value, layoutOf(value)), 'float32')
      const features = Object.fromEntries(live.map((value) => [nameOf(value), handed(value)]))
      if (!site || read !== null) return features
      return {
        ...features,
        [reads]: isMean ? meanToken(parts, features[nameOf(site.site.value)]!, table) : joined(parts, site, table),
      }
    },
    take: (features) => live.map((value) => [value, tf.cast(features[nameOf(value)]!, value.type), layoutOf(value)]),
  }
}

/** The mean of all tokens but padding. */
function meanToken({ graph }: Parts, tokens: Tensor, table: ValueTable): Tensor {
  const mask = maskOf(graph)
  if (mask === undefined) return tf.mean(tokens, 1, true)
  const isToken = tf.cast(tf.expandDims(table.get(mask, 'plain'), 2), 'float32')
  return tf.div(tf.sum(tf.mul(tokens, isToken), 1, true), tf.sum(isToken, 1, true))
}

/** The concatenation that the next node makes of what is handed on. */
function joined({ graph }: Parts, { site }: Stages['blocks'][number], table: ValueTable): Tensor {
  runNode(linksOf(graph).source.get(site.value)!, table, null)
  return table.get(site.value, 'map')
}
