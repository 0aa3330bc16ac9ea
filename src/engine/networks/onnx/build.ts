import { presentCounting, type CountingRule } from '../../../shared/evaluation/counting.ts'
import type { Block, Features } from '../../layers/layer.ts'
import type { Operation } from '../../layers/operations.ts'
import { tf, type Tensor } from '../../tf.ts'
import type { Backbone } from '../network.ts'
import { partsOf, type Parts } from './building/parts.ts'
import { portOf } from './building/ports.ts'
import { stageRunner, type Running } from './building/run-stage.ts'
import { countedOperations, type Counted } from './counting/counted-operations.ts'
import type { OnnxSpec } from './schema.ts'
import type { Stage } from './sites/stages.ts'

/** The backbone of an ONNX file: a block runs the nodes up to its site over a table of values. */
export function build(spec: OnnxSpec, rule: CountingRule = presentCounting): Backbone {
  const parts = partsOf(spec)
  const counted = countedOperations(parts.graph, { ofTexts: spec.takes === 'text', rule })
  const described = (stage: Stage, groupOf: (array: string) => string) =>
    describedStage(parts, { stage, groupOf, counted })
  const { stem, blocks, tail } = parts.stages
  const ports = [portOf(parts, stem, null), ...blocks.map((block, index) => portOf(parts, block, index))]
  const { output } = parts.graph
  const runStem = stageRunner(parts, stem)
  const runBlocks = blocks.map((block) => stageRunner(parts, block))
  const runTail = stageRunner(parts, tail, [output])
  return {
    stem: {
      ...described(stem, () => 'stem'),
      outputs: ports[0]!.outputs,
      apply: (context, inputs) => ports[0]!.give(runStem({ context, given: givenInputs(parts, inputs) })),
    },
    blocks: blocks.map((block, index) => ({
      ...described(block, () => `blocks.${index}`),
      outputs: ports[index + 1]!.outputs,
      apply: (context, features) =>
        ports[index + 1]!.give(runBlocks[index]!({ context, given: ports[index]!.take(features) })),
    })),
    classifier: {
      ...described(tail, closingGroup(parts)),
      outputs: { logits: { shape: [spec.classes] } },
      apply: (context, features) => ({
        logits: runTail({ context, given: ports.at(-1)!.take(features) }).get(output, 'plain'),
      }),
    },
    ...inexact(parts),
  }
}

/** The inputs of a network as its graph takes them. */
function givenInputs({ spec, graph: { inputs } }: Parts, given: Features): Running['given'] {
  if (spec.takes !== 'text') return [[inputs[0]!.value, repeated(given['images']!, spec.repeat), 'map']]
  return inputs.map(({ name, value }) => [
    value,
    tf.cast(lengthened(given[name]!, spec.maxLength), value.type),
    'plain',
  ])
}

const repeated = (images: Tensor, times = 1) => (times === 1 ? images : tf.concat(Array<Tensor>(times).fill(images), 3))

/** The graph is of one length: shorter texts are padded to it. */
function lengthened(tokens: Tensor, length: number): Tensor {
  const missing = length - tokens.shape[1]!
  return missing === 0 ? tokens : tf.pad(tokens, [[0, 0], [0, missing]]) // prettier-ignore
}

interface StageToDescribe {
  stage: Stage
  /** The group of an array. */
  groupOf: (array: string) => string
  counted: Counted
}

function describedStage(
  { parameters }: Parts,
  { stage: { nodes, arrays }, groupOf, counted }: StageToDescribe,
): Pick<Block, 'parameters' | 'operations'> {
  const operations = nodes.flatMap((node) =>
    counted(node).map((each) => ({ module: node.module || node.operator, ...each }) as Operation),
  )
  return { parameters: arrays.map((name) => ({ ...parameters.get(name)!, group: groupOf(name) })), operations }
}

/** What the last product and all behind it read is the classifier, the rest of the tail belongs to the backbone. */
function closingGroup({ stages: { tail } }: Parts): (array: string) => string {
  const behind = tail.nodes.slice(tail.nodes.indexOf(tail.closing!))
  const own = new Set(behind.flatMap(({ inputs }) => inputs.map((value) => value?.array)))
  return (array) => (own.has(array) ? 'classifier' : 'tail')
}

/** Gradient equilibrium scales the feature that heads read, which must be all that is handed on. */
function inexact({ spec, stages }: Parts): Pick<Backbone, 'noEquilibrium'> {
  if (spec.feature === 'mean token') return { noEquilibrium: 'heads read the mean of all tokens' }
  const parted = stages.blocks.find(({ site }) => site.live.length > 1)
  return parted
    ? {
        noEquilibrium: `behind ${parted.site.module} several values are handed on, of which heads read the concatenation`,
      }
    : {}
}
