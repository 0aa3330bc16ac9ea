import { appendFileSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { initialSlurm } from '../../../../../src/shared/phases/slurm-settings.ts'
import type { LogLine } from '../../../../../src/shared/runs/runs.ts'
import { openEvents } from '../../../../../src/main/execution/depot/events.ts'
import { claim } from '../../../../../src/main/execution/depot/owner.ts'
import { readSubmission, writeSubmission } from '../../../../../src/main/execution/depot/submission.ts'
import { ExitlabError } from '../../../../../src/shared/basics/error.ts'
import { createEventLog } from '../../../../../src/main/host/queue/events/event-log.ts'
import { createCircuitBreaker } from '../../../../../src/main/host/queue/circuit-breaker.ts'
import { createRecorder } from '../../../../../src/main/host/queue/events/event-recorder.ts'
import { createScheduler } from '../../../../../src/main/host/queue/scheduler.ts'
import { createSlurmExecutor } from '../../../../../src/main/host/queue/slurm/executor.ts'
import { openStore } from '../../../../../src/main/store/open.ts'
import { addExperiment, addRun, temporaryFolder } from '../../../store/support.ts'
import { until } from '../../support.ts'
import { madeSlurm, type MadeSlurm } from './made-slurm.ts'

interface HostOptions {
  slurm?: MadeSlurm
  depot?: string
  /** Phases of each run. */
  runs?: Record<string, string[]>
  patienceMilliseconds?: number
}

/** A host of its own workspace, whose phases are trained by a made-up Slurm. */
function host({
  slurm = madeSlurm(),
  depot = join(temporaryFolder(), 'depot'),
  runs = { r1: ['p1'] },
  patienceMilliseconds = 60_000,
}: HostOptions = {}) {
  const store = openStore(temporaryFolder())
  addExperiment(store)
  for (const [id, phases] of Object.entries(runs)) addRun(store, id, phases)
  const events = createEventLog('test')
  const recorder = createRecorder({ store, events, now: Date.now })
  const lines: LogLine[] = []
  const { log } = recorder
  recorder.log = (line) => (lines.push(line as LogLine), log(line))
  const scheduler = createScheduler({
    ...{ store, recorder, patienceMilliseconds },
    breaker: createCircuitBreaker({ store, whyMoved: () => null, events, recorder }),
    summarise: async () => {},
    parallel: () => 1,
    depot: () => depot,
    executor: (following) =>
      createSlurmExecutor({ ...following, slurm, settings: () => initialSlurm, command: ['train-phase'] }),
    pollMilliseconds: 5,
  })
  onTestFinished(async () => {
    await scheduler.close()
    store.close()
  })
  scheduler.wake()
  return {
    ...{ store, slurm, depot, scheduler, lines },
    folder: (phase: string) => join(depot, phase),
    run: (id: string) => store.runs.get(id)!,
    warnings: () => lines.filter(({ level }) => level === 'warning').map(({ message }) => message),
    /** A few more rounds. */
    rounds: async () => {
      const from = slurm.listings
      await until(() => slurm.listings >= from + 5)
    },
    /** It has submitted jobs for so many phases, in all. */
    submitted: (count: number) =>
      until(() => lines.filter(({ message }) => message.endsWith('was submitted.')).length >= count),
  }
}

const unanswered = (program: string) => {
  throw new ExitlabError('engine', `${program} failed: no answer`)
}

describe('a job that a listing lacks', () => {
  it('lives where the listing is older than the job, as with two hosts', async () => {
    const { slurm, run, rounds, submitted, lines } = host()
    slurm.queue = async () => (slurm.listings++, new Map())
    await submitted(1)
    await rounds()
    expect(run('r1').status).toBe('queued')
    slurm.change('p1', { state: 'RUNNING' })
    await until(() => run('r1').status === 'running')
    await rounds()
    expect(run('r1').status).toBe('running')
    expect(slurm.submitted()).toEqual(['p1'])
    expect(lines.map(({ message }) => message)).toEqual(['Job 39_0 was submitted.'])
  })

  it('lives where only some lines were lost', async () => {
    const { slurm, run, submitted, rounds } = host({ runs: { r1: ['p1'], r2: ['p2'] } })
    await submitted(2)
    for (const phase of ['p1', 'p2']) slurm.change(phase, { state: 'RUNNING' })
    await until(() => run('r1').status === 'running' && run('r2').status === 'running')
    const { queue } = slurm
    slurm.queue = async () => new Map([...(await queue())].slice(1))
    await rounds()
    expect([run('r1').status, run('r2').status]).toEqual(['running', 'running'])
    expect(slurm.submitted()).toHaveLength(2)
  })

  it('lives where the listing cannot be read, which is said once, for all runs', async () => {
    const { slurm, run, warnings, submitted, rounds } = host({ runs: { r1: ['p1'], r2: ['p2'] } })
    await submitted(2)
    slurm.change('p1', { state: 'RUNNING' })
    await until(() => run('r1').status === 'running')
    const { queue } = slurm
    slurm.queue = async () => (slurm.listings++, unanswered('squeue'))
    await rounds()
    expect([run('r1').status, run('r2').status]).toEqual(['running', 'queued'])
    slurm.queue = queue
    await rounds()
    expect(slurm.submitted()).toHaveLength(2)
    expect(warnings()).toEqual([
      'squeue failed: no answer\nIt is tried again. 2 runs are waiting: toy-joint-r1, toy-joint-r2.',
    ])
  })

  it('lives where Slurm cannot say whether it has ended', async () => {
    const { slurm, run, submitted, rounds } = host()
    await submitted(1)
    slurm.change('p1', { state: 'RUNNING' })
    await until(() => run('r1').status === 'running')
    slurm.queue = async () => (slurm.listings++, new Map())
    slurm.job = async () => unanswered('scontrol')
    await rounds()
    expect(run('r1').status).toBe('running')
    expect(slurm.submitted()).toHaveLength(1)
  })

  it('that Slurm has forgotten lives as long as its folder shows a beat', async () => {
    const { slurm, folder, submitted, rounds } = host()
    await submitted(1)
    const owner = await claim(folder('p1'), { what: '', job: '39_0' })
    slurm.forget('p1')
    await rounds()
    await rounds()
    expect(slurm.submitted()).toHaveLength(1)
    await owner.release()
    await submitted(2)
    expect(slurm.submitted()).toEqual(['p1', 'p1'])
  })

  it('that Slurm has forgotten is submitted again once a beat has not come for a while', async () => {
    const { folder, slurm, submitted } = host({ patienceMilliseconds: 100 })
    await submitted(1)
    const beat = { host: 'n7', pid: 1, machine: 'elsewhere', job: '39_0', beat: 4, released: false }
    writeFileSync(join(folder('p1'), 'owner-00000001.json'), JSON.stringify(beat))
    slurm.forget('p1')
    await submitted(2)
  })

  it('that Slurm has forgotten is not given up because of one listing', async () => {
    const { slurm, submitted, rounds } = host()
    await submitted(1)
    const { queue } = slurm
    slurm.job = async () => null
    for (let times = 0; times < 4; times++) {
      slurm.queue = async () => {
        slurm.queue = queue
        return new Map()
      }
      await rounds()
    }
    expect(slurm.submitted()).toHaveLength(1)
  })
})

describe('a job that has ended', () => {
  /** Its output is there, so that it is not believed to have failed for want of the depot. */
  const printed = (depot: string, job: string) => writeFileSync(join(depot, 'logs', `${job}.log`), 'Killed.\n')

  it('before its phase was done is submitted again, without advice to do that; the third time its run fails', async () => {
    const { slurm, depot, run, submitted, warnings } = host()
    for (const job of [39, 40, 41]) {
      await submitted(job - 38)
      printed(depot, `${job}_0`)
      slurm.change('p1', { state: 'FAILED', signal: 9, node: 'n7' })
    }
    await until(() => run('r1').status === 'failed')
    const told = (job: string) =>
      `Job ${job} ended with FAILED, signal 9. The end of ${depot}/logs/${job}.log:\nKilled.`
    expect(warnings()).toEqual(['39_0', '40_0'].map((job) => `${told(job)} It is queued again.`))
    expect(run('r1').error).toBe(told('41_0'))
  })

  it('is told with the last lines of its output, however long that is', async () => {
    const { slurm, depot, run, submitted } = host()
    await submitted(1)
    printed(depot, '39_0')
    const log = join(depot, 'logs', '39_0.log')
    const lines = Array.from({ length: 9 }, (_, line) => `line ${line}`)
    truncateSync(log, 2 ** 30)
    appendFileSync(log, `\n${lines.join('\n')}\n`)
    slurm.change('p1', { state: 'OUT_OF_MEMORY', signal: 9, node: 'n7' })
    await until(() => run('r1').status === 'failed')
    expect(run('r1').error).toContain(`The end of ${log}:\n${lines.slice(1).join('\n')}`)
  })

  it('is told although its output cannot be read', async () => {
    const { slurm, depot, run, submitted } = host()
    await submitted(1)
    const log = join(depot, 'logs', '39_0.log')
    mkdirSync(log)
    slurm.change('p1', { state: 'OUT_OF_MEMORY', signal: 9, node: 'n7' })
    await until(() => run('r1').status === 'failed')
    expect(run('r1').error).toContain(
      `Job 39_0 ended with OUT_OF_MEMORY, signal 9. Its output ${log} is a folder, not a file.`,
    )
  })

  it('because somebody cancelled it fails its run, with advice', async () => {
    const { slurm, run, submitted, warnings } = host()
    await submitted(1)
    slurm.change('p1', { state: 'CANCELLED' })
    await until(() => run('r1').status === 'failed')
    expect(run('r1').error).toBe('Job 39_0 was cancelled outside of this workspace. Retry the run to submit it again.')
    expect(warnings()).toEqual([])
  })

  it('because another host withdrew it is submitted again, without advice to do that', async () => {
    const { slurm, folder, submitted, warnings } = host()
    await submitted(1)
    rmSync(join(folder('p1'), 'submission.json'))
    slurm.change('p1', { state: 'CANCELLED' })
    await submitted(2)
    expect(warnings()).toEqual(['Job 39_0 was cancelled outside of this workspace. It is queued again.'])
  })

  it('leaves the job alone that another host has submitted since', async () => {
    const { slurm, folder, submitted, rounds, warnings } = host()
    await submitted(1)
    const other = {
      state: 'RUNNING',
      reason: 'None',
      node: 'n7',
      name: 'exitlab-other',
      phase: 'p',
      exitCode: 0,
      signal: 0,
    }
    slurm.jobs.set('70_4', other)
    await writeSubmission(folder('p1'), { task: 'exitlab-other_4', job: '70_4', at: 1 })
    slurm.change('p1', { state: 'NODE_FAIL' })
    await rounds()
    expect((await readSubmission(folder('p1')))?.job).toBe('70_4')
    expect(slurm.submitted()).toHaveLength(1)
    expect(warnings()).toEqual([])
  })

  it('whose program is gone fails its run, and says how it gets the one of today', async () => {
    const { slurm, depot, run, submitted } = host()
    await submitted(1)
    writeFileSync(join(depot, 'logs', '39_0.log'), "Error: Cannot find module '/home/you/exitlab/src/cli/index.ts'\n")
    slurm.change('p1', { state: 'FAILED', exitCode: 1, node: 'n7' })
    await until(() => run('r1').status === 'failed')
    expect(run('r1').error).toBe(
      `Job 39_0 ended with FAILED, exit code 1. The end of ${depot}/logs/39_0.log:\n` +
        "Error: Cannot find module '/home/you/exitlab/src/cli/index.ts' It ended before it took the phase. " +
        'If Exitlab was updated or moved after the job was queued, retry the run: it is submitted with the command of today.',
    )
    expect(slurm.submitted()).toHaveLength(1)
  })

  it('and wrote nothing into the depot fails at once: its node does not see the depot', async () => {
    const { slurm, run, depot, submitted } = host()
    await submitted(1)
    slurm.change('p1', { state: 'FAILED', reason: 'JobLaunchFailure', signal: 53, node: 'n7' })
    await until(() => run('r1').status === 'failed')
    expect(run('r1').error).toBe(
      `Job 39_0 ended with FAILED on node n7 and wrote nothing into the depot ${depot}, not even its output: ` +
        'node n7 does not see this folder as this machine does, or may not write there. ' +
        'Set the depot to a folder that this machine and all nodes have under the same path, then retry the run. ' +
        `What a node sees: srun --nodelist=n7 ls -ld ${depot}/logs`,
    )
    expect(slurm.submitted()).toHaveLength(1)
  })

  it('is told with the reason that its training gave', async () => {
    const { slurm, run, folder, submitted } = host()
    await submitted(1)
    const events = openEvents(folder('p1'), Date.now)
    events.append({ type: 'taken', host: 'n7', pid: 1, job: '39_0' })
    events.append({ type: 'failed', code: 'diverged', message: 'The loss is not a number.' })
    events.close()
    slurm.change('p1', { state: 'FAILED', exitCode: 9 })
    await until(() => run('r1').status === 'failed')
    expect(run('r1').error).toBe('The loss is not a number.')
  })
})

describe('a call of sbatch', () => {
  const sixteen = Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`r${index}`, [`p${index}`]]))

  it('that fails is told once, for all runs, and repeated until it succeeds', async () => {
    const { slurm, depot, submitted, warnings, lines, rounds } = host({ runs: sixteen, patienceMilliseconds: 10 })
    const { submit } = slurm
    let calls = 0
    slurm.submit = async () => (calls++, unanswered('sbatch'))
    await until(() => calls >= 4)
    const others = 'toy-joint-r0, toy-joint-r1, toy-joint-r2 and 13 more'
    expect(warnings()).toEqual([`sbatch failed: no answer\nIt is tried again. 16 runs are waiting: ${others}.`])
    expect(lines.filter(({ run }) => run === 'r9').map(({ message, level }) => [level, message])).toEqual([
      ['info', 'Waiting, and trying again: sbatch failed: no answer'],
    ])
    slurm.submit = submit
    await submitted(16)
    await rounds()
    expect(slurm.submitted()).toHaveLength(16)
    expect(warnings()).toHaveLength(1)
    // No script of a call that failed is left.
    expect(readdirSync(join(depot, 'logs'))).toEqual([])
  })

  it('that is not answered may have made a job, which is found by its name', async () => {
    const { slurm, folder, submitted, run, rounds } = host({ patienceMilliseconds: 10 })
    const { submit } = slurm
    slurm.submit = async (...given) => {
      await submit(...given)
      return unanswered('sbatch')
    }
    await submitted(1)
    expect((await readSubmission(folder('p1')))?.job).toBe('39_0')
    slurm.change('p1', { state: 'RUNNING' })
    await until(() => run('r1').status === 'running')
    await rounds()
    expect(slurm.submitted()).toHaveLength(1)
  })

  /** What a host leaves that is killed before sbatch has told it the job. */
  async function intended(): Promise<string> {
    const depot = join(temporaryFolder(), 'depot')
    mkdirSync(join(depot, 'p1'), { recursive: true })
    await writeSubmission(join(depot, 'p1'), { task: 'exitlab-killed_0', job: null, at: 1 })
    return depot
  }

  it('whose host was killed leaves its job to the next host', async () => {
    const slurm = madeSlurm()
    const job = { state: 'RUNNING', reason: 'None', node: 'n7', phase: 'p1', exitCode: 0, signal: 0 }
    slurm.jobs.set('70_0', { ...job, name: 'exitlab-killed' })
    slurm.jobs.set('71_0', { ...job, name: 'exitlab-other' })
    const { run, folder, rounds } = host({ slurm, depot: await intended(), patienceMilliseconds: 10 })
    await until(() => run('r1').status === 'running')
    await rounds()
    expect((await readSubmission(folder('p1')))?.job).toBe('70_0')
    expect(slurm.submitted()).toEqual([])
  })

  it('whose host was killed without a job is repeated, once a job would have shown', async () => {
    const early = host({ depot: await intended() })
    await early.rounds()
    expect(early.slurm.submitted()).toEqual([])
    const late = host({ depot: await intended(), patienceMilliseconds: 10 })
    await late.submitted(1)
    expect((await readSubmission(late.folder('p1')))?.job).toBe('39_0')
  })

  it('tells the jobs of those arrays that were submitted before one failed', async () => {
    const { slurm, lines, submitted, rounds } = host({ runs: { r1: ['p1', 'p2'] } })
    const { submit } = slurm
    slurm.submit = async (...given) => (slurm.submitted().length === 0 ? submit(...given) : unanswered('sbatch'))
    await submitted(1)
    await rounds()
    expect(lines.filter(({ level }) => level === 'info').map(({ message }) => message)).toContain(
      'Job 39_0 was submitted.',
    )
    expect(slurm.submitted()).toEqual(['p1'])
  })
})

describe('a run that is withdrawn', () => {
  it('has its job cancelled, again and again until Slurm has done it', async () => {
    const { slurm, store, scheduler, folder, submitted } = host({ runs: { r1: ['p1'], r2: ['p2'] } })
    await submitted(2)
    const { cancel } = slurm
    let calls = 0
    slurm.cancel = async () => (calls++, unanswered('scancel'))
    store.runs.setStatus('r1', 'paused')
    await scheduler.release(['r1'])
    await until(() => calls >= 3)
    // Another host that needs it follows its job still.
    expect((await readSubmission(folder('p1')))?.job).toBe('39_0')
    slurm.cancel = cancel
    await until(() => slurm.cancelled.length > 0)
    await until(async () => (await readSubmission(folder('p1'))) === null)
    expect(slurm.cancelled).toEqual(['39_0'])
    expect((await readSubmission(folder('p2')))?.job).toBe('39_1')
  })

  it('has a job cancelled that sbatch has not told, once it shows', async () => {
    const { slurm, store, scheduler, folder, rounds } = host()
    const { submit, queue } = slurm
    slurm.submit = async (...given) => {
      await submit(...given)
      return unanswered('sbatch')
    }
    slurm.queue = async () => (slurm.listings++, new Map())
    await until(() => slurm.submitted().length === 1)
    store.runs.setStatus('r1', 'paused')
    await scheduler.release(['r1'])
    await rounds()
    expect(slurm.cancelled).toEqual([])
    slurm.queue = queue
    await until(() => slurm.cancelled.length > 0)
    expect(slurm.cancelled).toEqual(['39_0'])
    await until(async () => (await readSubmission(folder('p1'))) === null)
    await scheduler.idle()
  })

  it('is done with where sbatch has made no job, once one would have shown', async () => {
    const { slurm, store, scheduler, folder } = host({ patienceMilliseconds: 100 })
    slurm.submit = async () => unanswered('sbatch')
    await until(async () => (await readSubmission(folder('p1'))) !== null)
    store.runs.setStatus('r1', 'paused')
    await scheduler.release(['r1'])
    await until(async () => (await readSubmission(folder('p1'))) === null)
    await scheduler.idle()
    expect(slurm.cancelled).toEqual([])
  })

  it('and resumed before its job is cancelled keeps its job', async () => {
    const { slurm, store, scheduler, run, submitted, rounds } = host()
    await submitted(1)
    const { cancel } = slurm
    slurm.cancel = async () => unanswered('scancel')
    store.runs.setStatus('r1', 'paused')
    await scheduler.release(['r1'])
    store.runs.setStatus('r1', 'queued')
    scheduler.wake()
    slurm.change('p1', { state: 'RUNNING' })
    await until(() => run('r1').status === 'running')
    slurm.cancel = cancel
    await rounds()
    expect(slurm.cancelled).toEqual([])
    expect(slurm.submitted()).toHaveLength(1)
  })
})

it('a host closes at once while Slurm does not answer', async () => {
  const slurm = madeSlurm()
  const asked = Promise.withResolvers<void>()
  slurm.queue = (stop) =>
    new Promise((_, reject) => {
      asked.resolve()
      stop!.addEventListener('abort', () => reject(stop!.reason))
    })
  const { scheduler, warnings } = host({ slurm })
  await asked.promise
  await scheduler.close()
  expect(warnings()).toEqual([])
})

it('a store that cannot be read stops the queue for whoever waits for it, instead of another try', async () => {
  const { store, scheduler, warnings } = host()
  store.runs.complete = () => {
    throw new Database.SqliteError('disk I/O error', 'SQLITE_IOERR')
  }
  scheduler.wake()
  await expect(scheduler.idle()).rejects.toMatchObject({ code: 'disk' })
  expect(warnings()).toEqual([])
})
