/**
 * `npm run mutate -- PATH…` changes folders or files of src/ in one place at a time with StrykerJS, runs the tests that
 * mirror them, and lists the changes that no test finds. `--sample 300` does so for mutants drawn over all of src/, or over
 * the paths given with it, which takes hours: with the seed that it prints it goes on where it was, and tries survivors again
 * whose tests have changed.
 * What it prints is kept in results/mutate.
 */
import { randomInt } from 'node:crypto'
import { globSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { scriptArguments } from '../arguments.ts'
import { acquireHostLock } from '../../src/main/store/lock.ts'
import { workspaceAt } from '../../src/main/store/workspace.ts'
import { ExitlabError } from '../../src/shared/basics/error.ts'
import { root } from '../setup/places.mjs'
import { chosen, type Chosen } from './chosen.ts'
import type { Drawn } from './draw.ts'
import { digestOf, readRecord, writeRecord } from './record.ts'
import { failuresText, reportOf } from './report.ts'
import { trySample } from './sample.ts'
import { mutantsOf, tryMutants } from './stryker.ts'
import { importersOf, testFilesOf, testsOfFile, type TestFile } from './tests-of.ts'

const folder = join(root, 'results', 'mutate')
const { values: options, positionals: paths } = scriptArguments({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string' },
    concurrency: { type: 'string', default: '1' },
  },
})

try {
  const concurrency = wholeNumber('concurrency', options.concurrency)
  if (options.sample === undefined && paths.length === 0) {
    throw new ExitlabError('usage', 'Give folders or files of src/, or --sample with a number of mutants.')
  }
  const tests = testFilesOf(root)
  const selected = paths.map((path) => chosen(path, { root, tests }))
  // Stryker works in the current folder.
  process.chdir(root)
  mkdirSync(folder, { recursive: true })
  if (options.sample === undefined) await tryWhole(selected, concurrency)
  else await sample(wholeNumber('sample', options.sample), { selected, tests, concurrency })
} catch (error) {
  if (!(error instanceof ExitlabError)) throw error
  console.error(error.message)
  process.exitCode = 2
}

async function tryWhole(selected: readonly Chosen[], concurrency: number): Promise<void> {
  for (const { title, mutate, tests } of selected) {
    const name = fileNameOf(title)
    const sandbox = sandboxOf(name)
    const trials = await tryMutants({ mutate, tests, sandbox, concurrency, printsProgress: true })
    if (trials === null) throw new ExitlabError('usage', `None of its tests loads ${title}: ${tests.join(', ')}.`)
    keep(name, reportOf(title, trials))
  }
}

interface SampleOf {
  /** Empty: all of src/. */
  selected: readonly Chosen[]
  tests: readonly TestFile[]
  concurrency: number
}

async function sample(count: number, { selected, tests, concurrency }: SampleOf): Promise<void> {
  const files = filesOf(selected)
  const seed = options.seed === undefined ? randomInt(2 ** 31) : wholeNumber('seed', options.seed)
  const name = [...selected.map(({ title }) => fileNameOf(title)), 'sample', seed].join('-')
  const kept = join(folder, name)
  mkdirSync(kept, { recursive: true })
  // Two at once would write over each other's results.
  const lock = acquireHostLock(workspaceAt(kept), Date.now)
  console.log(`Seed ${seed}; an interrupted sample goes on with --sample ${count} --seed ${seed} ${paths.join(' ')}`)
  const file = join(kept, 'sample.json')
  const record = readRecord(file) ?? { seed, startedAt: new Date().toISOString(), trials: {}, failures: {} }
  const mutants = await mutantsOf(files)
  console.log(`${mutants.length.toLocaleString('en-US')} mutants in ${titleOf(selected)}`)
  const save = (drawn: readonly Drawn[]) => {
    writeRecord(file, record)
    const tried = drawn.flatMap(({ name }) => record.trials[name]?.trial ?? [])
    const title = `Seed ${seed}, ${tried.length} of ${drawn.length} drawn mutants of ${titleOf(selected)}`
    const report = reportOf(title, tried) + failuresText(record.failures)
    writeFileSync(join(kept, 'report.txt'), report)
    console.log(`${tried.length} of ${drawn.length} tried`)
    return report
  }
  const drawn = await trySample({
    record,
    mutants,
    count,
    testsOf: (file) => ({ first: importersOf(file, tests), all: testsOfFile(file, tests) }),
    digestOf,
    tryMutants: (mutate, tests) => tryMutants({ mutate, tests, sandbox: sandboxOf(name), concurrency }),
    save,
  })
  console.log(save(drawn))
  lock.release()
  if (Object.keys(record.failures).length > 0) process.exitCode = 1
}

function titleOf(selected: readonly Chosen[]): string {
  return selected.map(({ title }) => title).join(', ') || 'src'
}

function filesOf(selected: readonly Chosen[]): string[] {
  const lines = paths.find((path) => /:\d/.test(path))
  if (lines !== undefined)
    throw new ExitlabError('usage', `A sample is drawn from folders and whole files, not from ${lines}.`)
  return globSync(selected.length === 0 ? 'src/**/*.{ts,vue}' : selected.flatMap(({ mutate }) => mutate))
}

function fileNameOf(title: string): string {
  return title.replaceAll(/[/:]/g, '-')
}

function sandboxOf(name: string): string {
  return posix.join('results/mutate/sandbox', name)
}

function keep(name: string, text: string): void {
  writeFileSync(join(folder, `${name}.txt`), text)
  console.log(text)
}

function wholeNumber(name: string, text: string): number {
  if (/^\d{1,10}$/.test(text)) return Number(text)
  throw new ExitlabError('usage', `--${name} takes a whole number, not ${text}.`)
}
