import Database from 'better-sqlite3'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { CircuitBreaker } from '../../../../../src/main/host/queue/circuit-breaker.ts'
import { createPollRounds } from '../../../../../src/main/host/queue/depot/poll-rounds.ts'
import { ExitlabError } from '../../../../../src/shared/basics/error.ts'

/** Rounds of which the first ends with this error, and what they tell. */
function roundsAfter(error: Error) {
  let reason: { error: unknown } | null = null
  const breaker = { reason: () => reason, begin: (failure: unknown) => void (reason = { error: failure }) }
  const work = vi.fn(async () => {}).mockRejectedValueOnce(error)
  const complain = vi.fn()
  const rounds = createPollRounds({
    ...{ breaker: breaker as CircuitBreaker, pollMilliseconds: 1, ending: new AbortController(), work, complain },
    isDone: () => work.mock.calls.length > 1,
  })
  onTestFinished(() => rounds.close())
  rounds.wake()
  return { rounds, work, complain }
}

test('what the depot or Slurm refuses is told, and tried again', async () => {
  const { rounds, work, complain } = roundsAfter(new ExitlabError('disk', 'The depot /nfs/depot is gone.'))
  await expect(rounds.idle()).resolves.toBeUndefined()
  expect(work).toHaveBeenCalledTimes(2)
  expect(complain.mock.calls).toEqual([['The depot /nfs/depot is gone.']])
})

test('a store that fails stops the rounds, and fails who waits for their end', async () => {
  const { rounds, work, complain } = roundsAfter(new Database.SqliteError('disk I/O error', 'SQLITE_IOERR'))
  await expect(rounds.idle()).rejects.toThrow('disk I/O error')
  expect(work).toHaveBeenCalledOnce()
  expect(complain).not.toHaveBeenCalled()
})
