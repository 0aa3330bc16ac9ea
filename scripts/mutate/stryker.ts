import { readFileSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core'
import type { Logger } from '@stryker-mutator/api/logging'
import { Stryker } from '@stryker-mutator/core'
import { Instrumenter } from '@stryker-mutator/instrumenter'
import type { Mutant, Outcome, Trial } from './mutant.ts'

/** Texts are not mutated: tests that repeat them find nothing. */
const leftOut = ['StringLiteral']

/** Stryker copies the checkout, without these, and changes the copy. */
const notNeeded = ['/.tools', '/out', '/results', '/coverage', '/test-results', '/docs/pictures']

/** Long, as other programs may keep the machine busy: a hang takes so long to be noticed. The factor is of the tests' time. */
const patience = { timeoutMS: 30_000, timeoutFactor: 2, dryRunTimeoutMinutes: 60 }

const testConfig = fileURLToPath(new URL('vitest.config.ts', import.meta.url))

export interface Question {
  /** Files, or ranges of them, as Stryker's `mutate` takes them. */
  mutate: readonly string[]
  /** Test files. */
  tests: readonly string[]
  /** Folder of Stryker's copies of the checkout, from the working folder; what a killed run left there is removed. */
  sandbox: string
  concurrency: number
  /** Whether Stryker prints how far it is. */
  printsProgress?: boolean
}

/**
 * Runs the tests that reach each mutant, in a copy of the checkout that is the working folder. Null where none of the tests
 * loads any of the files. @throws where the tests fail without any mutant.
 */
export async function tryMutants({
  mutate,
  tests,
  sandbox,
  concurrency,
  printsProgress,
}: Question): Promise<Trial[] | null> {
  rmSync(sandbox, { recursive: true, force: true })
  process.env.EXITLAB_MUTATE_TESTS = tests.join(',')
  // Stryker asks for tests by their names, which say the seed of random cases.
  process.env.EXITLAB_TEST_SEED ??= '1'
  const options: PartialStrykerOptions = {
    mutate: [...mutate],
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    // TensorFlow may be loaded once per process.
    vitest: { pool: 'forks', configFile: testConfig },
    concurrency,
    mutator: { excludedMutations: leftOut },
    ignorePatterns: notNeeded,
    tempDirName: sandbox,
    disableTypeChecks: false,
    reporters: printsProgress ? [process.stdout.isTTY ? 'progress' : 'progress-append-only'] : [],
    logLevel: 'error' as never,
    ...patience,
  }
  const results = await new Stryker(options).runMutationTest().catch((error: Error) => {
    if (/^No tests were executed/.test(error.message)) return null
    throw error
  })
  if (results === null) return null
  return results.filter(({ status }) => status !== 'Ignored').map((result) => trialOf(result, tests))
}

const outcomes: Partial<Record<MutantResult['status'], Outcome>> = {
  Killed: 'found',
  // The test file does not load.
  RuntimeError: 'found',
  Timeout: 'timeout',
  Survived: 'survived',
  NoCoverage: 'not reached',
}

function trialOf(result: MutantResult, tests: readonly string[]): Trial {
  const outcome = outcomes[result.status]
  if (outcome === undefined) throw new Error(`Stryker ended a mutant with ${result.status}: ${result.statusReason}`)
  // What runs when a module is loaded is tried with all of them.
  const reaching = result.static ? tests : (result.coveredBy ?? []).map((test) => test.split('#')[0]!)
  return { ...mutantOf(result, linesOf(result.fileName)), outcome, tests: [...new Set(reaching)].sort() }
}

/** All mutants of files, without running anything. @throws where Stryker cannot change a file, with its name. */
export async function mutantsOf(files: readonly string[]): Promise<Mutant[]> {
  const instrumenter = new Instrumenter(silent)
  const options = { plugins: null, ignorers: [], excludedMutations: leftOut }
  const found: Mutant[] = []
  for (const name of files) {
    const content = readFileSync(name, 'utf8')
    const { mutants } = await instrumenter
      .instrument([{ name, mutate: true, content }], options)
      .catch((cause: Error) => {
        throw new Error(`Stryker cannot change ${name}: ${cause.message}`, { cause })
      })
    const drawn = mutants.filter(({ status }) => status === undefined)
    const lines = content.split('\n')
    found.push(...drawn.map((mutant) => mutantOf({ ...mutant, location: fromOne(mutant.location) }, lines)))
  }
  return found
}

type Found = Pick<MutantResult, 'fileName' | 'location' | 'mutatorName' | 'replacement'>

/** Stryker counts lines and columns from 1 in its results, and from 0 before. */
function fromOne({ start, end }: MutantResult['location']): MutantResult['location'] {
  const one = ({ line, column }: typeof start) => ({ line: line + 1, column: column + 1 })
  return { start: one(start), end: one(end) }
}

function mutantOf({ fileName, location: { start, end }, ...kind }: Found, lines: readonly string[]): Mutant {
  const covered = lines.slice(start.line - 1, end.line)
  covered.push(covered.pop()!.slice(0, end.column - 1))
  covered[0] = covered[0]!.slice(start.column - 1)
  return {
    file: fileName.replace(`${process.cwd()}/`, ''),
    line: start.line,
    range: `${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`,
    mutator: kind.mutatorName,
    original: covered.join('\n'),
    replacement: kind.replacement,
  }
}

const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n')

/** A logger whose methods do nothing, and which says that no level is wanted. */
const silent = new Proxy({} as Logger, { get: () => () => false })
