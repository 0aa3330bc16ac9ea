import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { watch } from '../../../../src/main/execution/trainer-pool/watchdog.ts'
import { temporaryFolder } from '../../host/support.ts'

afterEach(() => vi.useRealTimers())

function watched() {
  vi.useFakeTimers()
  const ping = vi.fn()
  const onSilence = vi.fn()
  const watchdog = watch({ pingMilliseconds: 1000, unansweredPings: 3 }, { ping, onSilence })
  return { ping, onSilence, watchdog }
}

test('reports a process after a number of unanswered pings, not before', () => {
  const { ping, onSilence } = watched()
  vi.advanceTimersByTime(3000)
  expect(ping.mock.calls).toEqual([[1], [2], [3]])
  expect(onSilence).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1000)
  expect(onSilence).toHaveBeenCalledOnce()
})

test('every answer restarts the count', () => {
  const { onSilence, watchdog } = watched()
  for (let round = 0; round < 4; round++) {
    vi.advanceTimersByTime(3000)
    watchdog.heard()
  }
  expect(onSilence).not.toHaveBeenCalled()
})

test.skipIf(process.platform === 'win32')(
  'a host that was suspended with its trainer for longer than its patience finds it alive',
  async () => {
    const entry = fileURLToPath(new URL('../../../support/watched-trainer.ts', import.meta.url))
    const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, temporaryFolder()], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    onTestFinished(() => void host.kill('SIGKILL'))
    const answers = createInterface(host.stdout)[Symbol.asyncIterator]()
    const ask = async () => {
      host.stdin.write('\n')
      return JSON.parse((await answers.next()).value as string) as { type: string; trainer: number }
    }
    const first = await ask()
    for (const pid of [host.pid!, first.trainer]) process.kill(pid, 'SIGSTOP')
    await setTimeout(2500)
    for (const pid of [first.trainer, host.pid!]) process.kill(pid, 'SIGCONT')
    // The watchdog's next look is behind it once it has pinged again.
    await setTimeout(200)
    expect(await ask()).toEqual(first)
    host.stdin.end()
    await once(host, 'exit')
  },
)
