import { expect, test } from 'vitest'
import { failureOf } from '../../../src/shared/basics/error.ts'

const thrown = (stack: string) => Object.assign(new Error('bad step'), { stack })

test('a failure of an extension names its file and line, the nearest one of the stack', () => {
  const address = `exitlab-extension:///${'a'.repeat(64)}`
  const stack = `Error: bad step\n    at tf (/e/src/tf.ts:9:1)\n    at step (${address}/methods/loss.ts:21:40)\n    at ${address}/main.ts:3:1`
  expect(failureOf(thrown(stack))).toEqual({
    ...{ type: 'failed', code: 'internal', stack },
    message: 'An extension failed (methods/loss.ts, line 21): bad step',
  })
})

test('another failure that nobody expected is called so', () => {
  expect(failureOf(thrown('Error: bad step\n    at /e/src/tf.ts:9:1')).message).toBe('Unexpected error: bad step')
  expect(failureOf('odd').message).toBe('Unexpected error: odd')
})
