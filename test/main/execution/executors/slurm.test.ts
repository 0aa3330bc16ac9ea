import { execFileSync, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { RunSummary } from '../../../../src/shared/runs/runs.ts'
import { experimentFile } from '../../../../src/contract/experiment/experiment.ts'
import { initialSlurm, type SlurmSettings } from '../../../../src/shared/phases/slurm-settings.ts'
import { phaseIds } from '../../../../src/main/execution/depot/depot.ts'
import { readEvents } from '../../../../src/main/execution/depot/events.ts'
import { readSubmission } from '../../../../src/main/execution/depot/submission.ts'
import { commandLine } from '../../../../src/main/cli/entry.ts'
import { openHost, type Host, type HostOptions } from '../../../../src/main/host/open/index.ts'
import { threadsOfEach } from '../../../../src/main/execution/trainer-pool/runs-at-once.ts'
import { bench, experiment, temporaryFolder, until, untilStatus } from '../../host/support.ts'
import type { FakeScript } from '../../../support/fake-trainer/script.ts'
import { clusterSettings, oneProcessor } from '../../../support/cluster-settings.ts'
import { mountSmallDisk } from '../../../support/small-disk.ts'
import { onnxPath } from '../../../support/onnx-fixtures.ts'
import { startSlurm, type TestSlurm } from '../../../support/slurm.ts'
import { writeTinyData } from '../../trainer/support/tiny-data.ts'

let slurm: TestSlurm | string
beforeAll(async () => {
  slurm = await startSlurm()
  if (typeof slurm !== 'string') process.env.SLURM_CONF = join(slurm.folder, 'slurm.conf')
})
afterAll(async () => {
  delete process.env.SLURM_CONF
  if (typeof slurm !== 'string') await slurm.stop()
})
beforeEach(({ skip }) => {
  if (typeof slurm === 'string') skip(slurm)
})

const call: TestSlurm['call'] = (...args) => (slurm as TestSlurm).call(...args)
const hostProcess = fileURLToPath(new URL('../../../support/cluster-host-process.ts', import.meta.url))
const small = experiment({ seeds: [1] })

const tinyMatrix = experimentFile.parse({
  name: 'tiny',
  data: { source: 'mnist', validation: { fraction: 0.2 } },
  network: { family: 'resnet', blockCounts: [1, 1], widths: [2, 4], exits: [0], head: 'pooled' },
  regimes: ['disjoint', 'mixed'],
  training: { epochs: 2, batchSize: 32 },
})

interface ClusterOptions {
  depot?: string
  settings?: Partial<SlurmSettings>
}

/** A workspace whose phases are trained by jobs, with the fake trainer. */
function cluster(
  script: Partial<FakeScript> = {},
  { depot = join(temporaryFolder(), 'depot'), settings }: ClusterOptions = {},
) {
  const made = bench(script)
  return {
    ...made,
    depot,
    async open(environment: NodeJS.ProcessEnv = {}): Promise<Host> {
      const host = await made.open({ ...clusterSettings(made.fakeFolder), environment })
      await host.client.system.configure({ depot, slurm: { ...oneProcessor, ...settings } })
      return host
    },
  }
}

/** What the runs of an experiment come to: weights, outputs and metrics of every epoch. */
async function results({ client }: Host) {
  const runs = await client.runs.list({})
  return Promise.all(
    runs.map(async ({ id, name, status, error }) => {
      const { phases, evaluation } = await client.runs.show({ run: id })
      const epochs = await Promise.all(phases.map(({ id: phase }) => client.runs.epochs({ phase })))
      return {
        name,
        status,
        error,
        evaluation: evaluation?.sha256,
        weights: phases.map(({ checkpoint }) => checkpoint?.sha256),
        metrics: epochs.map(({ metrics }) => metrics),
      }
    }),
  )
}

async function trainedLocally(what: ReturnType<typeof experiment>) {
  const host = await bench().open()
  await host.client.experiments.create(what)
  await host.idle()
  return results(host)
}

let alone: Awaited<ReturnType<typeof trainedLocally>> | undefined
const smallLocally = async () => (alone ??= await trainedLocally(small))

/** Nothing was lost, and nothing differs from a local training. */
async function expectSame(host: Host, expected: Awaited<ReturnType<typeof results>>): Promise<void> {
  const found = await results(host)
  expect(found.map(({ name, status, error }) => [name, status, error])).toEqual(
    expected.map(({ name, status, error }) => [name, status, error]),
  )
  expect(found).toEqual(expected)
}

/** Evaluations of which comparisons need no file. */
function keptSummaries(workspace: string): unknown {
  const database = new Database(join(workspace, 'exitlab.db'), { readonly: true })
  onTestFinished(() => void database.close())
  return database.prepare('SELECT count(*) FROM evaluation_summaries').pluck().get()
}

const trainedIn = (journal: readonly string[]) => journal.filter((line) => line.startsWith('trained')).length

/** The job of the first phase that is begun, and its folder. */
async function begun(depot: string): Promise<{ folder: string; job: string; pid: number }> {
  return until(async () => {
    for (const id of existsSync(depot) ? await phaseIds(depot) : []) {
      const folder = join(depot, id)
      const { events } = await readEvents(folder)
      const taken = events.findLast(({ type }) => type === 'taken')
      if (taken?.type !== 'taken' || taken.job === null || !events.some(({ type }) => type === 'epoch')) continue
      return { folder, job: taken.job, pid: taken.pid }
    }
    return null
  })
}

/** Scripts that are called instead of programs of Slurm, which they find as `$real`. */
function insteadOf(programs: Record<string, string>): { PATH: string } {
  const folder = temporaryFolder()
  for (const [name, script] of Object.entries(programs)) {
    const real = execFileSync('sh', ['-c', `command -v ${name}`])
    writeFileSync(join(folder, name), `#!/bin/bash\nreal=${real.toString().trim()}\n${script}\n`, { mode: 0o755 })
  }
  return { PATH: `${folder}:${process.env.PATH}` }
}

/** The jobs that a host says it has submitted. */
async function submittedBy({ client }: Host): Promise<string[]> {
  const runs = await client.runs.list({})
  const logs = await Promise.all(runs.map(({ id }) => client.runs.log({ run: id, after: 0 })))
  return [...new Set(logs.flat().flatMap(({ message }) => /^Job (\S+) was submitted/.exec(message)?.[1] ?? []))]
}

/** Jobs in the queue of Slurm. */
const queued = () => call('squeue', '--noheader', '--array', '--format=%F_%K').trim().split('\n').sort()

async function anyFailed(client: HostClient): Promise<RunSummary | undefined> {
  return (await client.runs.list({})).find(({ status }) => status === 'failed')
}

/**
 * Starts what Slurm puts off for two minutes after a requeue, with time enough to end. Not in the same second: a node refuses it as
 * long as it remembers that the job's credential was revoked.
 */
async function startSoon(job: string): Promise<void> {
  await until(() => call('squeue', '--noheader', '--format=%r', '--jobs', job).trim() === 'BeginTime')
  call('scontrol', 'update', `jobid=${job}`, 'timelimit=60', 'starttime=now+3')
}

describe('jobs of Slurm', () => {
  /** Hosts with the real trainer: a local one that has trained an experiment, and one that submits. */
  async function realHosts(what: ReturnType<typeof experiment>) {
    const open = async (options: Partial<HostOptions>) => {
      const host = await openHost({ workspace: temporaryFolder(), ...options })
      onTestFinished(() => host.close())
      return host
    }
    // With as many threads as the jobs.
    const local = await open({ parallel: 1 })
    await local.client.experiments.create(what)
    await local.idle()
    const host = await open({ executor: 'slurm', commandLine, pollMilliseconds: 300 })
    const [depot, cpus] = [join(temporaryFolder(), 'depot'), threadsOfEach(1)]
    await host.client.system.configure({ depot, slurm: { ...initialSlurm, cpus } })
    return { local, host, depot }
  }

  async function tinyExperiment(changes: Partial<typeof tinyMatrix> = {}) {
    const images = join(temporaryFolder(), 'images')
    await writeTinyData(images)
    return experiment({ ...tinyMatrix, data: { ...tinyMatrix.data, path: images }, ...changes })
  }

  it('train with the real trainer to the same bits as a local training', async () => {
    const what = await tinyExperiment()
    const { local, host } = await realHosts(what)
    await host.client.experiments.create(what)
    await host.idle()
    await expectSame(host, await results(local))
  })

  it('train a network of a file that only the depot has any more', async () => {
    const file = join(temporaryFolder(), 'own.onnx')
    copyFileSync(onnxPath('convnext'), file)
    const what = await tinyExperiment({ network: { family: 'onnx', file, start: 'file', exits: 'all' } as never })
    const { local, host, depot } = await realHosts(what)
    await host.client.experiments.create(what)
    await until(() => existsSync(join(depot, 'weights', hash('sha256', readFileSync(onnxPath('convnext'))))))
    rmSync(file)
    await host.idle()
    await expectSame(host, await results(local))
  })

  it('train a matrix of 16 phases in arrays, each once, with the bits of a local training', async () => {
    const matrix = experiment({ seeds: [1, 2, 3, 4] })
    const made = cluster()
    const host = await made.open()
    await host.client.experiments.create(matrix)
    await host.idle()
    await expectSame(host, await trainedLocally(matrix))
    expect(trainedIn(made.journal())).toBe(16)
    expect(keptSummaries(made.workspace)).toBe(12)
  })

  it('continue when the host ends, and the next host takes their results', async () => {
    const made = cluster({ holdAtStep: 4 })
    const first = await made.open()
    await first.client.experiments.create(small)
    const { job } = await begun(made.depot)
    const [running] = await until(async () => {
      const runs = (await first.client.runs.list({})).filter(({ status, latest }) => status === 'running' && latest)
      return runs.length > 0 && runs
    })
    expect(running!.latest!.epoch).toBe(1)
    await first.close()
    made.script({})
    await until(() => !call('squeue', '--noheader', '--array', '--format=%F_%K').includes(`${job}\n`))
    const second = await made.open()
    await second.idle()
    await expectSame(second, await smallLocally())
    expect(trainedIn(made.journal())).toBe(4)
  })

  it.each([
    ['while they run', false],
    ['after their end', true],
  ])('continue when the host is killed, and the next host, %s, takes their results', async (_, ended) => {
    const made = cluster({ holdAtStep: 4 })
    const options = ['--disable-warning=ExperimentalWarning', hostProcess, made.workspace, made.fakeFolder, made.depot]
    const killed = spawn(process.execPath, options, { stdio: ['ignore', 'ignore', 'inherit'] })
    onTestFinished(() => void killed.kill('SIGKILL'))
    await begun(made.depot)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    if (ended) {
      made.script({})
      await until(() => call('squeue', '--noheader').trim() === '')
    }
    const next = await made.open()
    if (!ended) made.script({})
    await next.idle()
    await expectSame(next, await smallLocally())
    expect(trainedIn(made.journal())).toBe(4)
  })

  it('report their state and node while they run', async () => {
    const made = cluster({ holdAtStep: 4 })
    const host = await made.open()
    const { runs } = await host.client.experiments.create({ ...small, file: { ...small.file, regimes: ['joint'] } })
    const { job } = await begun(made.depot)
    const node = call('sinfo', '--noheader', '--format=%n').trim()
    const told = await host.client.runs.jobs({ run: runs[0]!.id })
    expect(told).toMatchObject({ jobs: [{ id: job, state: 'RUNNING', reason: null, node }], problem: null })
    made.script({})
    await host.idle()
    expect((await host.client.system.status()).slurm).toEqual({ jobs: [], problem: null })
  })

  it('that are killed are submitted again and resume', async () => {
    const made = cluster({ holdAtStep: 4 })
    const host = await made.open()
    await host.client.experiments.create(small)
    const { pid } = await begun(made.depot)
    process.kill(pid, 'SIGKILL')
    made.script({})
    await host.idle()
    await expectSame(host, await smallLocally())
    expect(trainedIn(made.journal())).toBe(4)
  })

  it('write a checkpoint before their time limit, queue themselves again and resume', async () => {
    const made = cluster({ holdAtStep: 4 }, { settings: { time: '60', signalSeconds: 55 } })
    const host = await made.open()
    await host.client.experiments.create({ ...small, file: { ...small.file, regimes: ['joint'] } })
    const { folder, job } = await begun(made.depot)
    // Only now, so that the signal does not come before the training listens.
    call('scontrol', 'update', `jobid=${job}`, 'timelimit=1')
    await until(async () => (await readEvents(folder)).events.some(({ type }) => type === 'paused'))
    made.script({})
    await startSoon(job)
    await host.idle()
    const joint = (await smallLocally()).filter(({ name }) => name.includes('-joint-'))
    await expectSame(host, joint)
    expect((await readSubmission(folder))?.job ?? null).toBeNull()
    expect((await readEvents(folder)).events.flatMap((each) => (each.type === 'taken' ? each.job : []))).toEqual([
      job,
      job,
    ])
  })

  it('that Slurm queues again resume', async () => {
    const made = cluster({ holdAtStep: 4 })
    const host = await made.open()
    await host.client.experiments.create(small)
    const { job } = await begun(made.depot)
    call('scontrol', 'requeue', job)
    made.script({})
    await startSoon(job)
    await host.idle()
    await expectSame(host, await smallLocally())
  })

  it('wait while the node is drained', async () => {
    const node = call('sinfo', '--noheader', '--format=%n').trim()
    call('scontrol', 'update', `nodename=${node}`, 'state=drain', 'reason=test')
    const made = cluster()
    const host = await made.open()
    await host.client.experiments.create(small)
    await until(() => call('squeue', '--noheader').trim() !== '')
    expect((await host.client.runs.list({})).map(({ status }) => status)).toEqual(['queued', 'queued', 'queued'])
    call('scontrol', 'update', `nodename=${node}`, 'state=resume')
    await host.idle()
    await expectSame(host, await smallLocally())
  })

  it('are cancelled with a checkpoint when their runs are paused, and resume', async () => {
    const made = cluster({ holdAtStep: 4 })
    const host = await made.open()
    const { runs } = await host.client.experiments.create(small)
    await begun(made.depot)
    await host.client.runs.pause({ runs: runs.map(({ id }) => id) })
    expect(call('squeue', '--noheader').trim()).toBe('')
    made.script({})
    await host.client.runs.resume({ runs: runs.map(({ id }) => id) })
    await host.idle()
    await expectSame(host, await smallLocally())
    expect(trainedIn(made.journal())).toBe(4)
  })

  it('that fail are reported with their reason, and retried', async () => {
    const made = cluster({ failure: { code: 'diverged', message: 'The loss is not a number.' } })
    const host = await made.open()
    const { runs } = await host.client.experiments.create(small)
    await host.idle()
    expect((await host.client.runs.list({})).map(({ status, error }) => [status, error])).toEqual(
      runs.map(() => ['failed', 'The loss is not a number.']),
    )
    await until(() => call('squeue', '--noheader').trim() === '')
    made.script({})
    await host.client.runs.retry({ runs: runs.map(({ id }) => id) })
    await host.idle()
    await expectSame(host, await smallLocally())
  })

  it('that are cancelled outside the workspace fail with that reason', async () => {
    const made = cluster({ holdAtStep: 4 })
    const host = await made.open()
    await host.client.experiments.create({ ...small, file: { ...small.file, regimes: ['joint'] } })
    const { job } = await begun(made.depot)
    call('scancel', job)
    const run = await until(() => anyFailed(host.client))
    expect(run.error).toBe(`Job ${job} was cancelled outside of this workspace. Retry the run to submit it again.`)
  })

  it('are shared by two hosts on one depot: each phase is trained once, both have the results', async () => {
    const first = cluster()
    const second = cluster({}, { depot: first.depot })
    // A listing is older than what is submitted meanwhile.
    const slow = insteadOf({ squeue: 'listing=$($real "$@"; echo end); sleep 0.5; printf "%s" "${listing%end}"' })
    const hosts = await Promise.all([first.open(slow), second.open(slow)])
    await Promise.all(hosts.map(({ client }) => client.experiments.create(small)))
    await Promise.all(hosts.map((host) => host.idle()))
    for (const host of hosts) await expectSame(host, await smallLocally())
    expect(trainedIn([...first.journal(), ...second.journal()])).toBe(4)
    expect((await Promise.all(hosts.map(submittedBy))).flat()).toHaveLength(4)
  })

  it('live while squeue answers with anything but a complete list', async () => {
    const made = cluster({ holdAtStep: 4 })
    const answer = join(temporaryFolder(), 'answer')
    const answers = join(temporaryFolder(), 'answers')
    const say = (what: string) => writeFileSync(answer, what)
    say('$real "$@"')
    const host = await made.open(insteadOf({ squeue: `. ${answer}; code=$?; echo >> ${answers}; exit $code` }))
    await host.client.experiments.create(small)
    await begun(made.depot)
    const before = queued()
    const calls = () => (existsSync(answers) ? readFileSync(answers, 'utf8').length : 0)
    for (const what of [
      'echo "slurm_load_jobs error: Zero Bytes were transmitted or received"',
      'true',
      '$real "$@" | head -c 60',
      '$real "$@" | head -n 1',
      '$real "$@" | head -n 2',
      'head -c 1000 /dev/urandom',
      'echo "slurm_load_jobs error: Unable to contact slurm controller" >&2; false',
    ]) {
      say(what)
      const from = calls()
      await until(() => calls() >= from + 4)
    }
    expect((await host.client.runs.list({})).filter(({ status }) => status === 'failed')).toEqual([])
    expect(queued()).toEqual(before)
    say('$real "$@"')
    made.script({})
    await host.idle()
    await expectSame(host, await smallLocally())
    expect(await submittedBy(host)).toHaveLength(4)
    expect(trainedIn(made.journal())).toBe(4)
  })

  it('that were submitted just before their host was killed are found by the next host', async () => {
    const made = cluster({ holdAtStep: 4 })
    const kills = insteadOf({ sbatch: 'job=$($real "$@"); kill -9 $PPID; echo $job' })
    const options = ['--disable-warning=ExperimentalWarning', hostProcess, made.workspace, made.fakeFolder, made.depot]
    const killed = spawn(process.execPath, options, { stdio: 'inherit', env: { ...process.env, ...kills } })
    await once(killed, 'exit')
    const left = queued()
    expect(left.length).toBeGreaterThan(0)
    const next = await made.open()
    await next.client.experiments.create(small)
    const all = await until(async () => {
      const jobs = await submittedBy(next)
      return jobs.length === 4 && jobs
    })
    expect(all).toEqual(expect.arrayContaining(left))
    expect(queued()).toEqual(all.sort())
    made.script({})
    await next.idle()
    await expectSame(next, await smallLocally())
    expect(trainedIn(made.journal())).toBe(4)
  })

  it('whose node does not see the depot fail with that reason', async () => {
    const made = cluster()
    const elsewhere = insteadOf({ sbatch: 'exec $real "${@/#--output=*/--output=/nowhere/%A_%a.log}"' })
    const host = await made.open(elsewhere)
    await host.client.experiments.create({ ...small, file: { ...small.file, regimes: ['joint'] } })
    const run = await until(() => anyFailed(host.client))
    const node = call('sinfo', '--noheader', '--format=%n').trim()
    expect(run.error).toContain(`ended with FAILED on node ${node} and wrote nothing into the depot ${made.depot}`)
    expect(run.error).toContain('Set the depot to a folder that this machine and all nodes have under the same path')
  })

  it('whose checkpoint is altered resume from the one before; altered weights are trained again', async () => {
    const made = cluster({ holdAtStep: 4 })
    const host = await made.open()
    const { runs } = await host.client.experiments.create({ ...small, file: { ...small.file, regimes: ['joint'] } })
    const { folder } = await begun(made.depot)
    await host.client.runs.pause({ runs: [runs[0]!.id] })
    spoil(
      join(
        folder,
        readdirSync(folder).findLast((name) => name.endsWith('.safetensors'))!,
      ),
    )
    made.script({ holdAtStep: 5 })
    await host.client.runs.resume({ runs: [runs[0]!.id] })
    await until(async () => (await readEvents(folder)).events.filter(({ type }) => type === 'started').length === 2)
    await host.close()
    made.script({})
    await until(() => existsSync(join(folder, 'evaluation.json')))
    await until(() => call('squeue', '--noheader').trim() === '')
    spoil(join(folder, 'final.safetensors'))
    const next = await made.open()
    await next.idle()
    const joint = (await smallLocally()).filter(({ name }) => name.includes('-joint-'))
    await expectSame(next, joint)
    expect(readdirSync(folder)).toContain('final.safetensors.damaged')
  })

  it('whose disk is full fail with that reason, and resume once there is space', async ({ skip }) => {
    const depot = temporaryFolder()
    skip(!mountSmallDisk(depot, 1024), 'this process may not mount a small disk')
    onTestFinished(() => void execFileSync('umount', ['-l', depot]))
    const made = cluster({ holdAtStep: 4 }, { depot })
    const host = await made.open()
    const { runs } = await host.client.experiments.create({ ...small, file: { ...small.file, regimes: ['joint'] } })
    await begun(depot)
    fill(join(depot, 'filler'))
    made.script({})
    const failed = await until(() => anyFailed(host.client))
    expect(failed.errorCode).toBe('disk')
    rmSync(join(depot, 'filler'))
    await host.client.runs.retry({ runs: [runs[0]!.id] })
    await untilStatus(host.client, runs[0]!.id, 'done')
    const joint = (await smallLocally()).filter(({ name }) => name.includes('-joint-'))
    await expectSame(host, joint)
  })
})

function spoil(path: string): void {
  const bytes = readFileSync(path)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(path, bytes)
}

function fill(file: string): void {
  for (let bytes = 1 << 20; bytes >= 1; bytes >>= 1) {
    try {
      writeFileSync(file, new Uint8Array(bytes), { flag: 'a' })
    } catch (error) {
      expect(error).toMatchObject({ code: 'ENOSPC' })
    }
  }
}
