import { describe, expect, test } from 'vitest'
import type { HostMessage, ShellMessage } from '../../../src/shared/window/desktop-link.ts'
import type { HostState } from '../../../src/shared/window/shell.ts'
import type { HostListeners } from '../../../src/main/shell/host-child.ts'
import {
  endMilliseconds,
  restartMilliseconds,
  steadyMilliseconds,
  superviseHost,
} from '../../../src/main/shell/host-supervisor.ts'
import { testClock } from './clock.ts'

/** A supervisor whose hosts do what the test says. */
function supervised() {
  const clock = testClock()
  const states: HostState[] = []
  const messages: HostMessage[] = []
  const hosts: (HostListeners & { told: ShellMessage[]; killed: boolean })[] = []
  const supervisor = superviseHost({
    clock,
    onState: (state) => states.push(state),
    onMessage: (message) => messages.push(message),
    start(listeners) {
      const host = { ...listeners, told: [] as ShellMessage[], killed: false }
      hosts.push(host)
      return { send: (message) => void host.told.push(message), kill: () => void (host.killed = true) }
    },
  })
  const ready = () => hosts.at(-1)!.message({ type: 'ready' })
  const die = (how = 'SIGKILL ended it.') => hosts.at(-1)!.ended(how)
  return { clock, states, messages, hosts, supervisor, ready, die }
}

describe('the host of the desktop', () => {
  test('is started at once, and runs when it reports so', () => {
    const { states, hosts, supervisor, ready } = supervised()
    expect(hosts).toHaveLength(1)
    ready()
    expect(states).toEqual([{ state: 'starting', attempt: 1 }, { state: 'running' }])
    expect(supervisor.state).toEqual({ state: 'running' })
  })

  test('is restarted after a delay that grows with every crash', () => {
    const { clock, hosts, ready, die } = supervised()
    for (const [deaths, wait] of restartMilliseconds.entries()) {
      ready()
      die()
      clock.pass(wait - 1)
      expect(hosts).toHaveLength(deaths + 1)
      clock.pass(1)
      expect(hosts).toHaveLength(deaths + 2)
    }
  })

  test('is given up after one more crash, with the known reason', () => {
    const { clock, states, hosts, die } = supervised()
    for (const wait of restartMilliseconds) {
      die()
      clock.pass(wait)
    }
    die('It ended with exit code 1.\nError: out of luck')
    expect(states.at(-1)).toEqual({
      state: 'failed',
      message: 'The host ended 5 times in a row. It ended with exit code 1.\nError: out of luck',
    })
    clock.pass(3_600_000)
    expect(hosts).toHaveLength(5)
  })

  test('is restarted without limit if it crashes rarely', () => {
    const { clock, states, hosts, ready, die } = supervised()
    for (let death = 0; death < 20; death++) {
      ready()
      clock.pass(steadyMilliseconds)
      die()
      expect(states.at(-1)).toEqual({ state: 'starting', attempt: 2 })
      clock.pass(restartMilliseconds[0])
    }
    expect(hosts).toHaveLength(21)
  })

  test('the time of its start does not count as running', () => {
    const { clock, states, ready, die } = supervised()
    die()
    clock.pass(restartMilliseconds[0])
    clock.pass(steadyMilliseconds)
    ready()
    die()
    expect(states.at(-1)).toEqual({ state: 'starting', attempt: 3 })
  })

  test('is not restarted where it refuses a workspace, and its message is shown', () => {
    const { clock, states, hosts, die } = supervised()
    hosts[0]!.message({ type: 'refused', message: 'The workspace /w is in use by process 7.' })
    die('It ended with exit code 0.')
    expect(states.at(-1)).toEqual({ state: 'failed', message: 'The workspace /w is in use by process 7.' })
    expect(clock.due()).toBe(0)
  })

  test('is restarted on request, whether it was given up or waits', () => {
    const { clock, states, hosts, supervisor, die } = supervised()
    hosts[0]!.message({ type: 'refused', message: 'in use' })
    die()
    supervisor.restart()
    expect(hosts).toHaveLength(2)
    expect(states.at(-1)).toEqual({ state: 'starting', attempt: 1 })
    die()
    supervisor.restart()
    expect(hosts).toHaveLength(3)
    clock.pass(60_000)
    expect(hosts).toHaveLength(3)
  })

  test('is not restarted on request while it runs', () => {
    const { hosts, supervisor, ready } = supervised()
    ready()
    supervisor.restart()
    expect(hosts).toHaveLength(1)
  })

  test('messages of a host that ended are ignored', () => {
    const { clock, states, messages, hosts, die } = supervised()
    const [first] = hosts
    die()
    clock.pass(restartMilliseconds[0])
    first!.message({ type: 'ready' })
    first!.message({ type: 'running', runs: 1 })
    first!.ended('again')
    expect(states.at(-1)).toEqual({ state: 'starting', attempt: 2 })
    expect(messages).toEqual([])
  })

  test('messages are sent to the present host, and dropped while there is none', () => {
    const { clock, hosts, supervisor, die } = supervised()
    supervisor.send({ type: 'open', port: 1 })
    die()
    supervisor.send({ type: 'open', port: 2 })
    clock.pass(restartMilliseconds[0])
    supervisor.send({ type: 'open', port: 3 })
    expect(hosts.map(({ told }) => told)).toEqual([[{ type: 'open', port: 1 }], [{ type: 'open', port: 3 }]])
  })
})

describe('the end of the host', () => {
  test('is requested, awaited, and not taken for a crash', async () => {
    const { clock, states, hosts, supervisor, ready, die } = supervised()
    ready()
    let gone = false
    const ended = supervisor.end().then(() => (gone = true))
    expect(hosts[0]!.told).toEqual([{ type: 'end' }])
    await Promise.resolve()
    expect(gone).toBe(false)
    die('It ended with exit code 0.')
    await ended
    expect(hosts).toHaveLength(1)
    expect(states.at(-1)).toEqual({ state: 'running' })
    expect(clock.due()).toBe(0)
  })

  test('is forced where the host does not end by itself', () => {
    const { clock, hosts, supervisor, ready } = supervised()
    ready()
    void supervisor.end()
    clock.pass(endMilliseconds - 1)
    expect(hosts[0]!.killed).toBe(false)
    clock.pass(1)
    expect(hosts[0]!.killed).toBe(true)
  })

  test('works while a restart of the host is scheduled, and cancels it', async () => {
    const { clock, hosts, supervisor, die } = supervised()
    die()
    await supervisor.end()
    clock.pass(60_000)
    supervisor.restart()
    expect(hosts).toHaveLength(1)
  })
})
