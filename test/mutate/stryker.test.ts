import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mutantsOf, tryMutants } from '../../scripts/mutate/stryker.ts'

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))
const before = process.cwd()
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'exitlab-mutate-')))
const source = 'src/sign.ts'
const text = `export const isPositive = (x: number) => x > 0
export function name(x: number) {
  return isPositive(x) ? 'positive' : 'other'
}
export function unused(x: number) {
  return x - 1
}
export const limits = [1, 2]
`
const test = `import { expect, it } from 'vitest'
import { isPositive, limits, name } from '../src/sign.ts'
it('knows signs', () => {
  expect(isPositive(1)).toBe(true)
  expect(isPositive(-1)).toBe(false)
  name(1)
  expect(limits).toHaveLength(2)
})
`

beforeAll(() => {
  const write = (path: string, content: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  write('package.json', '{ "type": "module" }')
  write(source, text)
  write('src/alone.ts', 'export const isAlone = (x: number) => x > 1')
  write('test/sign.test.ts', test)
  write(
    'test/unrelated.test.ts',
    "import { it } from 'vitest'\nimport '../src/sign.ts'\nit('fails', () => { throw new Error('not asked for') })",
  )
  write('test/support/patience.ts', '')
  symlinkSync(packages, join(folder, 'node_modules'))
  process.chdir(folder)
})
afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true })
})

const shown = ({ line, original, replacement }: { line: number; original: string; replacement: string }) =>
  `${line}: ${original.replace(/\s+/g, ' ')} → ${replacement.replace(/\s+/g, ' ')}`

it('lists mutants with their place and change, without those of texts', async () => {
  const mutants = await mutantsOf([source])
  expect(mutants.map(shown)).toEqual(
    expect.arrayContaining(['1: x > 0 → true', '1: x > 0 → x >= 0', '6: x - 1 → x + 1']),
  )
  expect(mutants.map(({ mutator }) => mutator)).not.toContain('StringLiteral')
  const found = mutants.find(({ replacement }) => replacement === 'x >= 0')
  expect(found).toMatchObject({ file: source, range: '1:41-1:46', mutator: 'EqualityOperator' })
})

it('names a file that Stryker cannot change', async () => {
  const path = 'src/chain.ts'
  writeFileSync(join(folder, path), 'export const unit = (found?: string[]) => found?.[0]!.toLowerCase()')
  await expect(mutantsOf([source, path])).rejects.toThrow(/^Stryker cannot change src\/chain\.ts: /)
})

it('tries the mutants of files and ranges with the tests that reach them', async () => {
  const trials = await tryMutants({
    mutate: [source],
    tests: ['test/sign.test.ts'],
    sandbox: 'sandbox',
    concurrency: 1,
  })
  const outcomes = Object.fromEntries(trials!.map((trial) => [shown(trial), trial]))
  expect(outcomes['1: x > 0 → true']).toMatchObject({ outcome: 'found', tests: ['test/sign.test.ts'] })
  expect(outcomes['1: x > 0 → x >= 0']).toMatchObject({ outcome: 'survived', tests: ['test/sign.test.ts'] })
  expect(outcomes['6: x - 1 → x + 1']).toMatchObject({ outcome: 'not reached', tests: [] })
  // Code that runs when the module is loaded.
  expect(outcomes['8: [1, 2] → []']).toMatchObject({ outcome: 'found', tests: ['test/sign.test.ts'] })
  const listed = await mutantsOf([source])
  expect(trials!.map(({ range, mutator, replacement }) => [range, mutator, replacement])).toEqual(
    expect.arrayContaining(listed.map(({ range, mutator, replacement }) => [range, mutator, replacement])),
  )

  const [only] = listed.filter(({ replacement }) => replacement === 'x + 1')
  const alone = await tryMutants({
    mutate: [`${source}:${only!.range}`],
    tests: ['test/sign.test.ts'],
    sandbox: 'sandbox',
    concurrency: 1,
  })
  expect(alone!.map(shown)).toEqual(['6: x - 1 → x + 1'])
})

it('knows that none of the tests loads a file', async () => {
  const question = { mutate: ['src/alone.ts'], tests: ['test/sign.test.ts'], sandbox: 'sandbox', concurrency: 1 }
  expect(await tryMutants(question)).toBeNull()
})
