import { sequential } from '../layers/composition.ts'
import { firstToken } from '../layers/embedding.ts'
import type { Layer } from '../layers/layer.ts'
import { linear } from '../layers/linear.ts'
import type { HeadOptions } from './head.ts'
import { pooledClassifier, type ClassifierOutput } from './pooled.ts'

/** The body of heads that take either feature: of a map that of the pooled head, of tokens a linear layer on the first one; `<name>.fc`. */
export function defaultClassifier(
  name: string,
  { input, feature }: Pick<HeadOptions, 'input' | 'feature'>,
  output: ClassifierOutput,
): Layer {
  if (feature === 'map') return pooledClassifier(name, input, output)
  const { units: outputUnits, ...sizes } = output
  const token = firstToken(name, input.shape)
  const options = { inputShape: token.outputShape, inputUnits: input.units, outputUnits, ...sizes }
  return sequential([token, linear(`${name}.fc`, options)])
}
