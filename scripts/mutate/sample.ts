import { draw, type Drawn } from './draw.ts'
import type { Mutant, Trial } from './mutant.ts'
import { isOpen, type SampleRecord } from './record.ts'

export interface SampleOptions {
  record: SampleRecord
  /** All mutants of the sources. */
  mutants: readonly Mutant[]
  count: number
  /** Test files that belong to a source file. */
  testsOf(file: string): string[]
  /** Names the content of test files. */
  digestOf(tests: readonly string[]): string
  /** The mutants within these ranges of one file: those asked for, and others that lie within them. */
  tryMutants(ranges: readonly string[], tests: readonly string[]): Promise<Trial[]>
  /** Called with what is known so far whenever more is. */
  save(drawn: readonly Drawn[]): void
}

/** Tries the drawn mutants file by file, without those that an earlier call has tried. */
export async function trySample(options: SampleOptions): Promise<Drawn[]> {
  const { record, mutants, count, save } = options
  const drawn = draw(mutants, { seed: record.seed, count })
  save(drawn)
  for (const [file, wanted] of Map.groupBy(drawn, ({ mutant }) => mutant.file)) {
    const tests = options.testsOf(file)
    const testsDigest = options.digestOf(tests)
    const open = wanted.filter(({ name }) => isOpen(record.trials[name], testsDigest))
    if (open.length === 0) continue
    for (const [name, trial] of await tryDrawn(open, tests, options)) record.trials[name] = { trial, testsDigest }
    save(drawn)
  }
  return drawn
}

async function tryDrawn(open: readonly Drawn[], tests: readonly string[], { tryMutants }: SampleOptions) {
  const unreached = (mutant: Mutant): Trial => ({ ...mutant, outcome: 'not reached', tests: [] })
  if (tests.length === 0) return open.map(({ name, mutant }) => [name, unreached(mutant)] as const)
  const ranges = new Set(open.map(({ mutant: { file, range } }) => `${file}:${range}`))
  const trials = await tryMutants([...ranges], tests)
  return open.map(({ name, mutant }) => [name, trialOf(mutant, trials)] as const)
}

function trialOf(mutant: Mutant, trials: readonly Trial[]): Trial {
  const { file, range, mutator, replacement } = mutant
  const found = trials.find(
    (trial) => trial.range === range && trial.mutator === mutator && trial.replacement === replacement,
  )
  if (found === undefined)
    throw new Error(
      `Stryker did not try ${mutator} at ${file}:${range}, which it had listed: the file has changed since.`,
    )
  return found
}
