import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chosen } from '../../scripts/mutate/chosen.ts'
import { importersOf, testFilesOf, testsOfFile, testsOfFolder, type TestFile } from '../../scripts/mutate/tests-of.ts'

const file = (path: string, loads: Record<string, number> = {}): TestFile => ({
  path,
  loads: new Map(Object.entries(loads)),
})
const exits = 'src/engine/exits'
const tests = [
  file('test/documentation.test.ts'),
  file('test/engine/exits/rules.test.ts', { [`${exits}/index.ts`]: 2, [`${exits}/entropy.ts`]: 3 }),
  file('test/engine/exits/other.test.ts'),
  file('test/engine/random.test.ts', { [`${exits}/entropy.ts`]: 4, 'src/engine/heads/pool.ts': 2 }),
  file('test/main/host/host.test.ts', { [`${exits}/index.ts`]: 1, 'src/main/execution/threads/pool.ts': 2 }),
  file('test/main/cli/run.test.ts', { [`${exits}/index.ts`]: 3, 'src/main/execution/threads/pool.ts': 5 }),
]

describe('the tests of a source file', () => {
  it.each([
    ['those of the folder that mirrors its own', `${exits}/entropy.ts`, ['test/engine/exits/rules.test.ts']],
    ['those of the nearest folder above', 'src/engine/heads/pool.ts', ['test/engine/random.test.ts']],
    ['those that import it', `${exits}/index.ts`, ['test/engine/exits/rules.test.ts', 'test/main/host/host.test.ts']],
    [
      'else those that load it through the fewest files',
      'src/main/execution/threads/pool.ts',
      ['test/main/host/host.test.ts'],
    ],
    ['none where none loads it', `${exits}/unused.ts`, []],
  ])('are, of those that load it, %s', (_, path, expected) => {
    expect(testsOfFile(path, tests)).toEqual(expected)
  })
})

it('the tests that import a file are known', () => {
  expect(importersOf(`${exits}/index.ts`, tests)).toEqual(['test/main/host/host.test.ts'])
  expect(importersOf(`${exits}/entropy.ts`, tests)).toEqual([])
})

describe('the tests of a folder', () => {
  it('are those in the folder that mirrors it and below', () => {
    const engine = tests.map(({ path }) => path).filter((path) => path.startsWith('test/engine/'))
    expect(testsOfFolder('src/engine', tests)).toEqual(engine)
    expect(testsOfFolder('src/main/host/exports/writers', tests)).toEqual([])
  })
})

/** A checkout of a few source files and two test files. */
function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), 'exitlab-mutate-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  write('src/engine/sum.ts', "export { one as sum } from './one.ts'")
  write('src/engine/one.ts', "export const one = 1\nexport const Sum = () => import('./Sum.vue')")
  write('src/engine/Sum.vue', '<script setup lang="ts">\nimport \'../screens/all.ts\'\n</script>')
  write('src/screens/all.ts', "export const all = import.meta.glob<string>('./*/screen.ts', { eager: true })")
  write('src/screens/one/screen.ts', "import '../../engine/sum.ts'")
  write('src/untested/other.ts', 'export const other = 1')
  write('test/engine/sum.test.ts', "import { sum } from '../../src/engine/sum.ts'")
  write('test/types.test.ts', "import type { sum } from '../src/engine/sum.ts'\nimport { it } from 'vitest'")
  return root
}

describe('the test files of a checkout', () => {
  it('are listed with the files whose values they load, and through how many others', () => {
    expect(testFilesOf(checkout()).sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      file('test/engine/sum.test.ts', {
        'src/engine/sum.ts': 1,
        'src/engine/one.ts': 2,
        'src/engine/Sum.vue': 3,
        'src/screens/all.ts': 4,
        'src/screens/one/screen.ts': 5,
      }),
      file('test/types.test.ts'),
    ])
  })
})

describe('the argument of the command', () => {
  const choose = (path: string) => {
    const root = checkout()
    return chosen(join(root, path), { root, tests: testFilesOf(root) })
  }

  it('is a folder, a file or lines of a file, with the tests that belong to it', () => {
    const sum = 'src/engine/sum.ts'
    const tests = ['test/engine/sum.test.ts']
    expect(choose('src/engine/')).toEqual({
      title: 'src/engine',
      mutate: ['src/engine/**/*.{ts,vue}'],
      tests,
    })
    expect(choose(sum)).toEqual({ title: sum, mutate: [sum], tests })
    expect(choose(`${sum}:3-8`)).toEqual({ title: `${sum}:3-8`, mutate: [`${sum}:3-8`], tests })
  })

  it.each([
    ['test/engine', /no file or folder of src\//],
    ['src/missing', /no file or folder of src\//],
    ['src/untested', /no tests in test\/untested/],
    ['src/untested/other.ts', /no file of test\/ loads it/],
  ])('refuses %s', (path, message) => {
    expect(() => choose(path)).toThrow(message)
  })
})
