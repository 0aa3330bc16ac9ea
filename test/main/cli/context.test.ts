import { expect, it, onTestFinished } from 'vitest'
import { print, processContext } from '../../../src/main/cli/context.ts'
import { fakeContext } from './support.ts'

it('takes a terminal of unknown size, 0 × 0, for one of the usual size', () => {
  const listeners = [process.stdout, process.stderr].map((stream) => stream.listeners('error'))
  const { stdout } = processContext(() => Promise.reject(new Error('nobody connects')))
  onTestFinished(() => {
    for (const [index, stream] of [process.stdout, process.stderr].entries()) {
      for (const added of stream.listeners('error').filter((each) => !listeners[index]!.includes(each))) {
        stream.off('error', added as () => void)
      }
    }
  })
  const { columns, rows } = process.stdout
  Object.assign(process.stdout, { columns: 0, rows: 0 })
  onTestFinished(() => void Object.assign(process.stdout, { columns, rows }))
  expect([stdout.columns, stdout.rows]).toEqual([80, 24])
  Object.assign(process.stdout, { columns: 33, rows: 5 })
  expect([stdout.columns, stdout.rows]).toEqual([33, 5])
})

it('prints nothing for no lines, and an empty line for one', () => {
  const { context, written } = fakeContext()
  print(context.stderr, [])
  expect(written.stderr).toBe('')
  print(context.stderr, '')
  expect(written.stderr).toBe('\n')
})
