import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TrainerProcess } from '../../../src/main/execution/trainer-pool/trainer-process.ts'
import { modeConnectivityResult } from '../../../src/readings/analyses/mode-connectivity/schema.ts'
import type { AnalyseJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEventOf } from '../../../src/shared/phases/trainer-events.ts'
import type { Trained } from './support/jobs.ts'
import { analyseJob } from './support/jobs.ts'
import type { Fault } from './support/trainer.ts'
import { startTestTrainer } from './support/trainer.ts'
import type { Told, Trial } from './support/trial.ts'
import { ofType, run, runAlone, startTrial } from './support/trial.ts'

const points = 5
/** Rounds of the matching, the second of which changes nothing. */
const sweeps = 2
/** These, the proof of the matching, and the places of both paths, which share their ends. */
const partCount = sweeps + 1 + 2 * points - 2

let trial: Trial
let trainer: TrainerProcess
let ends: [Trained, Trained]
let undisturbed: { job: AnalyseJob; told: Told; bytes: Buffer }
beforeAll(async () => {
  trial = await startTrial(['resnet'])
  trainer = startTestTrainer()
  const { job, trained } = trial.undisturbed.resnet
  const other = { ...trial.job('resnet', 'other'), seed: 6, phaseId: 'other' }
  const { checkpoint } = (await run(trainer, other)).end as TrainerEventOf<'trained'>
  ends = [
    { job, checkpoint: trained.checkpoint },
    { job: other, checkpoint },
  ]
  const analysis = pathJob('undisturbed')
  const told = await run(trainer, analysis)
  undisturbed = { job: analysis, told, bytes: await resultOf(analysis) }
})
afterAll(async () => {
  await trainer.close()
  await trial.end()
})

function pathJob(name: string, trained = ends): AnalyseJob {
  const parameters = { points, sweeps, images: 50, statisticsImages: 100 }
  return analyseJob('mode-connectivity', trained, { folder: join(trial.root, `analysis-${name}`), parameters })
}

const resultOf = ({ folder }: AnalyseJob) => readFile(join(folder, 'result.json'))
const doneOf = (told: Told) => ofType(told, 'analysing').map(({ done }) => done)

/** Whatever happened on the way: the result is that of the undisturbed analysis, and lies there alone. */
async function expectSame(told: Told, job: AnalyseJob): Promise<void> {
  const { sha256 } = undisturbed.told.end as TrainerEventOf<'analysed'>
  expect(told.end).toEqual({ type: 'analysed', file: join(job.folder, 'result.json'), sha256, parts: partCount })
  expect((await resultOf(job)).equals(undisturbed.bytes)).toBe(true)
  const names = (await readdir(job.folder)).filter((name) => !name.endsWith('.damaged'))
  expect(names.sort()).toEqual(['result.json', 'result.json.manifest.json'])
}

describe('an analysis', () => {
  it('reports every finished part, sends previews that fit its schema, and writes its result', async () => {
    const { told, bytes, job } = undisturbed
    expect(doneOf(told)).toEqual(Array.from({ length: partCount + 1 }, (_, done) => done))
    for (const { total } of ofType(told, 'analysing')) expect(total).toBe(partCount)
    const previews = ofType(told, 'preview').map(({ result }) => modeConnectivityResult.parse(result))
    const result = modeConnectivityResult.parse(JSON.parse(bytes.toString()))
    expect(result.lambdas).toEqual([0, 0.25, 0.5, 0.75, 1])
    expect(previews.at(-1)).toEqual(result)
    expect(result.matching!.equivalence.images).toBe(50)
    await expectSame(told, job)
  })

  it('reports that it computes in float32 where a network was trained in another precision', async () => {
    const job = pathJob('mixed')
    const runs = job.runs.map((each) => ({ ...each, training: { ...each.training, precision: 'bfloat16' as const } }))
    await run(trainer, { ...job, runs })
    const caveatsOf = (bytes: Buffer) => modeConnectivityResult.parse(JSON.parse(bytes.toString())).caveats
    expect(caveatsOf(await resultOf(job))).toEqual([
      ...caveatsOf(undisturbed.bytes),
      'Trained in bfloat16, analysed in float32.',
    ])
  })

  it('records beside its result the versions that computed it', async () => {
    const manifest = JSON.parse(await readFile(join(undisturbed.job.folder, 'result.json.manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({ versions: { node: process.version, threads: '2' }, earlierVersions: [] })
  })

  it('that is done is reported so without being computed again', async () => {
    const { job, told } = undisturbed
    expect((await run(trainer, job)).events).toEqual([told.end])
  })

  it.each<[string, (file: string) => Promise<void>]>([
    ['missing', (file) => rm(file)],
    ['cut short', (file) => truncate(file, 100)],
    ['altered', async (file) => writeFile(file, (await readFile(file, 'utf8')).replace('0.25', '0.26'))],
  ])('whose result is %s reports it and computes again', async (damage, harm) => {
    const job = pathJob(damage)
    await run(trainer, job)
    await harm(join(job.folder, 'result.json'))
    const told = await run(trainer, job)
    expect(ofType(told, 'log').map(({ message }) => message)).toEqual([expect.stringContaining(job.folder)])
    expect(doneOf(told)[0]).toBe(0)
    await expectSame(told, job)
  })

  it('whose result has no manifest computes again', async () => {
    const job = pathJob('without-manifest')
    await run(trainer, job)
    await rm(join(job.folder, 'result.json.manifest.json'))
    await expectSame(await run(trainer, job), job)
  })

  it('of other weights in the same folder is another analysis', async () => {
    const job = pathJob('reused')
    await run(trainer, { ...job, runs: job.runs.toReversed() })
    await expectSame(await run(trainer, job), job)
  })

  it('of networks that differ is refused with a message', async () => {
    const narrow = { ...ends[1].job, network: { ...ends[1].job.network, exits: [] } }
    const { end } = await run(trainer, pathJob('differ', [ends[0], { ...ends[1], job: narrow }]))
    expect(end).toMatchObject({ type: 'failed', code: 'conflict', message: expect.stringContaining('these differ') })
  })

  it('of damaged weights names them', async () => {
    const checkpoint = { ...ends[1].checkpoint, sha256: 'that of others' }
    const { end } = await run(trainer, pathJob('damaged', [ends[0], { ...ends[1], checkpoint }]))
    expect(end).toMatchObject({
      type: 'failed',
      code: 'checkpoint-damaged',
      message: expect.stringContaining(checkpoint.file),
    })
  })
})

/** Analyses and has the trainer killed meanwhile. */
type Attempt = (job: AnalyseJob) => Promise<Told>

const at =
  (point: Fault['point'], file: string, after = 0): Attempt =>
  (job) =>
    runAlone(job, undefined, { action: 'kill', point, file, after })
const between: Attempt = (job) =>
  runAlone(job, (event, running) => {
    if (event.type === 'analysing' && event.done === 4) running.kill()
  })

/** Every point of what is written that matters, the later ones last. */
const attempts: Attempt[] = [
  at('half written', 'parts\\.jsonl\\.partial$'),
  at('half written', 'parts\\.jsonl$', 2),
  between,
  at('half written', 'result\\.json\\.partial$'),
  at('after rename', 'result\\.json$'),
  at('half written', 'manifest\\.json\\.partial$'),
  at('before removal', 'parts\\.jsonl$'),
]

it('an analysis whose trainer is killed at any point ends with the same bytes, and loses one part at most', async () => {
  const job = pathJob('killed')
  let kept = 0
  for (const attempt of attempts) {
    const told = await attempt(job)
    expect(told.end.type, String(attempts.indexOf(attempt))).toBe('crashed')
    const [first = kept, ...later] = doneOf(told)
    expect(first).toBeGreaterThanOrEqual(kept)
    kept = later.at(-1) ?? first
    expect(ofType(told, 'log')).toEqual([])
  }
  expect(kept).toBe(partCount)
  const told = await runAlone(job)
  expect(told.events).toEqual([told.end])
  await expectSame(told, job)
})

it('an analysis that is paused ends at the next part, with its latest picture, and goes on to the same bytes', async () => {
  const job = pathJob('paused')
  for (const at of [0, 3, 7]) {
    const told = await run(trainer, job, (event, running) => {
      if (event.type === 'analysing' && event.done >= at) running.pause()
    })
    expect(told.end).toEqual({ type: 'paused' })
    expect(doneOf(told).at(-1)).toBeLessThan(partCount)
    const pictured = ofType(told, 'preview').at(-1)?.result
    // The matching and its proof come first, then both ends, and each other place takes two parts.
    const done = doneOf(told).at(-1)! - sweeps - 1
    const places = done < 2 ? done : 2 + Math.floor((done - 2) / 2)
    if (places >= 2) expect(modeConnectivityResult.parse(pictured).lambdas).toHaveLength(places)
  }
  await expectSame(await run(trainer, job), job)
})

it.each(['parts\\.jsonl$', 'result\\.json\\.partial$'])(
  'a disk that is full at %s ends the analysis with a clear refusal; what was kept stays, and it goes on to the same bytes',
  async (file) => {
    const job = pathJob(`full-${file.length}`)
    const fault = { action: 'full disk', point: 'half written', file, after: file.startsWith('parts') ? 6 : 0 } as const
    const told = await runAlone(job, undefined, fault)
    expect(told.end).toMatchObject({
      type: 'failed',
      code: 'disk',
      message: expect.stringMatching(/the disk is full.*then try again/),
    })
    expect((await readdir(job.folder)).filter((name) => name.includes('partial'))).toEqual([])
    const resumed = await run(trainer, job)
    expect(doneOf(resumed)[0]).toBe(doneOf(told).at(-1))
    await expectSame(resumed, job)
  },
)
