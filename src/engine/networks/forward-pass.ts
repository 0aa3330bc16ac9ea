import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExitHead, Head, HeadEntry, RunHead } from '../heads/head.ts'
import type { Features, ForwardContext } from '../layers/layer.ts'
import { scaleGradient, stopGradient, type Tensor } from '../tf.ts'
import type { Backbone, Exit, ForwardOptions, Network } from './network.ts'

/** A network as its forward pass needs it. */
interface NetworkStages extends Backbone {
  exits: readonly Exit[]
  /** Heads of all exits but the final one. */
  attached: readonly ExitHead[]
  /** The feature of a block that heads read. */
  reads: Network['reads']
  head: Head
  /** As the entry of the heads has it. */
  headsRead: HeadEntry['reads']['tokens']
}

/** One forward pass: its options and the outputs so far. */
interface ForwardPass {
  network: NetworkStages
  context: ForwardContext
  options: ForwardOptions
  /** Exits whose logits are returned. */
  wanted: readonly number[]
  /** Exits whose heads run: those wanted, and those that they read states of. */
  running: ReadonlySet<number>
  /** The last block that runs. */
  lastBlock: number
  logits: (Tensor | null)[]
  ran: RunHead[]
}

/** The forward pass of a network. */
export function forwardOf(network: NetworkStages): Network['forward'] {
  const { stem, classifier, exits, head } = network
  const exitAt = new Map(exits.map(({ exit, block }) => [block, exit]))
  const final = exits.length - 1
  return (context, inputs, options = {}) => {
    const { from, onHeadLoss } = options
    const pass = startPass(network, context, options)
    let features = from ? inputs : stem.apply(context, inputs)
    const firstToken = firstTokenBlock(pass)
    for (let block = from ? from.block + 1 : 0; block <= pass.lastBlock; block++) {
      features = runBlock(pass, { block, features, onFirstToken: block === firstToken })
      const exit = exitAt.get(block)
      if (exit !== undefined && pass.running.has(exit)) features = runHead(pass, exit, features)
    }
    if (pass.wanted.includes(final)) pass.logits[final] = classifier.apply(context, features)['logits']!
    const losses = onHeadLoss && head.ownLoss?.(pass.ran)
    if (losses) onHeadLoss!(losses)
    return pass.logits
  }
}

function startPass(network: NetworkStages, context: ForwardContext, options: ForwardOptions): ForwardPass {
  const { exits, blocks } = network
  const { exits: wanted = exits.map(({ exit }) => exit) } = options
  const deepest = exits[Math.max(...wanted)]
  if (!deepest) {
    const expected = `exits between 0 and ${exits.length - 1}`
    throw new ExitlabError('internal', `forward: expected ${expected}, got [${wanted.join(', ')}]`)
  }
  return {
    network,
    context,
    options,
    wanted,
    running: new Set(wanted.flatMap((exit) => exits[exit]!.runs)),
    lastBlock: deepest.block ?? blocks.length - 1,
    logits: Array<Tensor | null>(exits.length).fill(null),
    ran: [],
  }
}

/**
 * The block from which on only the first token is computed, as heads and classifier behind it read that alone and no later block mixes
 * tokens. −1: none, or all features are reported.
 */
function firstTokenBlock({ network, options, running, lastBlock }: ForwardPass): number {
  if (options.onBlock) return -1
  const { blocks, exits, headsRead, classifierReads } = network
  const mixing = blocks.findLastIndex(({ applyToFirst }, block) => block <= lastBlock && applyToFirst)
  const readsAll = exits.some(({ exit, block }) => {
    if (!running.has(exit) || (block !== null && block < mixing)) return false
    return (block === null ? classifierReads : headsRead) !== 'first'
  })
  return readsAll ? -1 : mixing
}

function runBlock(
  { network, context, options }: ForwardPass,
  { block, features, onFirstToken }: { block: number; features: Features; onFirstToken: boolean },
): Features {
  const layer = network.blocks[block]!
  const outputs = onFirstToken ? layer.applyToFirst!(context, features) : layer.apply(context, features)
  options.onBlock?.(block, outputs)
  return outputs
}

/** Runs the head of an exit on the features of its block. Returns the features that the next block reads. */
function runHead(pass: ForwardPass, exit: number, features: Features): Features {
  const { network, context, options, wanted, ran } = pass
  const isWanted = wanted.includes(exit)
  const deeper = wanted.filter((each) => each > exit).length
  const balances = options.equilibrium && isWanted
  const [read, passed] = balances ? balanced(features, network.reads, deeper) : [features, features]
  const states = [...(options.from?.states ?? []), ...ran.map(({ state }) => state!)]
  const { state, ...output } = network.attached[exit]!.apply(context, read[network.reads]!, states, read)
  if (state) ran.push({ ...output, state: stopGradient(state), isWanted })
  if (state) options.onState?.(exit, state)
  if (isWanted) pass.logits[exit] = output.logits
  return passed
}

/**
 * The features behind an exit as its head and as the next block read them, so that with `deeper` exits behind it in the loss the
 * backbone receives `(g + deeper · G) / (1 + deeper)` of the head's gradient g and the next block's G, which is a mean itself
 * (gradient equilibrium, Li 2019; method 4.1). Only the feature that heads read is scaled.
 */
function balanced(features: Features, reads: string, deeper: number): [read: Features, passed: Features] {
  const read = scaleGradient(features[reads]!, 1 / (1 + deeper))
  return [
    { ...features, [reads]: read },
    { ...features, [reads]: scaleGradient(read, deeper) },
  ]
}
