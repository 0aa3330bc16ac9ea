import { statSync } from 'node:fs'
import { join, posix, relative, resolve, sep } from 'node:path'
import { ExitlabError } from '../../src/shared/basics/error.ts'
import { mirrorOf, testsOfFile, testsOfFolder, type TestFile } from './tests-of.ts'

/** What is to be mutated, as Stryker's `mutate` takes it, and the tests that belong to it. */
export interface Chosen {
  title: string
  mutate: string[]
  tests: string[]
}

/** A folder or file of src/, or a range of lines of a file as `src/FILE.ts:10-20`. Paths start from the working folder. */
export function chosen(argument: string, { root, tests }: { root: string; tests: readonly TestFile[] }): Chosen {
  const [, path, range = ''] = /^(.*?)(:\d+(?::\d+)?-\d+(?::\d+)?)?$/.exec(argument)!
  const title = relative(root, resolve(path!)).split(sep).join('/')
  const found = statSync(join(root, title), { throwIfNoEntry: false })
  if (!found || !/^src(\/|$)/.test(title)) {
    throw new ExitlabError('usage', `${argument} is no file or folder of src/. Give one, such as src/engine/exits.`)
  }
  const isFolder = found.isDirectory()
  const belonging = isFolder ? testsOfFolder(title, tests) : testsOfFile(title, tests)
  if (belonging.length === 0) throw new ExitlabError('usage', withoutTests(title, isFolder))
  return {
    title: title + range,
    mutate: [isFolder ? posix.join(title, '**/*.{ts,vue}') : title + range],
    tests: belonging,
  }
}

const withoutTests = (title: string, isFolder: boolean) =>
  isFolder
    ? `${title} has no tests in ${mirrorOf(title)}. Choose a folder that a folder of test/ mirrors, or single files.`
    : `${title} has no tests: no file of test/ loads it, neither directly nor through other files.`
