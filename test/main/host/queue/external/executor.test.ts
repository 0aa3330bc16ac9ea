import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { LogLine } from '../../../../../src/shared/runs/runs.ts'
import { phaseIds } from '../../../../../src/main/execution/depot/depot.ts'
import { openEvents } from '../../../../../src/main/execution/depot/events.ts'
import { claim } from '../../../../../src/main/execution/depot/owner.ts'
import { beatOf } from '../../../../../src/main/execution/depot/watch-owner.ts'
import { readResults } from '../../../../../src/main/execution/depot/phase-results.ts'
import { readJob } from '../../../../../src/main/execution/depot/phase-job.ts'
import { parentOf } from '../../../../../src/contract/experiment/phase-definition.ts'
import { createEventLog } from '../../../../../src/main/host/queue/events/event-log.ts'
import type { Host } from '../../../../../src/main/host/open/index.ts'
import { createCircuitBreaker } from '../../../../../src/main/host/queue/circuit-breaker.ts'
import { createRecorder } from '../../../../../src/main/host/queue/events/event-recorder.ts'
import { createScheduler } from '../../../../../src/main/host/queue/scheduler.ts'
import { createExternalExecutor } from '../../../../../src/main/host/queue/external/executor.ts'
import { openStore } from '../../../../../src/main/store/open.ts'
import { addExperiment, addRun } from '../../../store/support.ts'
import { fakeDepot } from '../../../execution/depot/support.ts'
import { bench, experiment, temporaryFolder, until, untilStatus } from '../../support.ts'

/** A host of its own workspace that follows made-up phases. */
function host({ depot = join(temporaryFolder(), 'depot'), patienceMilliseconds = 60_000 } = {}) {
  const store = openStore(temporaryFolder())
  addExperiment(store)
  addRun(store, 'r1', ['p1'])
  const events = createEventLog('test')
  const recorder = createRecorder({ store, events, now: Date.now })
  const lines: LogLine[] = []
  const { log } = recorder
  recorder.log = (line) => (lines.push(line as LogLine), log(line))
  const scheduler = createScheduler({
    ...{ store, recorder, patienceMilliseconds, pollMilliseconds: 5 },
    breaker: createCircuitBreaker({ store, whyMoved: () => null, events, recorder }),
    summarise: async () => {},
    parallel: () => 1,
    depot: () => depot,
    executor: createExternalExecutor,
  })
  onTestFinished(async () => {
    await scheduler.close()
    store.close()
  })
  scheduler.wake()
  const folder = join(depot, 'p1')
  return {
    ...{ store, scheduler, depot, folder, lines },
    /** Its folder is written, and the depot given back. */
    prepared: () => until(async () => (await beatOf(depot).catch(() => '')) === null && contentOf(folder, 'job.json')),
    /** A process takes the phase up. */
    async take() {
      const owner = await claim(folder, { what: '', job: null, beatMilliseconds: 5 })
      onTestFinished(() => owner.release())
      const said = openEvents(folder, Date.now)
      onTestFinished(() => said.close())
      said.append({ type: 'taken', host: 'n7', pid: 12, job: null })
      return { owner, said }
    },
    run: () => store.runs.get('r1')!,
    told: (text: string) => until(() => lines.filter(({ message }) => message.includes(text)).length > 0),
    warnings: () => lines.filter(({ level }) => level === 'warning').map(({ message }) => message),
  }
}

function contentOf(folder: string, name: string): string | null {
  try {
    return readFileSync(join(folder, name), 'latin1')
  } catch {
    return null
  }
}

const failure = { type: 'failed', code: 'diverged', message: 'The loss is not a number.' } as const
const nobody = 'no process has worked for'

describe('a phase that others train', () => {
  it('is running while a process shows itself, and waits when it has left', async () => {
    const { run, prepared, take } = host()
    await prepared()
    const { owner } = await take()
    await until(() => run().status === 'running')
    await owner.release()
    await until(() => run().status === 'queued')
  })

  it('is said to be left alone once, with how it is trained, and again after a process has come and gone', async () => {
    const { depot, run, take, told, warnings, lines } = host({ patienceMilliseconds: 50 })
    await told(nobody)
    const warning =
      `In the depot ${depot}, no process has worked for 0 s on phases that could be trained. Start what trains them; ` +
      'they are followed as soon as a process takes them up. 1 run is waiting: toy-joint-r1.'
    expect(warnings()).toEqual([warning])
    expect(lines.find((line) => line.run === 'r1')!.message).toContain(`train-phase ${depot} p1 trains it.`)
    const { owner } = await take()
    await until(() => run().status === 'running')
    await owner.release()
    await until(() => warnings().length === 2)
    expect(warnings()).toEqual([warning, warning])
    expect(run().status).toBe('queued')
  })

  it('fails its runs with the reason of the last attempt once nobody makes another one', async () => {
    const { run, scheduler, prepared, take } = host({ patienceMilliseconds: 50 })
    await prepared()
    const { owner, said } = await take()
    said.append(failure)
    await owner.release()
    await scheduler.idle()
    expect(run()).toMatchObject({ status: 'failed', error: failure.message })
  })

  it('does not fail while another attempt is made', async () => {
    const { run, prepared, take, told, folder } = host({ patienceMilliseconds: 1000 })
    await prepared()
    const first = await take()
    first.said.append(failure)
    await told('An attempt failed: The loss is not a number.')
    await first.owner.release()
    const second = await take()
    await until(() => run().status === 'running')
    second.said.append({ type: 'log', level: 'info', message: 'a line' })
    const read = readFileSync(join(folder, 'events.jsonl')).length
    await until(() => read > 0 && run().status === 'running')
    expect(run().error).toBeNull()
  })

  it('that failed before can be retried, and its old failure does not count again', async () => {
    const { store, scheduler, run, prepared, take, lines } = host({ patienceMilliseconds: 50 })
    await prepared()
    const { owner, said } = await take()
    said.append(failure)
    await owner.release()
    await until(() => run().status === 'failed')
    store.transaction(() => {
      store.runs.requeue('r1')
      store.phases.setStatus('p1', 'queued')
    })
    scheduler.wake()
    await until(() => lines.some(({ message }) => message.includes(nobody)))
    expect(run().status).toBe('queued')
  })

  it('whose run was paused after an attempt failed waits for another attempt once it is resumed', async () => {
    const { store, scheduler, run, prepared, take, told, lines } = host({ patienceMilliseconds: 200 })
    await prepared()
    const { owner, said } = await take()
    said.append(failure)
    await told('An attempt failed: The loss is not a number.')
    store.runs.setStatus('r1', 'paused')
    await scheduler.release(['r1'])
    await owner.release()
    store.runs.requeue('r1')
    scheduler.wake()
    await until(() => run().status !== 'queued' || lines.some(({ message }) => message.includes(nobody)))
    expect(run().status).toBe('queued')
  })

  it('is written again where its folder was removed, but not into a depot that is gone', async () => {
    const { depot, folder, prepared, told, warnings } = host()
    const job = await prepared()
    rmSync(folder, { recursive: true })
    expect(await prepared()).toBe(job)
    renameSync(depot, `${depot}-unmounted`)
    await told('is gone. Is its file system mounted?')
    expect(contentOf(folder, 'job.json')).toBeNull()
    renameSync(`${depot}-unmounted`, depot)
    expect(await prepared()).toBe(job)
    expect(warnings()).toHaveLength(1)
  })

  it('is followed no longer once its run is paused', async () => {
    const { store, scheduler, prepared, take, run } = host()
    await prepared()
    const { said } = await take()
    await until(() => run().status === 'running')
    store.runs.setStatus('r1', 'paused')
    await scheduler.release(['r1'])
    expect(store.phases.get('p1')!.status).toBe('queued')
    const read = store.phases.eventsRead('p1')
    said.append({ type: 'log', level: 'info', message: 'a line' })
    await scheduler.idle()
    expect(store.phases.eventsRead('p1')).toBe(read)
  })
})

/** A workspace whose phases others train, in the order of their ids, parents first. */
function followed(depot = join(temporaryFolder(), 'depot')) {
  const made = bench()
  const others = fakeDepot({}, depot)
  const trained = new Set<string>()
  return {
    ...made,
    depot,
    others,
    open: () => made.open({ executor: 'external', depot, pollMilliseconds: 5 }),
    /** Trains all phases that can be, until so many are trained. */
    async trainAll(count: number) {
      while (trained.size < count)
        for (const id of await until(async () =>
          (await phaseIds(depot).catch(() => [])).filter((each) => !trained.has(each)),
        ))
          if (await canBegin(depot, id, trained)) trained.add((await others.train(id), id))
    },
  }
}

async function canBegin(depot: string, id: string, trained: ReadonlySet<string>): Promise<boolean> {
  const job = await readJob(depot, id).catch(() => null)
  const parent = job && parentOf(job.definition)
  return job !== null && (parent === null || trained.has(parent!))
}

async function results({ client }: Host) {
  const runs = await client.runs.list({})
  return Promise.all(
    runs.map(async ({ id, name, status, error }) => {
      const { phases, evaluation } = await client.runs.show({ run: id })
      const epochs = await Promise.all(phases.map(({ id: phase }) => client.runs.epochs({ phase })))
      const weights = phases.map(({ checkpoint }) => checkpoint?.sha256)
      return { name, status, error, weights, outputs: evaluation?.sha256, epochs: epochs.map((each) => each.metrics) }
    }),
  )
}

describe('an experiment that others train', () => {
  const what = experiment({ seeds: [1] })

  it('ends with the bits of a training on this machine, and with its training curves', async () => {
    const local = await bench().open()
    await local.client.experiments.create(what)
    await local.idle()
    const made = followed()
    const following = await made.open()
    await following.client.experiments.create(what)
    await made.trainAll(4)
    await following.idle()
    expect(await results(following)).toEqual(await results(local))
    expect((await results(following)).map(({ status }) => status)).toEqual(['done', 'done', 'done'])
    expect(made.journal()).toEqual([])
  })

  it('is taken by two hosts that follow one depot', async () => {
    const made = followed()
    const hosts = [await made.open(), await followed(made.depot).open()]
    for (const { client } of hosts) await client.experiments.create(what)
    await made.trainAll(4)
    for (const each of hosts) await each.idle()
    expect(await results(hosts[0]!)).toEqual(await results(hosts[1]!))
    expect((await results(hosts[1]!)).map(({ status }) => status)).toEqual(['done', 'done', 'done'])
  })

  it('has the weights of a parent brought again where those of the depot are damaged', async () => {
    const made = followed()
    const { client, idle } = await made.open()
    const { runs } = await client.experiments.create({ ...what, file: { ...what.file, regimes: ['disjoint'] } })
    await made.trainAll(1)
    const { phases } = await until(async () => {
      const run = await client.runs.show({ run: runs[0]!.id })
      return run.phases[0]!.status === 'done' && run
    })
    const [parent, child] = phases
    const folder = made.others.folderOf(parent!.id)
    writeFileSync(join(folder, 'final.safetensors'), 'damaged')
    await expect(made.others.train(child!.id)).rejects.toMatchObject({ code: 'checkpoint-damaged' })
    await until(async () => (await readResults(folder)).weights)
    await made.others.train(child!.id)
    await idle()
    await untilStatus(client, runs[0]!.id, 'done')
  })

  it('skips half a line that a process which was killed has left', async () => {
    const made = followed()
    const { client, idle } = await made.open()
    const { runs } = await client.experiments.create({ ...what, file: { ...what.file, regimes: ['joint'] } })
    const [id] = await until(async () => (await phaseIds(made.depot).catch(() => []))[0] && phaseIds(made.depot))
    await until(() => contentOf(made.others.folderOf(id!), 'job.json'))
    appendFileSync(join(made.others.folderOf(id!), 'events.jsonl'), '{"at":1,"type":"epo')
    await made.trainAll(1)
    await idle()
    await untilStatus(client, runs[0]!.id, 'done')
  })
})
