import { describe, expect, test } from 'vitest'
import { quitFlow, quitQuestion } from '../../../src/main/shell/quit.ts'
import { answerMilliseconds, runningCount } from '../../../src/main/shell/running-count.ts'
import { testClock } from './clock.ts'

/** A flow whose host has so many runs in training, and whose user answers when the test says so. */
function flow(running: number | null) {
  const done: string[] = []
  const answer = Promise.withResolvers<boolean>()
  const quit = quitFlow({
    countRunning: async () => running,
    confirm: (runs) => {
      done.push(`ask about ${runs}`)
      return answer.promise
    },
    leaving: () => done.push('leaving'),
    endHost: async () => void done.push('end host'),
    leave: () => done.push('leave'),
  })
  return { quit, done, answer: answer.resolve }
}

describe('quitting', () => {
  test.each([[0], [null]])('asks nothing where %s runs are being trained', async (running) => {
    const { quit, done } = flow(running)
    await quit.request()
    expect(done).toEqual(['leaving', 'end host', 'leave'])
    expect(quit.mayLeave).toBe(true)
  })

  test('asks where something is being trained, and pauses it', async () => {
    const { quit, done, answer } = flow(2)
    const requested = quit.request()
    await quit.request()
    answer(true)
    await requested
    expect(done).toEqual(['ask about 2', 'leaving', 'end host', 'leave'])
  })

  test('continues where the user cancels, and asks again the next time', async () => {
    const { quit, done, answer } = flow(1)
    answer(false)
    await quit.request()
    expect([quit.mayLeave, quit.isLeaving]).toEqual([false, false])
    await quit.request()
    expect(done).toEqual(['ask about 1', 'ask about 1'])
  })

  test('a signal quits without a question, and answers an open one', async () => {
    const { quit, done, answer } = flow(1)
    const requested = quit.request()
    await Promise.resolve()
    await quit.insist()
    answer(false)
    await requested
    expect(done).toEqual(['ask about 1', 'leaving', 'end host', 'leave'])
    await quit.insist()
    await quit.request()
    expect(done).toHaveLength(4)
  })

  test('windows may close only once the host has ended', async () => {
    const ended = Promise.withResolvers<void>()
    const quit = quitFlow({
      countRunning: async () => 0,
      confirm: async () => true,
      leaving: () => {},
      endHost: () => ended.promise,
      leave: () => {},
    })
    const requested = quit.request()
    await new Promise(setImmediate)
    expect([quit.mayLeave, quit.isLeaving]).toEqual([false, true])
    ended.resolve()
    await requested
    expect(quit.mayLeave).toBe(true)
  })

  test('the question gives the number of runs', () => {
    expect(quitQuestion(1).message).toBe('One run is being trained. Pause and quit?')
    expect(quitQuestion(3).message).toBe('3 runs are being trained. Pause and quit?')
  })
})

describe('the number of runs in training', () => {
  test('is the answer of the host', async () => {
    const clock = testClock()
    const count = runningCount((message) => {
      expect(message).toEqual({ type: 'count-running' })
      count.answer(2)
    }, clock)
    expect(await count.ask()).toBe(2)
    expect(clock.due()).toBe(0)
  })

  test('is unknown where the host does not answer in time', async () => {
    const clock = testClock()
    const count = runningCount(() => {}, clock)
    const asked = count.ask()
    clock.pass(answerMilliseconds)
    expect(await asked).toBeNull()
  })
})
