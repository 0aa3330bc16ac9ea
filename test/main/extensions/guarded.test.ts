import { describe, expect, test } from 'vitest'
import { comparisonQuestion, defineReading, z } from '../../../src/main/extensions/extension.ts'
import { guarded } from '../../../src/main/extensions/guarded.ts'
import type { ExtensionKey } from '../../../src/main/extensions/methods.ts'
import { sourceNames } from '../../../src/readings/source-shapes.ts'
import { ExitlabError, unexpectedWords } from '../../../src/shared/basics/error.ts'

const origin = { extension: 'mine', file: '/m/a.ts', sha256: '' }
type Call = (...all: unknown[]) => unknown
type Entry = Record<string, Call>
const guard = (key: ExtensionKey, entry: object) => guarded({ entry, key, name: 'own' }, origin) as Entry

/** Calls what a path of functions leads to, each with nothing. */
async function called(entry: Entry, path: string): Promise<unknown> {
  let at: unknown = entry
  for (const name of path.split('.')) {
    const [key, isCalled] = [name.replace('()', ''), name.endsWith('()')]
    const member = key === '' ? at : (at as Entry)[key]
    at = isCalled ? await (member as Call)() : member
  }
  return at
}

describe('what a method of an extension gives', () => {
  const promised = Promise.resolve([1])
  test.each<[ExtensionKey, object, string, string]>([
    [
      'weightings',
      { weights: () => undefined },
      'weights()',
      'weighting “own” of the extension “mine” (/m/a.ts): weights gave nothing; expected a list with a number for each exit.',
    ],
    [
      'weightings',
      { weights: () => promised },
      'weights()',
      'weights gave a promise; expected a list with a number for each exit.',
    ],
    [
      'weightings',
      { weights: () => ['1'] },
      'weights()',
      'weights gave a list; expected a list with a number for each exit.',
    ],
    ['weightings', { weights: () => 3 }, 'weights()', 'weights gave 3; expected'],
    [
      'exitRules',
      { thresholds: () => [0, 1] },
      'thresholds()',
      'exit rule “own” of the extension “mine” (/m/a.ts): thresholds gave a list; expected a Float64Array.',
    ],
    ['exitRules', { scores: () => undefined }, 'scores()', 'scores gave nothing; expected a Float64Array.'],
    ['exitRules', { fit: () => 1 }, 'fit()', 'fit gave 1; expected a list of numbers.'],
    ['exitRules', { predictions: () => ({}) }, 'predictions()', 'predictions gave a mapping; expected predictions: {'],
    [
      'losses',
      { applies: () => 1 },
      'applies()',
      'loss between exits “own” of the extension “mine” (/m/a.ts): applies gave 1; expected true or false.',
    ],
    [
      'losses',
      { load: async () => ({}) },
      'load()',
      'load gave a mapping; expected a function of losses, outputs and parameters.',
    ],
    [
      'losses',
      { load: async () => () => undefined },
      'load().()',
      'load() gave nothing; expected a list of tensors, one for each exit that runs.',
    ],
    [
      'optimisers',
      { moments: () => 'm' },
      'moments()',
      'optimiser “own” of the extension “mine” (/m/a.ts): moments gave "m"; expected a list of names.',
    ],
    [
      'optimisers',
      { load: async () => ({ update: () => {} }) },
      'load()',
      'load gave a mapping; expected { scalars, update }, both functions.',
    ],
    [
      'optimisers',
      { load: async () => ({ update: () => {}, scalars: () => promised }) },
      'load().scalars()',
      'load().scalars gave a promise; expected a mapping.',
    ],
    [
      'heads',
      { load: async () => undefined },
      'load()',
      'exit head “own” of the extension “mine” (/m/a.ts): load gave nothing; expected a head: { info, create }, where create is a function.',
    ],
    [
      'heads',
      { load: () => ({ create: () => ({ parameters: [] }) }) },
      'load().create()',
      'load().create gave a mapping; expected a head of a network: { parameters, operations, apply }.',
    ],
    [
      'heads',
      { load: () => ({ create: () => ({ parameters: [], operations: [], apply: () => [] }) }) },
      'load().create().apply()',
      'load().create().apply gave an empty list; expected { logits }, with a tensor [batch, classes].',
    ],
    [
      'families',
      { reads: () => 'token' },
      'reads()',
      'network family “own” of the extension “mine” (/m/a.ts): reads gave "token"; expected map or tokens.',
    ],
    [
      'families',
      { contradictions: () => null },
      'contradictions()',
      'contradictions gave nothing; expected a list of problems, each { path, message }.',
    ],
    ['families', { resolve: () => undefined }, 'resolve()', 'resolve gave nothing; expected a mapping.'],
    ['families', { inputs: () => 1 }, 'inputs()', 'inputs gave 1; expected a mapping.'],
    ['families', { blockCount: () => 0 }, 'blockCount()', 'blockCount gave 0; expected the number of blocks.'],
    ['families', { blockCount: () => 1.5 }, 'blockCount()', 'blockCount gave 1.5; expected the number of blocks.'],
    ['families', { lastSite: () => -1 }, 'lastSite()', 'lastSite gave -1; expected the number of a block.'],
    ['families', { evaluated: () => undefined }, 'evaluated()', 'evaluated gave nothing; expected a mapping.'],
    [
      'families',
      { draw: () => ({ nodes: [] }) },
      'draw()',
      'draw gave a mapping; expected a drawing: { title, input, nodes, edges }.',
    ],
    ['families', { notes: () => undefined }, 'notes()', 'notes gave nothing; expected text.'],
    [
      'families',
      { load: async () => ({}) },
      'load()',
      'load gave a mapping; expected { build }, where build is a function.',
    ],
    [
      'families',
      { load: async () => ({ build: () => promised }) },
      'load().build()',
      'load().build gave a promise; expected a mapping.',
    ],
    [
      'datasets',
      { open: async () => undefined },
      'open()',
      'data set “own” of the extension “mine” (/m/a.ts): open gave nothing; expected an opened data set, such as openedInMemory gives.',
    ],
    [
      'readings',
      { table: async () => ({ about: [] }) },
      'table()',
      'reading “own” of the extension “mine” (/m/a.ts): table gave a mapping; expected a table: {',
    ],
    [
      'readings',
      { figure: async () => ({ name: 'a', sentence: 's' }) },
      'figure()',
      'figure gave a mapping; expected a figure: { name, sentence, option }',
    ],
    [
      'analyses',
      { table: async () => undefined },
      'table()',
      'analysis “own” of the extension “mine” (/m/a.ts): table gave nothing; expected a table',
    ],
    ['analyses', { figure: async () => undefined }, 'figure()', 'figure gave nothing; expected a figure'],
  ])('%s: %o is refused where it is given: %s', async (key, entry, path, message) => {
    const error = (await called(guard(key, entry), path).catch((thrown: unknown) => thrown)) as ExitlabError
    expect(error).toMatchObject({ code: 'usage', message: expect.stringContaining(message) as string })
    expect(error.message).toMatch(/^The .* \(\/m\/a\.ts\): .*\.$/)
  })

  test.each<[ExtensionKey, object, string]>([
    ['weightings', { weights: () => [1, 2] }, 'weights()'],
    ['exitRules', { scores: () => Float64Array.of(1) }, 'scores()'],
    ['exitRules', { fit: () => [1] }, 'fit()'],
    [
      'exitRules',
      { predictions: () => ({ classes: new Int32Array(1), confidences: new Float64Array(1) }) },
      'predictions()',
    ],
    ['losses', { applies: () => false }, 'applies()'],
    ['losses', { load: async () => () => [{}] }, 'load().()'],
    ['optimisers', { moments: () => ['m'] }, 'moments()'],
    ['optimisers', { load: async () => ({ scalars: () => ({}), update: () => undefined }) }, 'load().update()'],
    [
      'heads',
      { load: () => ({ create: () => ({ parameters: [], operations: [], apply: () => ({ logits: {} }) }) }) },
      'load().create().apply()',
    ],
    ['families', { reads: () => 'map' }, 'reads()'],
    ['families', { reads: () => 'tokens' }, 'reads()'],
    ['families', { blockCount: () => 1 }, 'blockCount()'],
    ['families', { lastSite: () => 0 }, 'lastSite()'],
    ['families', { draw: () => ({ nodes: [], edges: [] }) }, 'draw()'],
    ['families', { load: async () => ({ build: () => ({}) }) }, 'load().build()'],
    ['datasets', { open: async () => ({}) }, 'open()'],
    ['readings', { figure: async () => ({ svg: () => '' }) }, 'figure().svg()'],
    ['analyses', { figure: async () => ({ option: () => '' }) }, 'figure().option()'],
  ])('%s: %o is passed on: %s', async (key, entry, path) => {
    const [given, own] = [await called(guard(key, entry), path), await called(entry as Entry, path)]
    expect(given).toEqual(own)
  })
})

describe('an error of a method of an extension', () => {
  const place = `exitlab-extension:///${'a'.repeat(64)}/a.ts:7:1`
  const boom = () => Object.assign(new Error('boom'), { stack: `Error: boom\n    at ${place}` })
  const wordsOf = async (call: () => unknown) => {
    try {
      await call()
    } catch (error) {
      return unexpectedWords(error)
    }
    return null
  }

  test('names the method, and its file and line', async () => {
    const weights = () => {
      throw boom()
    }
    expect(await wordsOf(() => guard('weightings', { weights })['weights']!())).toBe(
      'The weighting “own” of the extension “mine” failed (a.ts, line 7): boom',
    )
    const load = async () => ({ create: () => Promise.reject(boom()) })
    expect(await wordsOf(() => guard('datasets', { open: () => Promise.reject(boom()) })['open']!())).toBe(
      'The data set “own” of the extension “mine” failed (a.ts, line 7): boom',
    )
    const head = (await guard('heads', { load })['load']!()) as Entry
    expect(await wordsOf(() => head['create']!())).toContain('create gave a promise')
    const loss = (await guard('losses', { load: async () => weights })['load']!()) as Call
    expect(await wordsOf(loss)).toBe('The loss between exits “own” of the extension “mine” failed (a.ts, line 7): boom')
  })

  test('may be anything that is thrown, and names the innermost method', async () => {
    const text = () => {
      throw 'odd'
    }
    expect(await wordsOf(() => guard('weightings', { weights: text })['weights']!())).toBe(
      'The weighting “own” of the extension “mine” failed: it threw odd',
    )
    const inner = guard('exitRules', { scores: () => text() })
    expect(await wordsOf(() => guard('weightings', { weights: () => inner['scores']!() })['weights']!())).toContain(
      'The exit rule “own”',
    )
  })

  test('is passed on where it says by itself what is wrong', async () => {
    const refused = new ExitlabError('data', 'a file is cut off')
    const open = () => Promise.reject(refused)
    await expect(guard('datasets', { open })['open']!()).rejects.toBe(refused)
  })

  test('of a reading says what its sources give that it has asked, and which others there are', async () => {
    const entry = defineReading({
      info: { title: 'T', sentence: 'S', withoutImports: null, needsClasses: false },
      question: comparisonQuestion.pick({ runs: true }),
      answer: z.array(z.object({ value: z.number() })),
      compute: async () => ({
        compute: async (sources, { runs }) => {
          if (runs.length > 0) return [{ value: sources.split().length }, {}] as never
          throw boom()
        },
      }),
    })
    const sources = Object.fromEntries(sourceNames.map((name) => [name, () => 'test']))
    const reading = guard('readings', entry)
    const asking = (runs: string[]) => wordsOf(() => reading['compute']!(sources, { runs }))
    expect(await asking([])).toBe(
      `The reading “own” of the extension “mine” failed (a.ts, line 7): boom. sources has ${sourceNames.join(', ')}. docs/extensions.md describes each.`,
    )
    const others = sourceNames.filter((name) => name !== 'split').join(', ')
    expect(await asking(['a'])).toBe(
      'The reading “own” of the extension “mine” failed: its answer does not fit its schema: [1].value: missing; expected a number. ' +
        `sources.split gives the name of the samples that the question is read on: test or validation; sources also has ${others}. docs/extensions.md describes each.`,
    )
  })
})

describe('what a method gives is left as it is', () => {
  const same = async (given: unknown) =>
    expect(await guard('analyses', { compute: async () => given })['compute']!()).toBe(given)

  test('where it has no functions, or is of a class', async () => {
    class Tensor {
      dispose() {}
      readonly read = () => 1
    }
    for (const given of [null, undefined, 1, [() => 1], { shape: [1] }, new Tensor()]) await same(given)
  })

  test('where nothing is expected of it', async () => {
    expect(guard('regimes', { of: () => 3 })['of']!()).toBe(3)
    expect(await guard('regimes', { of: async () => 3 })['of']!()).toBe(3)
  })

  test('with the arguments of its caller, which are those of no reading', () => {
    const request = { runs: [] }
    expect(guard('analyses', { compute: (given: unknown) => given })['compute']!(request)).toBe(request)
  })
})

test('a method of a class has its functions, its own fields and what these compute', () => {
  class Rising {
    readonly #slope = 2
    normalised = true
    get parameters() {
      return z.object({ slope: z.literal(this.#slope) })
    }
    weights() {
      return [this.#slope, this.#slope]
    }
  }
  const entry = guard('weightings', new Rising())
  expect([entry['weights']!(), entry['normalised']]).toEqual([[2, 2], true])
  expect((entry['parameters'] as unknown as z.ZodType).parse({ slope: 2 })).toEqual({ slope: 2 })
})
