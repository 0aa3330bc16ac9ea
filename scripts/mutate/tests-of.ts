import { globSync } from 'node:fs'
import { posix } from 'node:path'
import { moduleLoads } from './modules.ts'

/** A test file, and the files that are loaded with it: 1 for those that it imports, 2 for those that these import, and so on. */
export interface TestFile {
  path: string
  loads: ReadonlyMap<string, number>
}

/** The test files of a checkout. Paths have `/` and start from its root. */
export function testFilesOf(root: string): TestFile[] {
  const loadsOf = moduleLoads(root)
  return globSync('test/**/*.test.ts', { cwd: root }).map((path) => ({ path, loads: loadsOf(path) }))
}

/** Folder of test/ with the tests of a folder of src/. */
export const mirrorOf = (folder: string) => posix.join('test', folder.replace(/^src(\/|$)/, ''))

/**
 * Test files of a source file: those that import it, and those that load it in the folder that mirrors its own, or in the nearest
 * folder above. Where there are none: those that load it through the fewest other files. Tests that do not load it find nothing.
 */
export function testsOfFile(file: string, tests: readonly TestFile[]): string[] {
  const loading = tests.filter(({ loads }) => loads.has(file))
  const near = new Set(nearest(mirrorOf(posix.dirname(file)), loading))
  const direct = loading.filter((test) => near.has(test) || test.loads.get(file) === 1)
  const fewest = Math.min(...loading.map(({ loads }) => loads.get(file)!))
  const belonging = direct.length > 0 ? direct : loading.filter(({ loads }) => loads.get(file) === fewest)
  return belonging.map(({ path }) => path)
}

/** Of the tests of a source file those that import it, which are the likeliest to find what is wrong with it. */
export const importersOf = (file: string, tests: readonly TestFile[]) =>
  tests.flatMap(({ path, loads }) => (loads.get(file) === 1 ? [path] : []))

/** Not those of test/ itself, which are about everything. */
function nearest(folder: string, tests: readonly TestFile[]): TestFile[] {
  if (folder === 'test') return []
  const found = tests.filter(({ path }) => posix.dirname(path) === folder)
  return found.length > 0 ? found : nearest(posix.dirname(folder), tests)
}

/** Test files of a folder of src/: those in the folder that mirrors it, and below. */
export function testsOfFolder(folder: string, tests: readonly TestFile[]): string[] {
  return tests.flatMap(({ path }) => (path.startsWith(`${mirrorOf(folder)}/`) ? [path] : []))
}
