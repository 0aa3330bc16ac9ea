import { tf, type Tensor, type TensorRecord } from '../tf.ts'
import type { SteppedParameter } from './optimiser.ts'

const nameOf = (rate: number) => (rate === 1 ? 'learningRate' : `learningRate.${rate}`)

/** The learning rate of a step as inputs: one for each factor that parameters have. */
export function learningRates(parameters: readonly SteppedParameter[], learningRate: number): TensorRecord {
  const rates = new Set([1, ...parameters.map(({ rate }) => rate)])
  return Object.fromEntries([...rates].map((rate) => [nameOf(rate), tf.scalar(rate * learningRate)]))
}

/** The learning rate of a parameter among the inputs. */
export const learningRateOf = ({ rate }: SteppedParameter, scalars: TensorRecord): Tensor => scalars[nameOf(rate)]!
