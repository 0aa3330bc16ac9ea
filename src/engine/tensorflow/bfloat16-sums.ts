import type { Attribute } from './attribute.ts'
import { attribute } from './attribute.ts'
import { dataType } from './data-types.ts'
import { isOnGpu } from './kernel.ts'
import { openRuntime } from './runtime.ts'

/**
 * Whether TensorFlow's kernels add up bfloat16 numbers in float32, as oneDNN's and a card's do. Its own, which compute where oneDNN
 * has no bfloat16 (without AVX-512) or is switched off, round after each addition: asked of the gradient of a convolution.
 */
export function sumsAreFloat32(): boolean {
  return (answer ??= isOnGpu() || countsFrom1024())
}

let answer: boolean | undefined

/** −1,024 and 1,023 ones are −1; a one that is added to −1,024 in bfloat16 is lost. */
function countsFrom1024(): boolean {
  const { eager } = openRuntime()
  const made: number[] = []
  const keep = (id: number) => (made.push(id), id)
  const factor = (values: Uint16Array) => keep(eager.createTensor([1, 1, 1, 1024], dataType.bfloat16, values))
  const run = (name: string, attributes: Attribute[], inputs: number[]) =>
    keep(eager.executeOp(name, attributes, inputs, 1)[0]!.id)
  try {
    const shape = keep(eager.createTensor([4], dataType.int32, [1, 1, 1, 1]))
    const ones = new Uint16Array(1024).fill(bits.one)
    const inputs = [shape, factor(ones), factor(ones.with(0, bits.minus1024))]
    const sum = run('Cast', conversion, [run('Conv2DBackpropInput', convolution, inputs)])
    return eager.tensorDataSync(sum)[0] === -1
  } finally {
    made.forEach(eager.deleteTensor)
  }
}

/** Of bfloat16. */
const bits = { one: 0x3f80, minus1024: 0xc480 }
const convolution = [
  attribute.type('T', 'bfloat16'),
  attribute.ints('strides', [1, 1, 1, 1]),
  attribute.string('padding', 'VALID'),
]
const conversion = [attribute.type('SrcT', 'bfloat16'), attribute.type('DstT', 'float32')]
