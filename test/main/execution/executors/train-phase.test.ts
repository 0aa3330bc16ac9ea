import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished, test } from 'vitest'
import type { TrainerEvent, TrainerEventOf } from '../../../../src/shared/phases/trainer-events.ts'
import { readEvents } from '../../../../src/main/execution/depot/events.ts'
import { finalName, readManifest, writeManifest } from '../../../../src/files/checkpoint-manifest.ts'
import { isOwnerFile } from '../../../../src/main/execution/depot/owner-file.ts'
import { phaseIdOf, writeJob } from '../../../../src/main/execution/depot/phase-job.ts'
import { readResults } from '../../../../src/main/execution/depot/phase-results.ts'
import { createTaskPool, taskDefaults } from '../../../../src/main/execution/executors/task.ts'
import {
  evaluateJob,
  parentWeights,
  trainJob as jobOfTraining,
  trainPhase,
} from '../../../../src/main/execution/executors/train-phase.ts'
import { fakeDepot, jobOf } from '../depot/support.ts'
import type { TrainerPlace } from '../../../../src/main/execution/trainer-pool/trainer-pool.ts'
import { hostSettings, temporaryFolder, until } from '../../host/support.ts'
import { trainJob } from '../../trainer/support/jobs.ts'
import { writeTinyData } from '../../trainer/support/tiny-data.ts'
import { startTestTrainer } from '../../trainer/support/trainer.ts'
import { run } from '../../trainer/support/trial.ts'

const typesIn = async (folder: string) => (await readEvents(folder)).events.map(({ type }) => type)
const cliProcess = fileURLToPath(new URL('../../../support/cli-process.ts', import.meta.url))

/** `exitlab train-phase` in a process of its own. */
function start({ depot, fakeFolder }: ReturnType<typeof fakeDepot>, id: string) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', cliProcess, fakeFolder, 'train-phase', depot, id],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output.text += text))
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, output, ended }
}

describe('a phase of a depot', () => {
  it('is trained and evaluated without a host, and reported in its events', async () => {
    const made = fakeDepot()
    const id = await made.add()
    expect(await made.train(id, { job: '12_3' })).toBe('done')
    const { weights, evaluation } = await readResults(made.folderOf(id))
    expect(weights).toMatchObject({ epoch: 4, ended: 'epoch-cap' })
    expect(evaluation).toMatchObject({ weights: weights!.sha256 })
    const { events } = await readEvents(made.folderOf(id))
    expect(events[0]).toMatchObject({ type: 'taken', pid: process.pid, job: '12_3' })
    expect(events.flatMap((each) => (each.type === 'epoch' ? each.epoch : []))).toEqual([1, 2, 3, 4])
    expect(events.slice(-2).map(({ type }) => type)).toEqual(['trained', 'evaluated'])
  })

  it('has the event of an epoch on the disk before a checkpoint goes behind it', async () => {
    const made = fakeDepot()
    const id = await made.add()
    const told: [checkpoint: number, events: number][] = []
    const inFile = () => readFileSync(join(made.folderOf(id), 'events.jsonl'), 'utf8').match(/"type":"epoch"/g)!.length
    await made.train(id, {
      heard: (event) => event.type === 'checkpoint' && event.reason === 'epoch' && told.push([event.epoch, inFile()]),
    })
    expect(told).toEqual([1, 2, 3, 4].map((epoch) => [epoch, epoch]))
  })

  it('is not trained again when it is done', async () => {
    const made = fakeDepot()
    const id = await made.add()
    await made.train(id)
    const before = readdirSync(made.folderOf(id)).map((name) => readFileSync(join(made.folderOf(id), name), 'hex'))
    expect(await made.train(id)).toBe('done')
    expect(made.journal()).toEqual(['train all exits', 'trained all exits', 'evaluate'])
    expect(readdirSync(made.folderOf(id)).map((name) => readFileSync(join(made.folderOf(id), name), 'hex'))).toEqual(
      before,
    )
  })

  it('has no checkpoints left when it is called again after it was killed at its very end', async () => {
    const made = fakeDepot()
    const id = await made.add({ ...jobOf(), evaluate: false })
    await made.train(id)
    const folder = made.folderOf(id)
    const contents = () =>
      readdirSync(folder)
        .filter((name) => !isOwnerFile(name))
        .sort()
    const done = contents()
    const weights = (await readManifest(folder, finalName))!
    for (const file of ['epoch-00003.safetensors', 'step-000000013.safetensors']) {
      writeFileSync(join(folder, file), 'a checkpoint')
      await writeManifest(folder, { ...weights, file, ended: null })
    }
    expect(contents()).toHaveLength(done.length + 4)
    expect(await made.train(id)).toBe('done')
    expect(contents()).toEqual(done)
  })

  it('is only evaluated where its weights are there', async () => {
    const made = fakeDepot()
    const id = await made.add({ ...jobOf(), evaluate: false })
    await made.train(id)
    expect((await readResults(made.folderOf(id))).evaluation).toBeNull()
    await made.add()
    await made.train(id)
    expect(made.journal()).toEqual(['train all exits', 'trained all exits', 'evaluate'])
  })

  it('resumes with the same bits after it was stopped, and reports that it is not finished', async () => {
    const undisturbed = fakeDepot()
    const id = await undisturbed.add()
    await undisturbed.train(id)
    const made = fakeDepot({ holdAtStep: 4 })
    await made.add()
    const stop = new AbortController()
    const held = made.train(id, {
      stop: stop.signal,
      heard: ({ type }) => type === 'epoch' && setTimeout(() => stop.abort(), 50),
    })
    expect(await held).toBe('requeue')
    expect((await typesIn(made.folderOf(id))).at(-1)).toBe('paused')
    made.script({})
    expect(await made.train(id)).toBe('done')
    expect(await readResults(made.folderOf(id))).toEqual(await readResults(undisturbed.folderOf(id)))
  })

  it('is trained by the trainer of the phase before it, where one process trains several', async () => {
    const made = fakeDepot()
    const ids = [await made.add(), await made.add(jobOf({ seed: 2 }))]
    const launches: number[] = []
    const { trainer } = hostSettings('', made.fakeFolder)
    const launch = (place: TrainerPlace) => (launches.push(place.threads), trainer!(place))
    await using pool = createTaskPool({ environment: {}, device: 'cpu', threads: 3, launch })
    for (const id of ids) expect(await made.train(id, { pool })).toBe('done')
    expect(launches).toEqual([3])
  })

  it('ends at once where it is asked to stop while it watches an owner that may be dead', async () => {
    const made = fakeDepot()
    const id = await made.add()
    const elsewhere = { host: 'node7', pid: 1, machine: 'another', job: null, beat: 1, released: false }
    writeFileSync(join(made.folderOf(id), 'owner-00000001.json'), JSON.stringify(elsewhere))
    const stop = new AbortController()
    const training = made.train(id, { stop: stop.signal })
    stop.abort()
    expect(await training).toBe('requeue')
    expect(readdirSync(made.folderOf(id)).sort()).toEqual(['job.json', 'owner-00000001.json'])
  })

  it('keeps the threads that it began with, whatever a later process has', async () => {
    const made = fakeDepot({ holdAtStep: 4 })
    const id = await made.add()
    const threads: number[] = []
    const stop = new AbortController()
    const heard = (event: TrainerEvent) => {
      if (event.type === 'started') threads.push(event.threads)
      if (event.type === 'epoch') stop.abort()
    }
    const { trainer: launch } = hostSettings('', made.fakeFolder)
    for (const count of [2, 4]) {
      await using pool = createTaskPool({ environment: {}, device: 'cpu', threads: count, launch })
      const signal = count === 2 ? stop.signal : new AbortController().signal
      expect(await made.train(id, { pool, heard, stop: signal })).toBe(count === 2 ? 'requeue' : 'done')
      made.script({})
    }
    expect(threads).toEqual([2, 2])
  })

  it('starts from its parent, and is refused until that is trained', async () => {
    const made = fakeDepot()
    const parent = await made.add()
    const id = await made.add(jobOf({ seed: 2, initial: { kind: 'phase', id: parent, fresh: [] } }))
    await expect(made.train(id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(parent),
      fields: { command: ['train-phase', made.depot, parent] },
    })
    expect(readdirSync(made.folderOf(id)), 'no trace').toEqual(['job.json'])
    await made.train(parent)
    expect(await made.train(id)).toBe('done')
  })

  it('sets the damaged weights of its parent aside, so that they are trained again', async () => {
    const made = fakeDepot()
    const parent = await made.add()
    const id = await made.add(jobOf({ seed: 2, initial: { kind: 'phase', id: parent, fresh: [] } }))
    await made.train(parent)
    const weights = join(made.folderOf(parent), 'final.safetensors')
    const sound = readFileSync(weights)
    writeFileSync(
      weights,
      sound.map((byte, at) => (at === sound.length - 1 ? byte ^ 1 : byte)),
    )
    await expect(made.train(id)).rejects.toMatchObject({ code: 'checkpoint-damaged' })
    expect(readdirSync(made.folderOf(parent))).toContain('final.safetensors.damaged')
    await made.train(parent)
    expect(readFileSync(weights)).toEqual(sound)
    expect(await made.train(id)).toBe('done')
  })

  it('reports in its events why it failed', async () => {
    const made = fakeDepot({ failure: { code: 'diverged', message: 'The loss is not a number.' } })
    const id = await made.add()
    await expect(made.train(id)).rejects.toMatchObject({ code: 'diverged' })
    const { events } = await readEvents(made.folderOf(id))
    expect(events.at(-1)).toMatchObject({ type: 'failed', code: 'diverged', message: 'The loss is not a number.' })
  })

  it('is retried within its job when the trainer crashes', async () => {
    const made = fakeDepot({ crashes: 2 })
    const id = await made.add()
    expect(await made.train(id)).toBe('done')
    expect(made.journal().filter((line) => line === 'crash')).toHaveLength(2)
  })

  it('is given up after its last crash, with what the trainer said', async () => {
    const made = fakeDepot({ crashes: 9 })
    const id = await made.add()
    const message = expect.stringMatching(/^The trainer crashed repeatedly\. [^]*a fake fault/)
    // As the kernel kills it where memory runs out.
    await expect(made.train(id)).rejects.toMatchObject({ code: 'memory', message })
    expect(made.journal().filter((line) => line === 'crash')).toHaveLength(4)
    const { events } = await readEvents(made.folderOf(id))
    expect(events.flatMap((each) => (each.type === 'log' ? (each.message.match(/attempt \d/) ?? []) : []))).toEqual([
      'attempt 2',
      'attempt 3',
      'attempt 4',
    ])
    expect(events.at(-1)).toMatchObject({ type: 'failed', code: 'memory', message })
  })

  it('does not write why it failed onto a disk that its trainer found full', async () => {
    const made = fakeDepot({ failure: { code: 'disk', message: 'The disk is full.' } })
    const id = await made.add()
    await expect(made.train(id)).rejects.toMatchObject({ code: 'disk', message: 'The disk is full.' })
    expect(await typesIn(made.folderOf(id))).toEqual(['taken', 'ready'])
  })

  it('leaves sound weights of its parent where they are, whatever is damaged', async () => {
    const made = fakeDepot()
    const parent = await made.add()
    const id = await made.add(jobOf({ seed: 2, initial: { kind: 'phase', id: parent, fresh: [] } }))
    await made.train(parent)
    made.script({ failure: { code: 'checkpoint-damaged', message: 'Its own checkpoint is damaged.' } })
    const other = await made.add(jobOf({ seed: 3 }))
    for (const each of [id, other]) await expect(made.train(each)).rejects.toMatchObject({ code: 'checkpoint-damaged' })
    expect(readdirSync(made.folderOf(parent))).toContain('final.safetensors')
  })

  it('ends its trainer where another process takes it over, and says no more of it', async () => {
    const made = fakeDepot({ holdAtStep: 4 })
    const id = await made.add()
    const elsewhere = { host: 'node7', pid: 1, machine: 'another', job: null, beat: 1, released: false }
    const takeOver = () => writeFileSync(join(made.folderOf(id), 'owner-00000002.json'), JSON.stringify(elsewhere))
    const training = made.train(id, {
      beatMilliseconds: 20,
      heard: ({ type }) => type === 'checkpoint' && takeOver(),
    })
    await expect(training).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('took over') })
    expect((await typesIn(made.folderOf(id))).filter((type) => ['paused', 'failed'].includes(type))).toEqual([])
    expect(readdirSync(made.folderOf(id))).toContain('owner-00000002.json')
  })

  it('begins with the threads of the phase that it starts from', async () => {
    const made = fakeDepot()
    const parent = await made.add()
    const id = await made.add(jobOf({ seed: 2, initial: { kind: 'phase', id: parent, fresh: [] } }))
    const { trainer: launch } = hostSettings('', made.fakeFolder)
    const threads: number[] = []
    const heard = (event: TrainerEvent) => event.type === 'started' && threads.push(event.threads)
    for (const [each, count] of [
      [parent, 2],
      [id, 4],
    ] as const) {
      await using pool = createTaskPool({ environment: {}, device: 'cpu', threads: count, launch })
      expect(await made.train(each, { pool, heard })).toBe('done')
    }
    expect(threads).toEqual([2, 2])
  })

  it('is refused where its job is missing, of another phase, or damaged', async () => {
    const made = fakeDepot()
    const id = await made.add()
    await expect(made.train('0'.repeat(64))).rejects.toMatchObject({ code: 'not-found' })
    const path = join(made.folderOf(id), 'job.json')
    const other = await made.add(jobOf({ seed: 9 }))
    writeFileSync(path, readFileSync(join(made.folderOf(other), 'job.json')))
    await expect(made.train(id)).rejects.toThrow(`is of another phase, ${other}`)
    writeFileSync(path, readFileSync(path, 'utf8').replace('"seed":9', '"seed":8'))
    await expect(made.train(id)).rejects.toMatchObject({ code: 'workspace-damaged' })
  })
})

describe('exitlab train-phase', () => {
  it.each(['SIGTERM', 'SIGUSR1'] as const)('writes a checkpoint at %s and exits with code 75', async (signal) => {
    const made = fakeDepot({ holdAtStep: 4 })
    const id = await made.add()
    const { child, ended, output } = start(made, id.slice(0, 12))
    await until(async () => (await typesIn(made.folderOf(id))).includes('epoch'))
    child.kill(signal)
    expect(await ended).toBe(75)
    expect(output.text).toContain('A checkpoint is written.')
    expect((await typesIn(made.folderOf(id))).at(-1)).toBe('paused')
    made.script({})
    expect(await start(made, id).ended).toBe(0)
  })

  it('is refused while another process trains the phase, and takes it over when that was killed', async () => {
    const made = fakeDepot({ holdAtStep: 4 })
    const id = await made.add()
    const first = start(made, id)
    await until(async () => (await typesIn(made.folderOf(id))).includes('epoch'))
    const second = start(made, id)
    expect(await second.ended).toBe(5)
    expect(second.output.text).toContain(`is being worked on by process ${first.child.pid} on `)
    first.child.kill('SIGKILL')
    await first.ended
    made.script({})
    expect(await start(made, id).ended).toBe(0)
    const { events } = await readEvents(made.folderOf(id))
    expect(events.flatMap((each) => (each.type === 'started' ? each.epoch : []))).toEqual([0, 1])
  })
})

test('the real trainer ends with the same bits, stopped in between or not', async () => {
  const depot = temporaryFolder()
  const data = join(depot, 'data')
  await writeTinyData(data)
  const trainer = startTestTrainer()
  const subject = trainJob('resnet', { dataPath: data, dataset: '', folder: depot })
  const described = await run(trainer, { kind: 'describe', data: subject.data, dataPath: data })
  const dataset = (described.end as TrainerEventOf<'described'>).dataset.fingerprint
  const { network, phase, training, seed } = subject
  const job = { ...jobOf({ network, phase, training, seed, data: subject.data, dataset }), dataPath: data }
  const id = phaseIdOf(job.definition)
  const alone = await run(trainer, { ...subject, dataset, phaseId: id, checkpointFolder: join(depot, 'alone') })
  await trainer.close()
  await writeJob(depot, id, job)
  const stop = new AbortController()
  await using pool = createTaskPool({ environment: process.env, device: 'cpu', threads: 2 })
  const task = { ...taskDefaults(process.env), pool, depot, phaseId: id }
  const end = await trainPhase({
    ...task,
    stop: stop.signal,
    heard: (event) => event.type === 'epoch' && event.epoch === 2 && stop.abort(),
  })
  expect(end).toBe('requeue')
  expect(await trainPhase({ ...task, stop: new AbortController().signal, heard: () => {} })).toBe('done')
  const { weights, evaluation } = await readResults(join(depot, id))
  expect(weights!.sha256).toBe((alone.end as TrainerEventOf<'trained'>).checkpoint.sha256)
  expect(evaluation!.metrics.test).toHaveProperty('accuracy')
})

it('jobs of a trainer have where samples and, of texts, their tokens are, and nothing else of the job of a phase', async () => {
  const tokenizer = { file: '/t/tokenizer.json', cache: '/t/cache' }
  const job = { ...jobOf(), dominanceBatches: 2 }
  const { definition, dataPath } = job
  const phaseId = phaseIdOf(definition)
  const weights = { file: '/d/final.safetensors', sha256: 'w', phaseId }
  const of = (each: typeof job & { tokenizer?: typeof tokenizer }) => [
    jobOfTraining(each, { phaseId, parent: null, folder: '/d', checkpointSeconds: 45 }),
    evaluateJob(each, { folder: '/d', weights }),
  ]
  const { network, data, dataset } = definition
  const expected = [
    {
      ...{ kind: 'train', ...definition, phaseId, dataPath, parent: null, checkpointFolder: '/d' },
      ...{ checkpointSeconds: 45, dominanceBatches: 2 },
    },
    {
      kind: 'evaluate',
      network,
      data,
      dataset,
      dataPath,
      checkpoint: weights,
      outputFile: '/d/evaluation.safetensors',
    },
  ]
  expect(of(job)).toEqual(expected)
  expect(of({ ...job, tokenizer })).toEqual(expected.map((each) => ({ ...each, tokenizer })))
  expect(await parentWeights('/missing', job)).toBeNull()
})
