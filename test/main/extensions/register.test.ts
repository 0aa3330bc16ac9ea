import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { hashOf, type Archive } from '../../../src/main/extensions/archive.ts'
import { extensionKeys, methodKinds, methodList, type ExtensionKey } from '../../../src/main/extensions/methods.ts'
import { registerExtension } from '../../../src/main/extensions/register.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'

/** What the code of the extension exports by default, or throws: Vitest imports modules in its own way. */
let exported: () => unknown
vi.mock('../../../src/main/extensions/import-archive.ts', () => ({ importArchive: async () => exported() }))

const archive: Archive = { entry: 'a.ts', files: { 'a.ts': '' } }
const info = { title: 'T', sentence: 'S.', paper: 'P', summary: 'S.' }
const nothing = () => {}

/** The least that a method of each kind has. */
const whole: Record<ExtensionKey, object> = {
  families: {
    info,
    choice: z.object({}),
    spec: z.object({}),
    variants: { small: { title: 'Small' } },
    defaults: { augmentation: 'none', clipNorm: null, head: 'pooled' },
    takes: 'images',
    ...functions(
      'reads',
      'contradictions',
      'resolve',
      'inputs',
      'blockCount',
      'lastSite',
      'evaluated',
      'draw',
      'notes',
      'load',
    ),
  },
  heads: { reads: { feature: 'map' }, notes: 'N', load: nothing },
  weightings: { info, parameters: z.object({}), normalised: true, weights: nothing },
  losses: { info, parameters: z.object({}), ...functions('applies', 'load') },
  optimisers: { info, settings: ['momentum'], ...functions('moments', 'load') },
  exitRules: { info, python: 'P', ...functions('thresholds', 'scores') },
  regimes: { info, phases: [{ trains: 'all' }] },
  datasets: { kind: 'images', info, options: ['pad'], open: nothing },
  readings: { info, question: z.object({}), answer: z.object({}), ...functions('parse', 'compute', 'table', 'figure') },
  analyses: { info, parameters: z.object({}), result: z.object({}), ...functions('compute', 'table', 'figure') },
}

function functions(...names: string[]) {
  return Object.fromEntries(names.map((name) => [name, nothing]))
}

const registering = (value: unknown, others?: Parameters<typeof registerExtension>[2]) => {
  exported = () => value
  return registerExtension(archive, '/m/a.ts', others)
}

/** An error that was thrown there. */
const at = (place: string) => Object.assign(new Error('boom'), { stack: `Error: boom\n    at ${place}` })

/** What an extension is refused with. */
async function refusalOf(value: unknown): Promise<string> {
  const before = methodList().length
  const error = await registering(value).then(
    () => expect.unreachable('it was registered'),
    (thrown: unknown) => thrown as ExitlabError,
  )
  expect(error).toBeInstanceOf(ExitlabError)
  expect([error.code, methodList().length]).toEqual(['usage', before])
  return error.message
}

const own = (key: string, entry: unknown, name = 'mine') => ({ name: 'own', [key]: { [name]: entry } })

/** The entry without what is at a path of keys. */
function without(entry: object, [key, ...rest]: string[]): object {
  const { [key!]: child, ...others } = entry as Record<string, object>
  return rest.length === 0 ? others : { ...others, [key!]: without(child!, rest) }
}

/** Its functions are guarded (guarded.test.ts). */
const asRegistered = (entry: object) =>
  Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [key, typeof value === 'function' ? expect.any(Function) : value]),
  ) as object

test('a method of each kind is registered with its extension, its file and its hash', async () => {
  const methods = Object.fromEntries(extensionKeys.map((key) => [key, { [`own-${key}`]: whole[key] }]))
  const origin = { extension: 'all', file: '/m/a.ts', sha256: hashOf(archive) }
  expect(await registering({ name: 'all', ...methods }, [{ ...origin, extension: 'other' }])).toEqual(origin)
  const added = methodList().filter((each) => each.origin !== null)
  expect(added).toEqual(extensionKeys.map((key) => ({ kind: methodKinds[key].kind, name: `own-${key}`, origin })))
  for (const key of extensionKeys) expect(methodKinds[key].registry.get(`own-${key}`)).toEqual(asRegistered(whole[key]))
})

/** What is missing in a method of a kind, by its path. */
const missing = {
  families: [
    'info.title',
    'info.summary',
    'choice',
    'spec',
    'variants.small.title',
    'defaults.augmentation',
    'defaults.clipNorm',
    'defaults.head',
    'takes',
    'reads',
    'contradictions',
    'resolve',
    'inputs',
    'blockCount',
    'lastSite',
    'evaluated',
    'draw',
    'notes',
    'load',
  ],
  heads: ['reads.feature', 'notes', 'load'],
  weightings: ['info.title', 'info.sentence', 'info.paper', 'parameters', 'normalised', 'weights'],
  losses: ['info', 'parameters', 'applies', 'load'],
  optimisers: ['info', 'settings', 'moments', 'load'],
  exitRules: ['info', 'python', 'thresholds', 'scores'],
  regimes: ['info', 'phases'],
  datasets: ['kind', 'info.title', 'info.paper', 'options', 'open'],
  readings: ['info.title', 'info.sentence', 'question', 'answer', 'parse', 'compute', 'table', 'figure'],
  analyses: ['info', 'parameters', 'result', 'compute', 'table', 'figure'],
} satisfies Record<ExtensionKey, string[]>

test.each(extensionKeys)('a method of %s is refused where a part of it is missing, which is named', async (key) => {
  for (const path of missing[key]) {
    const message = await refusalOf(own(key, without(whole[key], path.split('.'))))
    expect(message).toMatch(/^\/m\/a\.ts: the .* “mine” of the extension “own” is incomplete: /)
    expect(message).toContain(`incomplete: ${path}: `)
  }
})

test.each([
  ['families', { takes: 'sound' }, 'takes'],
  ['families', { choice: {} }, 'choice: expected a schema of z'],
  ['families', { choice: null }, 'choice: expected a schema of z'],
  ['heads', { reads: { feature: 'map', tokens: 'last' } }, 'reads.tokens'],
  ['heads', { load: 'later' }, 'load: expected a function'],
  ['heads', { notes: '' }, 'notes'],
  ['exitRules', { fit: 1 }, 'fit: expected a function'],
  ['exitRules', { predictions: 1 }, 'predictions: expected a function'],
  ['optimisers', { settings: [1] }, 'settings[0]'],
  ['regimes', { phases: [] }, 'phases'],
  ['regimes', { phases: [{ trains: 'all', train: 'all' }] }, 'phases[0]: unknown key train.'],
  ['regimes', { phases: [{ trains: 'all', objective: 'sdn' }] }, 'phases[0].objective'],
  [
    'regimes',
    { phases: [{ trains: 'all', exits: 'up-to-this' }] },
    'phases[0].exits: goes with a repeated phase only; add forEach: exit.',
  ],
  ['datasets', { kind: 'sound' }, 'kind'],
] as const)('a method of %s with %o is refused by what is wrong', async (key, change, says) => {
  expect(await refusalOf(own(key, { ...whole[key], ...change }))).toContain(`incomplete: ${says}`)
})

test('what a method may leave out or add is no fault', async () => {
  const head = { ...whole.heads, reads: { feature: 'any', tokens: 'first' }, more: 1 }
  const rule = { ...whole.exitRules, fit: nothing, predictions: nothing }
  const regime = { ...whole.regimes, phases: [{ trains: 'all', objective: { weighting: 'sdn' } }] }
  const added = { heads: { 'more-head': head }, exitRules: { 'more-rule': rule }, regimes: { 'more-regime': regime } }
  await registering({ name: 'more', ...added, losses: {}, weightings: undefined })
  expect(methodKinds.exitRules.registry.get('more-rule')).toEqual(asRegistered(rule))
})

test('every part that is wrong is named', async () => {
  const { title, sentence } = info
  expect(await refusalOf(own('weightings', { ...whole.weightings, info: { title, sentence }, weights: 1 }))).toMatch(
    /incomplete: info\.paper: missing; expected text; weights: expected a function\.$/,
  )
})

test.each([
  ['by depth', 'weightings', false],
  ['-depth', 'weightings', false],
  ['', 'weightings', false],
  ['tiefe_ü', 'weightings', false],
  ['weighting', 'losses', false],
  ['gradients', 'losses', false],
  ['7-by_depth-A', 'weightings', true],
  ['gradients', 'weightings', true],
] as const)('a method may be called “%s” among %s: %s', async (name, key, isName) => {
  const value = own(key, whole[key], name)
  if (isName) expect((await registering({ ...value, name: `named-${name}` })).extension).toBe(`named-${name}`)
  else expect(await refusalOf(value)).toMatch(/ cannot have this name: expected letters, digits, - and _/)
})

test('a name that Exitlab or another extension has is refused, and none of the other methods is registered', async () => {
  const uniform = { ...own('weightings', whole.weightings, 'uniform'), heads: { unseen: whole.heads } }
  expect(await refusalOf(uniform)).toBe(
    '/m/a.ts: the weighting “uniform” of the extension “own” cannot be added: Exitlab itself has one of this name. Choose another name.',
  )
  expect(methodKinds.heads.registry.has('unseen')).toBe(false)
  await registering({ name: 'first', heads: { taken: whole.heads } })
  expect(await refusalOf(own('heads', whole.heads, 'taken'))).toContain(
    'the extension “first” (/m/a.ts) has one of this name',
  )
})

test('a second extension of one name is refused', async () => {
  const other = { extension: 'own', file: '/m/b.ts', sha256: 'f'.repeat(64) }
  await expect(registering(own('heads', whole.heads), [other])).rejects.toThrow(
    '/m/a.ts and /m/b.ts are two extensions of the name “own”. Load one of them, or rename one.',
  )
})

test.each([
  [undefined, '/m/a.ts exports nothing by default. Expected export default defineExtension({ name, … }).'],
  [null, '/m/a.ts exports object, no extension. Expected export default'],
  ['text', '/m/a.ts exports string, no extension. Expected export default'],
  [{}, '/m/a.ts: name: '],
  [{ name: '' }, '/m/a.ts: name: '],
  [{ name: 'x'.repeat(61), heads: {} }, '/m/a.ts: name: '],
  [{ name: 'own', heads: 3 }, '/m/a.ts: heads: '],
  [{ name: 'own', weighting: {} }, 'unknown key weighting; did you mean weightings?'],
  [{ name: 'own', qqqqqqqq: {} }, 'unknown key qqqqqqqq; expected name, families, heads,'],
  [{ name: 'own' }, '/m/a.ts: the extension “own” has no methods. Expected some of families,'],
  [{ name: 'own', heads: {} }, 'has no methods'],
])('what exports %o is no extension, which is said', async (value, says) => {
  expect(await refusalOf(value)).toContain(says)
})

test('a name may have 60 characters', async () => {
  const name = 'x'.repeat(60)
  expect((await registering({ name, heads: { sixty: whole.heads } })).extension).toBe(name)
})

test.each([
  [new RangeError('boom'), '/m/a.ts could not be loaded: RangeError: boom.'],
  [at('exitlab-extension:///ab/a.ts:12:3'), '/m/a.ts could not be loaded: Error: boom (a.ts, line 12).'],
  ['boom', '/m/a.ts could not be loaded: It: threw boom.'],
  [
    new ExitlabError('usage', 'a.ts imports b.ts only while it runs.'),
    '/m/a.ts: a.ts imports b.ts only while it runs.',
  ],
])('what its code throws is said with its file: %o', async (thrown, says) => {
  exported = () => {
    throw thrown
  }
  await expect(registerExtension(archive, '/m/a.ts')).rejects.toMatchObject({
    code: 'usage',
    message: says,
    cause: thrown,
  })
})
