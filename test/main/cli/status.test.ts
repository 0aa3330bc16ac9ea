import { describe, expect, it } from 'vitest'
import type { SystemInfo, WorkspaceStatus } from '../../../src/contract/system.ts'
import { statusJson } from '../../../src/main/cli/commands/status.ts'
import { exitlab, fakeClient } from './support.ts'

const info: SystemInfo = {
  version: '1',
  workspace: '/w',
  attached: null,
  host: {
    pid: 42,
    startedAt: Date.now(),
    command: 'serve',
    trains: true,
    after: null,
    parallel: 2,
    device: 'cpu',
    executor: 'local',
    depot: null,
    extensions: [],
  },
  device: null,
  disk: { freeBytes: 5e9, checkpointBytes: 1e9, evaluationBytes: 2e8, analysisBytes: 0, tokenBytes: 0 },
}
const run = { id: 'a', name: 'toy-joint-s1' }
const phase = { id: 'p', name: 'all exits', epochs: 2, maxEpochs: 10, imagesPerSecond: 1234, secondsLeftAtMost: 150 }
const now: WorkspaceStatus = {
  runs: { queued: 4, running: 2, paused: 0, stopped: 0, done: 12, failed: 1 },
  trainings: [
    { run, phase },
    { run: { id: 'b', name: 'toy-mixed-s1' }, phase: null },
  ],
  slurm: null,
  external: null,
}

const status = (changes: { info?: Partial<SystemInfo>; now?: Partial<WorkspaceStatus> } = {}, ...args: string[]) =>
  exitlab(['status', ...args], {
    client: fakeClient({
      'system.info': () => ({ ...info, ...changes.info }),
      'system.status': () => ({ ...now, ...changes.now }),
    }),
  })

describe('exitlab status', () => {
  it('prints host, runs by state, phases in training and disk', async () => {
    const { stdout } = await status()
    expect(stdout).toMatch(/^Workspace +\/w\nHost +process 42 since .*; trains 2 runs at once, on this machine\n/)
    expect(stdout).toMatch(/\nRuns +2 training, 4 waiting, 1 failed, 12 done\n/)
    expect(stdout).toMatch(
      /\nTraining +toy-joint-s1 {2}all exits {2}epoch 3\/10 {2}1,234 samples\/s {2}at most 2 min 30 s, until .*\n/,
    )
    expect(stdout).toMatch(/\n +toy-mixed-s1 {2}evaluating\nDisk +1\.2 GB used, 5\.0 GB free\n$/)
  })

  it('says that nothing is trained without a host, and which command starts one', async () => {
    const { stdout } = await status({ info: { host: null }, now: { trainings: [] } })
    expect(stdout).toMatch(/\nHost +not running: .*exitlab run FILE or exitlab serve starts one\n/)
    expect(stdout).not.toContain('Training')
  })

  it('lists jobs of Slurm with states and nodes, and counts those of long arrays', async () => {
    const job = (index: number) => ({
      id: `7_${index}`,
      phase: 'p',
      name: 'all exits',
      run: 'toy-joint-s1',
      ...(index === 0
        ? { state: 'RUNNING', reason: null, node: 'n7' }
        : { state: 'PENDING', reason: 'Dependency', node: null }),
    })
    const jobs = Array.from({ length: 25 }, (_, index) => job(index))
    const { stdout } = await status({ now: { slurm: { jobs, problem: 'squeue failed: no controller' } } })
    expect(stdout).toMatch(/\nSlurm +job 7_0 {2}running on n7 {2}toy-joint-s1, all exits\n/)
    expect(stdout).toContain('job 7_1  pending (Dependency)  toy-joint-s1, all exits\n')
    expect(stdout).toMatch(/\n +and 5 more jobs\n +squeue failed: no controller\n/)
  })

  it('prints who works on the phases that others train', async () => {
    const host = { ...info.host!, executor: 'external' as const, depot: '/nfs/depot' }
    const waited = { name: 'all exits', run: 'toy-joint-s1' }
    const external = [
      { phase: 'p', process: 'process 12 on n7, last active at 12:13', ...waited },
      { phase: 'q', process: null, ...waited },
    ]
    const { stdout } = await status({ info: { host }, now: { external } })
    expect(stdout).toMatch(/\nHost +process 42 since .*; trains by processes that others start in the depot\n/)
    expect(stdout).toMatch(/\nDepot +toy-joint-s1, all exits {2}process 12 on n7, last active at 12:13\n/)
    expect(stdout).toMatch(/\n +toy-joint-s1, all exits {2}no process\n/)
  })

  it('prints the same as JSON', async () => {
    const { stdout } = await status({}, '--json')
    expect(JSON.parse(stdout)).toEqual(statusJson(info, now))
  })
})
