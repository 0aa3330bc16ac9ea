import { describe, expect, it, vi } from 'vitest'
import { attribute } from '../../../src/engine/tensorflow/attribute.ts'
import { operation } from '../../../src/engine/tensorflow/operation.ts'
import type { Tensor } from '../../../src/engine/tf.ts'
import { tf, traced } from '../../../src/engine/tf.ts'
import { tensorFlow } from '../../support/tensorflow.ts'

// TensorFlow logs its whole allocator where memory does not suffice.
vi.hoisted(() => (process.env.TF_CPP_MIN_LOG_LEVEL = '3'))

const engineError = (message: RegExp, code = 'engine') =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string })

/** 256 TiB of zeros, more than a process can address. TensorFlow waits ten seconds for someone to free that much. */
const tooLarge = (zero: Tensor) =>
  operation(
    'Fill',
    [attribute.type('T', 'float32'), attribute.type('index_type', 'int32')],
    [tf.tensor1d([2 ** 23, 2 ** 23], 'int32'), zero],
  )
const unknown = (x: Tensor) => operation('NoSuchOperation', [], [x])
const misused = (x: Tensor) => operation('MatMul', [attribute.type('T', 'float32')], [x])

const outOfMemory = /OOM when allocating.*\(RESOURCE_EXHAUSTED\)\.$/s

describe('a refusal of TensorFlow is an engine error that says', () => {
  it.each([
    ['which operation there is not', unknown, /^TensorFlow, making operation NoSuchOperation: .*NoSuchOperation.*\(/s],
    ['which operation was misused', misused, /^TensorFlow, .*MatMul.*\(INVALID_ARGUMENT\)\./s],
  ])('%s', (_, run, message) => {
    const handles = tensorFlow.liveHandles()
    const x = tf.scalar(0)
    expect(() => tf.tidy(() => run(x))).toThrow(engineError(message))
    x.dispose()
    expect(tensorFlow.liveHandles()).toBe(handles)
  })

  it.each([
    ['that memory does not suffice, in a traced function', tooLarge, outOfMemory, 'memory'],
    ['which operation there is not, in a traced function', unknown, /^TensorFlow, tracing NoSuchOperation: .*\(/s],
    ['which operation was misused, in a traced function', misused, /^TensorFlow, tracing MatMul: .*INVALID_ARGUMENT/s],
  ])('%s', async (_, body, message, code?: string) => {
    const fn = traced('refused', ({ x }) => ({ y: body(x!) }))
    const handles = tensorFlow.liveHandles()
    const x = tf.scalar(0)
    await expect(fn.run({ x })).rejects.toThrow(engineError(message, code))
    x.dispose()
    fn.dispose()
    expect(tensorFlow.liveHandles()).toBe(handles)
  })
})
