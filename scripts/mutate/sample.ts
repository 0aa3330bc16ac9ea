import { draw, type Drawn } from './draw.ts'
import { isFound, type Mutant, type Trial } from './mutant.ts'
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
  /** The mutants within these ranges of one file: those asked for, and others that lie within them; null where no test loads it. */
  tryMutants(ranges: readonly string[], tests: readonly string[]): Promise<Trial[] | null>
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
    const open = wanted.filter(({ name }) => isOpen(record.trials[name], testsDigest))
    if (open.length === 0) continue
    delete record.failures[file]
    try {
      const trials = await tryInTurn(open, first.length < all.length ? [first, all] : [all], options)
      for (const [name, trial] of trials) record.trials[name] = { trial, testsDigest }
    } catch (error) {
      // Its tests fail without any mutant, say. The other files can be tried.
      record.failures[file] = (error as Error).message
    }
    save(drawn)
  }
  return drawn
}

/** Tries mutants of one file with the first tests, and those that are not found with the next. By name. */
async function tryInTurn(
  drawn: readonly Drawn[],
  turns: readonly (readonly string[])[],
  { tryMutants }: SampleOptions,
): Promise<Map<string, Trial>> {
  const found = new Map(drawn.map(({ name, mutant }) => [name, notLoaded(mutant)]))
  for (const tests of turns) {
    const open = drawn.filter(({ name }) => !isFound(found.get(name)!))
    if (open.length === 0 || tests.length === 0) continue
    const ranges = new Set(open.map(({ mutant: { file, range } }) => `${file}:${range}`))
    const trials = await tryMutants([...ranges], tests)
    if (trials !== null) for (const { name, mutant } of open) found.set(name, trialOf(mutant, trials))
  }
  return found
}

const notLoaded = (mutant: Mutant): Trial => ({ ...mutant, outcome: 'not loaded', tests: [] })

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
