import type { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import type { ExitlabError } from '../../../../src/shared/basics/error.ts'
import { createThreads, type TimeLimit } from '../../../../src/main/execution/threads/threads.ts'
import type { Trial } from './trying-worker.ts'

/** One thread, so that what follows an ended piece of work needs another one. */
function threadsWith(limit: Partial<TimeLimit<Trial>> = {}) {
  const threads = createThreads<Trial, string>(new URL('./trying-worker.ts', import.meta.url), 1, {
    ms: 600_000,
    exceeded: (trial, at) => new Error(`${trial} too late at ${at}`),
    ...limit,
  })
  onTestFinished(() => threads.close())
  return threads
}

const nextThread = (event: 'online' | 'exit') =>
  new Promise((resolve) => process.once('worker', (worker) => worker.once(event, resolve)))

test('work without end is ended at its time limit, which says where it was, and the next work is done', async () => {
  const threads = threadsWith({ ms: 4000 })
  await expect(threads.run('spin')).rejects.toThrow('spin too late at file of spin')
  await expect(threads.run('answer')).resolves.toBe('an answer')
})

test('work is ended when its signal is aborted, and other work goes on meanwhile', async () => {
  const begun = nextThread('online')
  const threads = threadsWith()
  const abort = new AbortController()
  const spinning = threads.run('spin', { signal: abort.signal })
  const waiting = threads.run('answer')
  await begun
  abort.abort(new Error('no longer wanted'))
  await expect(spinning).rejects.toThrow('no longer wanted')
  await expect(waiting).resolves.toBe('an answer')
})

test('a thread that ends before it answers is an error of its work', async () => {
  const threads = threadsWith()
  await expect(threads.run('exit')).rejects.toThrow('A thread ended before it answered.')
  await expect(threads.run('answer')).resolves.toBe('an answer')
})

test('a thread that fails after it has answered fails no further work', async () => {
  const ended = nextThread('exit')
  const threads = threadsWith()
  await expect(threads.run('answer and fail')).resolves.toBe('an answer')
  await ended
  await expect(threads.run('answer')).resolves.toBe('an answer')
})

test('the error of a thread that overtakes its answer does not replace it', async () => {
  process.once('worker', (worker) => worker.once('message', () => worker.emit('error', new Error('too early'))))
  await expect(threadsWith().run('answer')).resolves.toBe('an answer')
})

test('a thread whose end arrives with its answer gets no further work', async () => {
  process.once('worker', (worker) =>
    worker.on('message', (said: object) => {
      if ('answer' in said) worker.emit('exit', 1)
    }),
  )
  const threads = threadsWith()
  await expect(threads.run('answer')).resolves.toBe('an answer')
  const another = nextThread('online')
  await expect(threads.run('answer')).resolves.toBe('an answer')
  await another
})

test('work that is done leaves no listeners on its thread', async () => {
  const started = new Promise<Worker>((resolve) => process.once('worker', resolve))
  const threads = threadsWith()
  await threads.run('answer')
  const thread = await started
  const listeners = () => ['message', 'error', 'exit'].map((event) => thread.listenerCount(event))
  const before = listeners()
  await threads.run('answer')
  expect(listeners()).toEqual(before)
})

test('a refusal keeps its code and its fields', async () => {
  const error = (await threadsWith()
    .run('refuse')
    .catch((each: unknown) => each)) as ExitlabError
  expect([error.name, error.code, error.message, error.fields]).toEqual(['ExitlabError', 'data', 'refused', { command: ['import'] }]) // prettier-ignore
})
