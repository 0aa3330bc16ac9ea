import { draw, type Drawn } from './draw.ts'
import { survives, type Mutant, type Trial } from './mutant.ts'
import { isOpen, type SampleRecord } from './record.ts'

export interface SampleOptions {
  record: SampleRecord
  /** All mutants of the sources. */
  mutants: readonly Mutant[]
  count: number
  /** Test files that belong to a source file; `first`: those of them that are tried alone before. */
  testsOf(file: string): { first: readonly string[]; all: readonly string[] }
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
    const { first, all } = options.testsOf(file)
    const testsDigest = options.digestOf(all)
    let open = wanted.filter(({ name }) => isOpen(record.trials[name], testsDigest))
    if (open.length === 0) continue
    for (const tests of first.length > 0 && first.length < all.length ? [first, all] : [all]) {
      if (open.length > 0) await tryDrawn(open, { ...options, tests, testsDigest })
      open = open.filter(({ name }) => survives(record.trials[name]!.trial))
    }
    save(drawn)
  }
  return drawn
}

interface Attempt extends SampleOptions {
  tests: readonly string[]
  testsDigest: string
}

/** Notes what these tests make of mutants of one file. */
async function tryDrawn(open: readonly Drawn[], { record, tests, testsDigest, tryMutants }: Attempt): Promise<void> {
  const ranges = new Set(open.map(({ mutant: { file, range } }) => `${file}:${range}`))
  const trials = tests.length === 0 ? null : await tryMutants([...ranges], tests)
  for (const { name, mutant } of open) {
    const trial: Trial = trials ? trialOf(mutant, trials) : { ...mutant, outcome: 'not reached', tests: [] }
    record.trials[name] = { trial, testsDigest }
  }
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
