import { relu } from '../layers/activation.ts'
import { sequential } from '../layers/composition.ts'
import { normal, zeros } from '../layers/initialisers.ts'
import type { ForwardContext, Layer, ParameterSpec } from '../layers/layer.ts'
import { linear } from '../layers/linear.ts'
import { inGroup, parameter } from '../layers/parameter.ts'
import { relu as reluOf, tf, type Tensor } from '../tf.ts'
import type { ExitHead, Head, HeadOptions, RunHead } from './head.ts'
import { defaultClassifier } from './default-classifier.ts'

/** Units of a state. All states have theirs in the same order, since one imitator reads the states of several heads. */
const units = { group: 'gpf.state' }

/**
 * Global past-future head (Liao 2021, in the variant of the paper's code; method 2.5). Head i of N has the state
 * `s_i = relu(head(x_i))` of D = gpfDim numbers, and imitates the states of later heads from it: `ŝ_ij = relu(f_j(s_i))`. With
 * `z = s_0 … s_i, ŝ_i,i+1 … ŝ_i,N−1`: `logits = λ ⊙ Σ_{j≤i} (z_j W_j + b_j) + (1 − λ) ⊙ Σ_{j>i} (z_j W_j + b_j)` with
 * `λ = sigmoid(mixer(relu(mean_{j≤i} (z_j V_j + c_j))))`. The f_j, W, b (projection), V, c (gate) and the mixer are the same for all heads.
 */
export const gpf: Head = {
  info: {
    title: 'GPF',
    summary: 'Combines the states of this and all earlier heads with imitations of the later ones.',
    paper: 'Liao et al. 2021, A Global Past-Future Early Exit Method; in the variant of the paper’s code',
  },
  create,
  ownLoss,
}

function create(name: string, options: HeadOptions): ExitHead {
  const { classes, exit, exitCount, sizes } = options
  const [count, dim] = [exitCount - 1, sizes['gpfDim']!]
  const state = stateLayer(`${name}.state`, options, dim)
  const later = Array.from({ length: count - 1 - exit }, (_, index) => imitator(exit + 1 + index, dim))
  const [projection, gate] = ['gpf.projection', 'gpf.gate'].map((each) => perState(each, { count, dim, classes }))
  const mixer = linear('gpf.mixer', { inputShape: [classes], features: classes })
  const shared = [...later.flatMap(({ parameters }) => parameters), ...projection!, ...gate!, ...mixer.parameters]
  return {
    parameters: state.parameters,
    shared: inGroup('gpf', { parameters: shared }).parameters,
    operations: [
      ...state.operations,
      ...later.flatMap(({ operations }) => operations),
      ...mergeOperations({ count, past: exit + 1, dim, classes }, mixer.operations),
    ],
    state: { shape: [dim], units },
    apply(context, input, earlier) {
      const own = state.apply(context, input)
      const imitated = later.map((layer) => layer.apply(context, own))
      const logits = merge(context, { past: [...earlier, own], future: imitated, mixer })
      return { logits, state: own, imitated }
    },
  }
}

/** The default head of the feature with `dim` outputs, and a ReLU. */
function stateLayer(name: string, options: HeadOptions, dim: number): Layer {
  return sequential([defaultClassifier(name, options, { features: dim, units }), relu(name, [dim])])
}

/** f_j */
function imitator(target: number, dim: number): Layer {
  const name = `gpf.imitators.${target}`
  const layer = linear(name, { inputShape: [dim], features: dim, inputUnits: units, outputUnits: units })
  return sequential([layer, relu(name, [dim])])
}

interface Merging {
  /** Number of heads. */
  count: number
  dim: number
  classes: number
}

/** Weight [count, dim, classes] and bias [count, classes] that map each state in a way of its own. */
function perState(name: string, { count, dim, classes }: Merging): ParameterSpec[] {
  const weight = { shape: [count, dim, classes], init: normal(1 / Math.sqrt(dim)), units: [undefined, units] }
  return [parameter(`${name}.weight`, weight), parameter(`${name}.bias`, { shape: [count, classes], init: zeros })]
}

interface States {
  /** s_0 … s_i, [batch, dim] each. */
  past: readonly Tensor[]
  /** ŝ_i,i+1 … ŝ_i,N−1 */
  future: readonly Tensor[]
  mixer: Layer
}

/** [batch, classes] */
function merge(context: ForwardContext, { past, future, mixer }: States): Tensor {
  const project = (states: readonly Tensor[], first: number) =>
    sumOfProjections(context, 'gpf.projection', { states, first })
  const gate = tf.div(sumOfProjections(context, 'gpf.gate', { states: past, first: 0 }), past.length)
  const share = tf.sigmoid(mixer.apply(context, reluOf(gate)))
  const ofPast = tf.mul(share, project(past, 0))
  if (future.length === 0) return ofPast
  return tf.add(ofPast, tf.mul(tf.sub(1, share), project(future, past.length)))
}

/** Σ_j (z_j W_j + b_j) over neighbouring states, of which the first has index `first`. [batch, classes] */
function sumOfProjections(
  context: ForwardContext,
  name: string,
  { states, first }: { states: readonly Tensor[]; first: number },
): Tensor {
  const [weight, bias] = [context.value(`${name}.weight`), context.value(`${name}.bias`)]
  const [, dim, classes] = weight.shape as [number, number, number]
  const chosen = tf.slice(weight, [first, 0, 0], [states.length, dim, classes])
  const joined = states.length === 1 ? states[0]! : tf.concat([...states], 1)
  const offset = tf.sum(tf.slice(bias, [first, 0], [states.length, classes]), 0)
  return tf.add(tf.matMul(joined as never, tf.reshape(chosen, [-1, classes]) as never), offset)
}

type Operations = Layer['operations']

/** Merging as in the paper's code: all states are projected one by one, those up to the head's own are gated; biases, one a state, are added by operations of their own. */
function mergeOperations({ count, past, dim, classes }: Merging & { past: number }, mixing: Operations): Operations {
  const projected = (module: string, states: number): Operations => [
    { module, kind: 'matrix-product', sizes: { matrices: states, rows: 1, inner: dim, columns: classes } },
    { module, kind: 'add', sizes: { elements: states * classes } },
  ]
  const output = { elements: classes }
  const module = 'gpf.mixer'
  return [
    ...projected('gpf.projection', count),
    { module: 'gpf.projection', kind: 'sum', sizes: { elements: count * classes } },
    ...projected('gpf.gate', past),
    { module: 'gpf.gate', kind: 'mean', sizes: { elements: past * classes } },
    { module, kind: 'relu', sizes: {} },
    ...mixing,
    { module, kind: 'sigmoid', sizes: output },
    { module, kind: 'multiply', sizes: output },
    { module, kind: 'subtract', sizes: output },
    { module, kind: 'multiply', sizes: output },
    { module, kind: 'add', sizes: output },
  ]
}

/**
 * How badly the heads in the loss imitate those behind them, which run as well: the mean over these heads i of
 * mean_j (1 − cos(s_j, ŝ_ij)). The states that are imitated are taken as they are. [batch]; null where there is nothing to imitate.
 */
function ownLoss(heads: readonly RunHead[]): Tensor | null {
  const losses = heads.flatMap(({ isWanted, imitated }, index) => {
    const targets = heads.slice(index + 1).map(({ state }) => state!)
    if (!isWanted || targets.length === 0) return []
    return [tf.mean(distance(tf.stack(targets, 1), tf.stack(imitated!.slice(0, targets.length), 1)), 1)]
  })
  return losses.length === 0 ? null : tf.mean(tf.stack(losses), 0)
}

/** 1 − cos over the last axis, with PyTorch's guard against vectors of zeros (cosine_embedding_loss). */
function distance(a: Tensor, b: Tensor): Tensor {
  const product = (x: Tensor, y: Tensor) => tf.sum(tf.mul(x, y), -1)
  const guarded = (x: Tensor) => tf.add(product(x, x), 1e-12)
  return tf.sub(1, tf.div(product(a, b), tf.sqrt(tf.mul(guarded(a), guarded(b)))))
}
