/**
 * `node scripts/search-evidence.ts [--folder FOLDER] [--repetitions 10] [--epochs 27] [--samples 2000]`: whether a search finds what
 * training everything finds, for less. A sweep of 24 candidates of a small vision transformer on Fashion-MNIST is trained with five
 * seeds, the factorial; the candidates are ranked by their test values at 50 %, mean over all seeds. Then searches are repeated, each with other
 * three of the five seeds, a workspace of its own and a third of the hours of the factorial with the same three seeds. A search
 * trains what it decides to train; a phase that the factorial or an earlier search trained is taken with the seconds that it took
 * there, so that each phase is trained once and counts in every search. Writes evidence.json and prints a line for each repetition:
 * the place of the winner in the factorial, and the seconds of training of the search beside those of the factorial with these
 * seeds. An interrupted one goes on. Exit code 1 where fewer than eight in ten find one of the best three in a third of the seconds.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { scriptArguments } from './arguments.ts'
import type { HostClient } from '../src/contract/index.ts'
import type { SearchDetail } from '../src/contract/searches.ts'
import { experimentFile } from '../src/contract/experiment/experiment.ts'
import { openHost } from '../src/main/host/open/index.ts'

const { values: options } = scriptArguments({
  options: {
    folder: { type: 'string', default: 'results/search-evidence' },
    repetitions: { type: 'string', default: '10' },
    epochs: { type: 'string', default: '27' },
    samples: { type: 'string', default: '2000' },
  },
})
const folder = resolve(options.folder)
const budget = 0.5
const allSeeds = [1, 2, 3, 4, 5]
/** All choices of three of the five seeds. */
const choices = allSeeds.flatMap((a) =>
  allSeeds.flatMap((b) => allSeeds.flatMap((c) => (a < b && b < c ? [[a, b, c]] : []))),
)

const experiment = (seeds: readonly number[]) =>
  experimentFile.parse({
    name: seeds.length === allSeeds.length ? 'factorial' : `factorial-${seeds.join('')}`,
    data: { source: 'fashion-mnist', limit: { train: Number(options.samples) }, augmentation: 'none' },
    network: { family: 'vit', patchSize: 7, dim: 32, mlpDim: 64, depth: 4, headCount: 4, exits: [0, 1, 2] },
    regimes: ['disjoint', 'joint', 'mixed'],
    seeds,
    sweep: { 'training.learningRate': [5e-4, 1e-3, 2e-3, 5e-3], 'network.head': ['1L', '2L-1024'] },
    training: {
      epochs: Number(options.epochs),
      schedule: { kind: 'cosine-warm-restarts', cycleEpochs: Number(options.epochs) },
      earlyStopping: { patience: null },
    },
    probes: { gradientDominance: 0 },
  })

interface Repetition {
  seeds: readonly number[]
  winner: string
  /** Of the winner in the factorial, from 1. */
  place: number
  seconds: number
  factorialSeconds: number
}

mkdirSync(folder, { recursive: true })
const workspaceOf = (name: string) => ({ workspace: join(folder, name), parallel: 2 })
const phasesOf = (name: string) => join(folder, name, 'checkpoints')
const host = await openHost(workspaceOf('factorial'))
try {
  const { client } = host
  await trained(
    client,
    (await client.experiments.create({ file: experiment(allSeeds), source: null, folder: null })).runs,
  )
  const places = await factorialPlaces(client)
  takePhases(phasesOf('factorial'), phasesOf('trained'))
  const repetitions: Repetition[] = []
  for (const seeds of choices.slice(0, Number(options.repetitions))) {
    const repetition = await repeat(client, { seeds, places })
    repetitions.push(repetition)
    const { winner, place, seconds, factorialSeconds } = repetition
    const share = ((100 * seconds) / factorialSeconds).toFixed(0)
    console.log(
      `seeds ${seeds.join(' ')}: ${winner}, place ${place} of ${places.size}, ${share} % of the seconds of the factorial`,
    )
  }
  const found = repetitions.filter(
    ({ place, seconds, factorialSeconds }) => place <= 3 && 3 * seconds <= factorialSeconds,
  )
  const text = JSON.stringify(
    { budget, epochs: options.epochs, samples: options.samples, ranking: [...places.keys()], repetitions },
    null,
    2,
  )
  writeFileSync(join(folder, 'evidence.json'), `${text}\n`)
  console.log(`${found.length} of ${repetitions.length} found one of the best three in at most a third of the seconds.`)
  process.exitCode = found.length >= 0.8 * repetitions.length ? 0 : 1
} finally {
  await host.close()
}

/** Waits until runs are done. */
async function trained(client: HostClient, runs: readonly { id: string }[]): Promise<void> {
  for (;;) {
    const states = await client.runs.summaries({ ids: runs.map(({ id }) => id) })
    const failed = states.find(({ status }) => status !== 'done' && status !== 'queued' && status !== 'running')
    if (failed) throw new Error(`${failed.name} is ${failed.status}: ${failed.error ?? ''}`)
    if (states.every(({ status }) => status === 'done')) return
    await setTimeout(2000)
  }
}

/** Places of the candidates by their test values, by name. Reading them all is what a search must not do. */
async function factorialPlaces(client: HostClient): Promise<ReadonlyMap<string, number>> {
  await client.evaluations.openTest({ runs: ['factorial'] })
  const asked = { reading: 'budgets', question: { runs: ['factorial'], budgets: [budget], split: 'test' } }
  const { rows } = (await client.readings.ask(asked)) as {
    rows: { series: string; cells: ({ mean: number } | null)[] }[]
  }
  const ranked = rows.toSorted((a, b) => (b.cells[0]?.mean ?? 0) - (a.cells[0]?.mean ?? 0))
  return new Map(ranked.map(({ series }, place) => [series, place + 1]))
}

async function repeat(
  client: HostClient,
  { seeds, places }: { seeds: readonly number[]; places: ReadonlyMap<string, number> },
): Promise<Repetition> {
  const runs = (await client.runs.list({ runs: ['factorial'] })).filter(({ seed }) => seeds.includes(seed))
  const factorialSeconds = await secondsOf(client, runs)
  const name = `search-${seeds.join('')}`
  takePhases(phasesOf('trained'), phasesOf(name))
  await using own = new AsyncDisposableStack()
  const host = own.adopt(await openHost(workspaceOf(name)), (each) => each.close())
  const asked = { file: experiment(seeds), source: null, folder: null, budget, hours: factorialSeconds / 3 / 3600 }
  const { search } = await host.client.searches.start(asked)
  const { series, winner, usedSeconds } = await over(host.client, search)
  takePhases(phasesOf(name), phasesOf('trained'))
  const found = series[winner!.candidate]!.name
  return { seeds, winner: found, place: places.get(found)!, seconds: usedSeconds, factorialSeconds }
}

/** Copies folders of phases that are not there yet. */
function takePhases(from: string, to: string): void {
  cpSync(from, to, { recursive: true, force: false })
}

async function over(client: HostClient, search: string): Promise<SearchDetail> {
  for (;;) {
    const detail = await client.searches.show({ search })
    if (detail.status === 'done') return detail
    if (detail.status !== 'running') throw new Error(`The search is ${detail.status}: ${detail.error ?? ''}`)
    await setTimeout(2000)
  }
}

/** Seconds of training of the distinct phases of runs, whenever they were trained. */
async function secondsOf(client: HostClient, runs: readonly { id: string }[]): Promise<number> {
  const phases = new Map<string, number>()
  for (const run of runs)
    for (const { id, seconds } of (await client.runs.show({ run: run.id })).phases) phases.set(id, seconds)
  return [...phases.values()].reduce((sum, each) => sum + each, 0)
}
