import { createRequire } from 'node:module'
import * as tf from '@tensorflow/tfjs-core'

const require = createRequire(import.meta.url)

// The kernels of tfjs-node call two functions of Node's util module that newer versions lack or warn about.
const util = require('node:util') as Record<string, unknown>
util.isNullOrUndefined = (value: unknown) => value === null || value === undefined
util.isArray = Array.isArray

export { tf }
export type Tensor = tf.Tensor
export type TensorRecord = Record<string, Tensor>
