import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { openStoreReadOnly, type Store } from '../../../src/main/store/open.ts'
import { workspaceAt } from '../../../src/main/store/workspace.ts'
import { type FakeScript, writeScript } from '../../support/fake-trainer/script.ts'
import { numbersFrom } from '../../support/numbers.ts'
import { temporaryFolder } from './support.ts'

const seed = Number(process.env.EXITLAB_TEST_SEED ?? randomInt(2 ** 31))
const entry = fileURLToPath(new URL('../../support/host-process.ts', import.meta.url))

beforeAll(() => {
  process.stdout.write(`kill.test.ts: EXITLAB_TEST_SEED=${seed}\n`)
})

interface Scene {
  workspace: string
  fake: string
}

function scene(script: Partial<FakeScript>): Scene {
  const fake = temporaryFolder()
  writeScript(fake, script)
  return { workspace: temporaryFolder(), fake }
}

function startHost({ workspace, fake }: Scene, commit?: number): ChildProcess {
  const more = commit === undefined ? [] : [String(commit)]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, workspace, fake, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** Lets a host work to its end. */
async function finish(where: Scene): Promise<void> {
  const [code] = (await once(startHost(where), 'exit')) as [number | null]
  expect(code).toBe(0)
}

/** What of a workspace has to be the same however it came about. */
function outcome(store: Store) {
  return { runs: runsOf(store), analyses: analysesOf(store) }
}

function analysesOf(store: Store) {
  const told = store.analyses
    .all()
    .map(({ id, status, error, done, total, sha256 }) => ({ id, status, error, done, total, sha256 }))
  expect(told.map(({ status }) => status)).toEqual(Array(6).fill('done'))
  return told
}

function runsOf(store: Store) {
  return store.summaries.all().map(({ id, status, scores, phases }) => ({
    id,
    status,
    scores,
    evaluation: store.evaluations.get(phases.at(-1)!.id)!.sha256,
    phases: phases.map((phase) => ({
      id: phase.id,
      checkpoint: store.phases.get(phase.id)!.checkpoint,
      epochs: store.epochs.after(phase.id, 0).map(({ epoch }) => epoch),
      metrics: store.epochs.metricsAfter(phase.id, 0),
    })),
  }))
}

function reading<T>({ workspace }: Scene, look: (store: Store) => T): T {
  const store = openStoreReadOnly(workspace)
  if (store === null) throw new Error(`${workspace} has no store`)
  try {
    return look(store)
  } finally {
    store.close()
  }
}

/** After a kill: the store is sound, and what was in it before is still there. Returns the number of runs. */
function checkStore({ workspace }: Scene, runsBefore: number): number {
  const store = existsSync(workspaceAt(workspace).database) ? openStoreReadOnly(workspace) : null
  if (store === null) {
    expect(runsBefore).toBe(0)
    return 0
  }
  expect(store.integrityProblems()).toEqual([])
  const runs = store.summaries.all().length
  store.close()
  expect(runs).toBe(runsBefore === 0 && runs === 0 ? 0 : 3)
  return runs
}

/** All that is trained and looked into, at full speed. */
const script = { stepsPerEpoch: 2 }
let reference: ReturnType<typeof outcome> | undefined

async function uninterrupted(): Promise<ReturnType<typeof outcome>> {
  if (reference === undefined) {
    const where = scene(script)
    await finish(where)
    reference = reading(where, outcome)
  }
  return reference
}

/** From what a host says to its death, in milliseconds. */
const lives = [
  { wait: null, within: 700 },
  { wait: 'open', within: 700 },
  { wait: 'queued', within: 1200 },
  { wait: 'queued', within: 1200 },
] as const

function untilSaid(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve) => {
    let said = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      if ((said += text).includes(word)) resolve()
    })
  })
}

test('a host killed at any moment loses no run, and its trainings end as if uninterrupted', async () => {
  const numbers = numbersFrom(seed)
  // Together the steps take longer than all lives, so that none sees the end.
  const where = scene({ ...script, stepMilliseconds: 300 })
  let runs = 0
  for (let kill = 1; kill <= 12; kill++) {
    const child = startHost(where)
    const death = once(child, 'exit')
    // Some die while they open the workspace, some while they queue the runs, most while they train.
    const { wait, within } = lives[kill % lives.length]!
    if (wait !== null) await untilSaid(child, wait)
    await setTimeout(numbers() * within)
    child.kill('SIGKILL')
    expect(await death).toEqual([null, 'SIGKILL'])
    runs = checkStore(where, runs)
  }
  expect(runs).toBe(3)
  writeScript(where.fake, script)
  await finish(where)
  expect(reading(where, outcome)).toEqual(await uninterrupted())
})

test('a host killed within a commit loses that commit only', async () => {
  const where = scene(script)
  let runs = 0
  for (const commit of [1, 2, 3, 5, 4, 7, 6, 9]) {
    const [, signal] = (await once(startHost(where, commit), 'exit')) as [number | null, string | null]
    expect(signal).toBe('SIGKILL')
    runs = checkStore(where, runs)
  }
  await finish(where)
  expect(reading(where, outcome)).toEqual(await uninterrupted())
})

test('a host killed during analyses continues after the finished parts, to the same results', async () => {
  const numbers = numbersFrom(seed)
  // Together the parts take longer than all lives, so that none sees the end.
  const where = scene({ ...script, holdAtPart: 0 })
  for (let kill = 1; kill <= 4; kill++) {
    const child = startHost(where)
    const death = once(child, 'exit')
    // From then on it is at them as soon as it is open.
    await untilSaid(child, kill === 1 ? 'asked' : 'queued')
    writeScript(where.fake, { ...script, stepMilliseconds: 500 })
    await setTimeout(numbers() * 1500)
    child.kill('SIGKILL')
    expect(await death).toEqual([null, 'SIGKILL'])
    checkStore(where, 3)
  }
  writeScript(where.fake, script)
  await finish(where)
  expect(reading(where, outcome)).toEqual(await uninterrupted())
})

test('a host killed between writing the result of an analysis and recording it finds it done, with all its parts', async () => {
  const where = scene({ ...script, killHostAtResult: true })
  expect(await once(startHost(where), 'exit')).toEqual([null, 'SIGKILL'])
  const left = reading(where, (store) => store.analyses.all().filter(({ status }) => status === 'running'))
  expect(left.map(({ sha256 }) => sha256)).toEqual([null])
  writeScript(where.fake, script)
  await finish(where)
  expect(reading(where, outcome)).toEqual(await uninterrupted())
})
