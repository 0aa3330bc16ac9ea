import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { chosen } from '../../scripts/mutate/chosen.ts'
import { importersOf, testFilesOf, testsOfFile, testsOfFolder, type TestFile } from '../../scripts/mutate/tests-of.ts'

const file = (path: string, ...imports: string[]): TestFile => ({ path, imports })
const tests = [
  file('test/documentation.test.ts'),
  file('test/engine/exits/rules.test.ts'),
  file('test/engine/random.test.ts'),
  file('test/renderer/views/runs.test.ts'),
  file('test/host/host.test.ts', 'src/main/engine/exits/index.ts'),
]

describe('the tests of a source file', () => {
  it.each([
    ['src/main/engine/exits/entropy.ts', ['test/engine/exits/rules.test.ts']],
    ['src/main/engine/networks/resnet/build.ts', ['test/engine/random.test.ts']],
    ['src/renderer/views/RunsView.vue', ['test/renderer/views/runs.test.ts']],
    ['src/main/engine/exits/index.ts', ['test/engine/exits/rules.test.ts', 'test/host/host.test.ts']],
    ['src/main/threads/pool.ts', []],
  ])('%s: those beside it or in the nearest folder above, and those that import it', (path, expected) => {
    expect(testsOfFile(path, tests)).toEqual(expected)
  })
})

it('the tests that import a file are known', () => {
  expect(importersOf('src/main/engine/exits/index.ts', tests)).toEqual(['test/host/host.test.ts'])
  expect(importersOf('src/main/engine/exits/entropy.ts', tests)).toEqual([])
})

describe('the tests of a folder', () => {
  it('are those in the folder that mirrors it and below', () => {
    const engine = ['test/engine/exits/rules.test.ts', 'test/engine/random.test.ts']
    expect(testsOfFolder('src/main/engine', tests)).toEqual(engine)
    expect(testsOfFolder('src/main/exports', tests)).toEqual([])
  })
})

/** A checkout of two source files and two test files. */
function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), 'exitlab-mutate-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  write('src/main/engine/sum.ts', 'export const sum = 1')
  write('src/main/untested/other.ts', 'export const other = 1')
  write('test/engine/sum.test.ts', "import { sum } from '../../src/main/engine/sum.ts'")
  write('test/types.test.ts', "import type { sum } from '../src/main/engine/sum.ts'\nimport { it } from 'vitest'")
  return root
}

describe('the test files of a checkout', () => {
  it('are listed with the files whose values they import', () => {
    expect(testFilesOf(checkout()).sort((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      file('test/engine/sum.test.ts', 'src/main/engine/sum.ts'),
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
    const sum = 'src/main/engine/sum.ts'
    const tests = ['test/engine/sum.test.ts']
    expect(choose('src/main/engine/')).toEqual({
      title: 'src/main/engine',
      mutate: ['src/main/engine/**/*.{ts,vue}'],
      tests,
    })
    expect(choose(sum)).toEqual({ title: sum, mutate: [sum], tests })
    expect(choose(`${sum}:3-8`)).toEqual({ title: `${sum}:3-8`, mutate: [`${sum}:3-8`], tests })
  })

  it.each([
    ['test/engine', /no file or folder of src\//],
    ['src/main/missing', /no file or folder of src\//],
    ['src/main/untested', /no tests in test\/untested/],
    ['src/main/untested/other.ts', /none in test\/untested or above, and none imports it/],
  ])('refuses %s', (path, message) => {
    expect(() => choose(path)).toThrow(message)
  })
})
