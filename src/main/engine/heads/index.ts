import type { convolutionalHeads, tokenHeads } from '../../../shared/network.ts'
import { convolutional } from './convolutional.ts'
import type { Head } from './head.ts'
import { perceptron } from './perceptron.ts'
import { pooled } from './pooled.ts'

export type { Head, HeadOptions } from './head.ts'

const plain = { divisor: 1, stride: 1, kernel: 3 }
const halving = { divisor: 2, stride: 1, kernel: 3 }
const striding = { divisor: 1, stride: 2, kernel: 3 }

export type HeadName = (typeof convolutionalHeads)[number] | (typeof tokenHeads)[number]

/** Every kind of exit head. */
export const heads = {
  pooled,
  conv: convolutional([{ divisor: 2, stride: 2, kernel: 3 }]),
  conv_2l: convolutional([striding, halving]),
  conv_3l: convolutional([striding, plain, halving]),
  conv_4l: convolutional([halving, plain, striding, halving]),
  conv_5l: convolutional([halving, plain, plain, plain, plain]),
  '1L': perceptron([]),
  '2L-1024': perceptron([1024]),
  '2L-2048': perceptron([2048]),
  '2L-4096': perceptron([4096]),
  '2L-8192': perceptron([8192]),
  '3L-8192': perceptron([8192, 8192]),
  '4L-8192': perceptron([8192, 8192, 8192]),
  '5L-8192': perceptron([8192, 8192, 8192, 8192]),
} satisfies Record<HeadName, Head>
