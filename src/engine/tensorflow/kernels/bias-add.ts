import { attribute, float32 } from '../attribute.ts'
import { defineKernel } from '../kernel.ts'
import { operation } from '../operation.ts'
import type { Tensor } from '../tfjs.ts'
import { sumOfRows } from './row-sums.ts'

/** x + bias along the last axis. x: […, features] of rank 2 or more; bias: [features]. Keeps nothing. */
export function biasAdd(x: Tensor, bias: Tensor): Tensor {
  return kernel([x, bias], {})[0]!
}

const attributes = [float32, attribute.string('data_format', 'NHWC')]

const kernel = defineKernel({
  name: 'BiasAdd',
  inputCount: 2,
  outputCount: 1,
  saves: { inputs: [], outputs: [] },
  forward: ([x, bias]) => [operation('BiasAdd', attributes, [x!, bias!])],
  gradient: ([dy]) => [dy!.clone(), sumOfRows(dy!)],
})
