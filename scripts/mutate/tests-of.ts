import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { importsOf, parse } from '../../test/support/imports.ts'

/** A test file, and the files that it imports. */
export interface TestFile {
  path: string
  imports: readonly string[]
}

/** The test files of a checkout. Paths have `/` and start from its root. */
export function testFilesOf(root: string): TestFile[] {
  return globSync('test/**/*.test.ts', { cwd: root }).map((path) => {
    const source = parse(path, readFileSync(join(root, path), 'utf8'))
    const values = importsOf(source).filter(({ specifier, kind }) => kind !== 'type' && specifier.startsWith('.'))
    return { path, imports: values.map(({ specifier }) => posix.join(posix.dirname(path), specifier)) }
  })
}

/** Folder of test/ with the tests of a folder of src/. */
export const mirrorOf = (folder: string) => posix.join('test', folder.replace(/^src(\/main)?(\/|$)/, ''))

/** Test files of a source file: those of the folder that mirrors its own, or the nearest above with tests, and those that import it. */
export function testsOfFile(file: string, tests: readonly TestFile[]): string[] {
  const beside = nearest(mirrorOf(posix.dirname(file)), tests)
  return tests.filter(({ path, imports }) => beside.has(path) || imports.includes(file)).map(({ path }) => path)
}

/** Of the tests of a source file those that import it, which are the likeliest to find what is wrong with it. */
export const importersOf = (file: string, tests: readonly TestFile[]) =>
  tests.flatMap(({ path, imports }) => (imports.includes(file) ? [path] : []))

/** Not those of test/ itself, which are about everything. */
function nearest(folder: string, tests: readonly TestFile[]): Set<string> {
  if (folder === 'test') return new Set()
  const found = tests.filter(({ path }) => posix.dirname(path) === folder).map(({ path }) => path)
  return found.length > 0 ? new Set(found) : nearest(posix.dirname(folder), tests)
}

/** Test files of a folder of src/: those in the folder that mirrors it, and below. */
export function testsOfFolder(folder: string, tests: readonly TestFile[]): string[] {
  return tests.flatMap(({ path }) => (path.startsWith(`${mirrorOf(folder)}/`) ? [path] : []))
}
