import { settingRefused } from '../../shared/basics/error.ts'
import { fanInUniform } from '../layers/initialisers.ts'
import { layerNorm } from '../layers/normalisation.ts'
import { parameter } from '../layers/parameter.ts'
import { tf, type Tensor } from '../tf.ts'
import { layerHead, type ExitHead, type Head, type HeadOptions } from './head.ts'
import { defaultClassifier } from './default-classifier.ts'

/**
 * Cascade connections of Zero Time Waste (Wołczyk 2021; method 2.6): the last linear layer of a head also reads the layer norm of
 * the previous head's logits, which are constants to it. Its columns for these are an array of their own, `cascade.weight`:
 * `logits = fc(features) + V·norm(previous logits)`. The first head is the default one.
 */
export const cascade: Head = {
  info: {
    title: 'ZTW cascade',
    summary:
      'The default head of the feature, whose linear layer also reads the previous head’s logits after layer norm.',
    paper: 'Wołczyk et al. 2021, Zero Time Waste, section 3.1',
  },
  create: cascadeHead,
}

/** The body of the head, whose state is its logits. */
export function cascadeHead(name: string, options: HeadOptions): ExitHead {
  const { classes, exit } = options
  if (classes < 2) throw withoutClasses()
  const state = { shape: [classes] }
  if (exit === 0) {
    const first = layerHead(defaultClassifier(name, options, { features: classes }))
    return { ...first, state, apply: (...of) => withState(first.apply(...of).logits) }
  }
  const body = defaultClassifier(name, options, { features: classes, otherInputs: classes })
  const norm = layerNorm(`${name}.norm`, [classes], { epsilon: 1e-5 })
  const [, inputs] = body.parameters.find((each) => each.name === `${name}.fc.weight`)!.shape as [number, number]
  const init = fanInUniform(inputs + classes)
  const weight = parameter(`${name}.cascade.weight`, { shape: [classes, classes], init })
  return {
    parameters: [...body.parameters, ...norm.parameters, weight],
    operations: [
      ...body.operations,
      ...norm.operations,
      { module: `${name}.cascade`, kind: 'linear', sizes: { rows: 1, inputs: classes, features: classes } },
    ],
    state,
    apply(context, input, earlier) {
      const previous = norm.apply(context, earlier.at(-1)!)
      const passedOn = tf.matMul(previous as never, context.value(weight.name) as never, false, true)
      return withState(tf.add(body.apply(context, input), passedOn))
    },
  }
}

const withState = (logits: Tensor) => ({ logits, state: logits })

function withoutClasses() {
  return settingRefused(
    ['network', 'head'],
    'cascade and ztw pass the logits of classes from head to head, and a regression has no classes; choose a head that reads features alone, or gpf',
  )
}
