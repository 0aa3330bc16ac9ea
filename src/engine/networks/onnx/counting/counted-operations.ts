import type { CountingRule } from '../../../../shared/evaluation/counting.ts'
import { linksOf, type Graph, type GraphValue, type Node } from '../graph/graph.ts'
import { sizeOf } from '../graph/shapes.ts'
import { operators } from '../operators/index.ts'
import type { Sized } from '../operators/operator.ts'
import { attentionScales } from './attention-scales.ts'
import { formerOperations } from './former-rule.ts'
import { groupNormScales } from './group-norm-scales.ts'

/** The counted operations of a node of a graph (method 6.1). */
export type Counted = (node: Node) => readonly Sized[]

/**
 * By the rule of the built-in families, each operator by itself but for three things that exporters write in ways of their own: what is
 * computed of ids and masks alone is free, as there; so are scales behind a group normalisation, which counts them; and the scale of
 * attention counts with the scores, wherever it is multiplied with.
 */
export function countedOperations(graph: Graph, { ofTexts, rule }: { ofTexts: boolean; rule: CountingRule }): Counted {
  if (rule === 1) return formerOperations
  const links = linksOf(graph)
  const { scales, scaled } = attentionScales(graph, links)
  const free = new Set([...preparations(graph, ofTexts), ...groupNormScales(graph, links), ...scales])
  return (node) => {
    if (free.has(node)) return []
    const own = operators[node.operator]!.operations?.(node) ?? []
    return scaled.has(node) ? [...own, { kind: 'multiply', sizes: { elements: sizeOf(node.outputs[0]!.shape) } }] : own
  }
}

/** Of texts, nodes that look at ids, masks and constants alone; of images every node sees pixels. */
function preparations({ inputs, nodes }: Graph, ofTexts: boolean): Node[] {
  const prepared = new Set<GraphValue>(ofTexts ? inputs.map(({ value }) => value) : [])
  return nodes.filter((node) => {
    const isPrepared = node.inputs.every((value) => !value || value.known !== undefined || prepared.has(value))
    if (isPrepared) for (const output of node.outputs) prepared.add(output)
    return isPrepared
  })
}
