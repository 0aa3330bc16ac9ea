import { expect, test } from 'vitest'
import { filesStartedBy } from './started-files.ts'

const tracked = [
  'exitlab',
  'examples/a.yaml',
  'examples/paper/b.yaml',
  'test/support/host-process.ts',
  'src/main/cli/index.ts',
]

test('a file names others beside it, below the root, and whole folders', () => {
  const of = (code: string) => filesStartedBy('test/main/kill.test.ts', code, tracked)
  expect(of("const entry = new URL('../support/host-process.ts', import.meta.url)")).toEqual([
    'test/support/host-process.ts',
  ])
  expect(of("new URL('../../examples/', import.meta.url)")).toEqual(['examples/a.yaml', 'examples/paper/b.yaml'])
  expect(of("readFileSync(join(root, 'examples', 'a.yaml'))")).toEqual(['examples/a.yaml', 'examples/paper/b.yaml'])
  expect(of('new URL(`../../examples/${name}`, import.meta.url)')).toHaveLength(2)
  expect(of("const root = new URL('../..', import.meta.url)")).toEqual([])
})

test('who calls the task runner starts the command line, the page and the window', () => {
  const programs = ['src/main/cli/index.ts', 'src/renderer/main.ts', 'src/main/shell/index.ts']
  const of = (code: string) => filesStartedBy('test/e2e/a.test.ts', code, tracked)
  expect(of("new URL('../../scripts/run.mjs', import.meta.url)")).toEqual(programs)
  expect(of("new URL('../../exitlab', import.meta.url)")).toEqual(['exitlab', ...programs])
  expect(of('await bringInterface(root)')).toEqual(programs)
})
