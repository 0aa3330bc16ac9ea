import { execFileSync } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryFolder } from '../host/support.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '')

it.each([
  [root, './exitlab list'],
  [dirname(root), `./${basename(root)}/exitlab list`],
  [`${root}/docs`, '../exitlab list'],
])('a hint of the launcher can be typed in %s', (cwd, expected) => {
  const script = `"$0" show nothing --workspace "$1" 2>&1 || true`
  const args = ['-c', script, `${root}/exitlab`, temporaryFolder()]
  expect(execFileSync('sh', args, { cwd, encoding: 'utf8' })).toContain(`→ ${expected}\n`)
})
