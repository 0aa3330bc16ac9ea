import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const script = fileURLToPath(new URL('../scripts/mutate/index.ts', import.meta.url))

it.each([
  [['--smaple', '3'], "Unknown option '--smaple'. It takes --sample, --seed, --concurrency.\n"],
  [['--seed'], "Option '--seed <value>' argument missing. It takes --sample, --seed, --concurrency.\n"],
])('a script that is called with %j says which options it has, with exit code 2', (given, message) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...given], { encoding: 'utf8' })
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: message })
})
