import { createRegistry } from '../../shared/methods/registry.ts'
import type { StackItem } from './convolutional.ts'
import type { HeadEntry } from './head.ts'

const plain = { divisor: 1, stride: 1, kernel: 3 }
const halving = { divisor: 2, stride: 1, kernel: 3 }
const striding = { divisor: 1, stride: 2, kernel: 3 }

const pooling =
  'adaptive pooling of the map to 4 × 4, `mix · max + (1 − mix) · average`, flattened channel by channel, and `fc`'

const convolutional = (...stack: readonly [StackItem, ...StackItem[]]): HeadEntry => ({
  reads: { feature: 'map' },
  notes: `ReLU and an unpadded 3 × 3 convolution for each of \`convs\`, then ${pooling}.`,
  load: async () => (await import('./convolutional.ts')).convolutional(stack),
})

/** `2L-1024` has two linear layers and 1024 units between them. */
const perceptron = (...hidden: readonly number[]): HeadEntry => ({
  reads: { feature: 'tokens', tokens: 'first' },
  notes: 'linear layers (`fc`, or `fc1`, `fc2`, … with GELU between them) on token 0 of their block as it is.',
  load: async () => (await import('./perceptron.ts')).perceptron(hidden),
})

const cascadeNotes = `a pooled head or, on tokens, a linear layer on token 0 (\`fc\`). From the second head on,
\`cascade.weight\` times \`norm\` of the previous head's logits is added, where \`norm\` is a layer norm with ε 10⁻⁵.`

/** Exit heads for feature maps, the pooled one and those with convolutions before it (method 2.2), for token sequences (2.3), and for either (2.5, 2.6). */
export const heads = createRegistry<HeadEntry>('head', {
  pooled: {
    reads: { feature: 'map' },
    notes: `${pooling}.`,
    load: async () => (await import('./pooled.ts')).pooled,
  },
  conv: convolutional({ divisor: 2, stride: 2, kernel: 3 }),
  conv_2l: convolutional(striding, halving),
  conv_3l: convolutional(striding, plain, halving),
  conv_4l: convolutional(halving, plain, striding, halving),
  conv_5l: convolutional(halving, plain, plain, plain, plain),
  msdnet: {
    reads: { feature: 'map' },
    notes:
      'two 3 × 3 convolutions without bias, with stride 2 and padding 1 (`conv1`, `conv2`), each with batch norm and ReLU, the mean over height and width, and `fc`.',
    load: async () => (await import('./msdnet.ts')).msdnet,
  },
  '1L': { ...perceptron() },
  '2L-1024': perceptron(1024),
  '2L-2048': perceptron(2048),
  '2L-4096': perceptron(4096),
  '2L-8192': perceptron(8192),
  '3L-8192': perceptron(8192, 8192),
  '4L-8192': perceptron(8192, 8192, 8192),
  '5L-8192': perceptron(8192, 8192, 8192, 8192),
  cascade: {
    reads: { feature: 'any', tokens: 'first', states: true },
    notes: cascadeNotes,
    load: async () => (await import('./cascade.ts')).cascade,
  },
  ztw: {
    reads: { feature: 'any', tokens: 'first', states: true },
    ensembleOf: 'cascade',
    notes: `${cascadeNotes} The logits z of an exit are the mean over this and all earlier heads j of
exp(\`ensembles.k.weight\`[j]) · log softmax(z_j), plus \`ensembles.k.bias\`.`,
    load: async () => (await import('./ztw.ts')).ztw,
  },
  gpf: {
    reads: { feature: 'any', tokens: 'first', states: true },
    weighting: 'gpf',
    notes: `\`state\` is a pooled head or, on tokens, a linear layer on token 0, with gpfDim outputs; its ReLU is the state of the head. With the
states z of all heads, in place of those behind this one relu(\`gpf.imitators.j\`(own state)): λ · Σ p_j of this and earlier heads
+ (1 − λ) · Σ p_j of later heads, where p_j = z_j · \`gpf.projection.weight\`[j] + bias[j], and λ is the sigmoid of \`gpf.mixer\` of the ReLU
of the mean of z_j · \`gpf.gate.weight\`[j] + bias[j] over this and earlier heads.`,
    sizes: { gpfDim: { defaultValue: 512, meaning: 'Units of the state of a gpf head.' } },
    load: async () => (await import('./gpf.ts')).gpf,
  },
})

/** Schema of the names of heads that read this feature. */
export const headsFor = (feature: 'map' | 'tokens') =>
  heads.nameOf(({ reads }) => reads.feature === feature || reads.feature === 'any')

/** The head that a head is an ensemble of, whose arrays have the same names in a file; a head itself where it is none. */
export const memberOf = (head: string): string => (heads.has(head) ? heads.get(head).ensembleOf : undefined) ?? head
