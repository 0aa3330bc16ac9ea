import { execFileSync } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { asCalled } from '../../src/main/cli/program-name.ts'
import { temporaryFolder } from '../host/support.ts'

const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

it.each([
  ['`exitlab list` shows what there is.', '`./exitlab list` shows what there is.'],
  ['Evaluate it again: exitlab retry 3f9c2a', 'Evaluate it again: ./exitlab retry 3f9c2a'],
  ['exitlab: cannot write my exitlab folder', 'exitlab: cannot write my exitlab folder'],
])('what the host says, %s, names commands as they can be typed', (said, expected) => {
  expect(asCalled(said, { environment: { EXITLAB_COMMAND: './exitlab' } })).toBe(expected)
  expect(asCalled(said, { environment: {} })).toBe(said)
})

it.each([
  [root, './exitlab list'],
  [dirname(root), `./${basename(root)}/exitlab list`],
  [`${root}/docs`, '../exitlab list'],
])('a hint of the launcher can be typed in %s', (cwd, expected) => {
  const script = `"$0" show nothing --workspace "$1" 2>&1 || true`
  const args = ['-c', script, `${root}/exitlab`, temporaryFolder()]
  expect(execFileSync('sh', args, { cwd, encoding: 'utf8' })).toContain(`\`${expected}\``)
})
