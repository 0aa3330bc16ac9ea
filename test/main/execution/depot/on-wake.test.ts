import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { onWake } from '../../../../src/main/execution/depot/on-wake.ts'
import { claim } from '../../../../src/main/execution/depot/owner.ts'
import { temporaryFolder, until } from '../../host/support.ts'

const slept = vi.hoisted(() => ({ seconds: 0 }))

vi.mock(import('node:os'), async (original) => {
  const module = await original()
  return { ...module, uptime: () => module.uptime() + slept.seconds }
})

it('an owner that was suspended looks at once whether another process has its folder', async () => {
  const folder = temporaryFolder()
  const owner = await claim(folder, { what: 'The phase', job: null, beatMilliseconds: 600_000 })
  const other = { host: 'node7', pid: 1, job: null, machine: 'another', beat: 0, released: false }
  writeFileSync(join(folder, 'owner-00000002.json'), JSON.stringify(other))
  slept.seconds = 100
  await until(() => owner.lost.aborted)
  expect(owner.lost.reason).toMatchObject({ code: 'conflict' })
  await owner.release()
})

it('calls once for each suspension, not for the time in which the machine runs, and not after its end', () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const woken = vi.fn()
  slept.seconds = 0
  const end = onWake(woken)
  const pass = (seconds: number, ofThem = 0) => {
    slept.seconds += seconds + ofThem
    vi.advanceTimersByTime(1000 * seconds)
  }
  pass(1)
  pass(1)
  expect(woken).not.toHaveBeenCalled()
  pass(1, 60)
  pass(1)
  expect(woken).toHaveBeenCalledTimes(1)
  end()
  pass(1, 60)
  expect(woken).toHaveBeenCalledTimes(1)
})
