import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dataFolder } from '../host/settings.ts'
import { writeScript } from '../../support/fake-trainer/script.ts'

const cliProcess = fileURLToPath(new URL('../../support/cli-process.ts', import.meta.url))
/** No password file has it. */
const id = 1_999_999_999
const folder = mkdtempSync('/tmp/exitlab-no-entry-')
const at = (...names: string[]) => join(folder, ...names)
afterAll(() => rmSync(folder, { recursive: true }))

interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

/** A command of a user without an entry in the password file; ended by Ctrl-C when it says `until`. */
function exitlab(args: readonly string[], environment: NodeJS.ProcessEnv, until?: string): Promise<Ended> {
  const { PATH, NODE_OPTIONS } = process.env
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cliProcess, at('fake'), ...args], {
    cwd: folder,
    env: { PATH, NODE_OPTIONS, ...environment },
    uid: id,
    gid: id,
  })
  const written = { stdout: '', stderr: '' }
  let signalled = false
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text
      if (until === undefined || signalled || !written.stdout.includes(until)) return
      signalled = child.kill('SIGINT')
    })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...written })))
}

beforeAll(() => {
  mkdirSync(at('fake'))
  writeScript(at('fake'), {})
  writeFileSync(
    at('small.yaml'),
    `name: small
data: { source: mnist, path: '${dataFolder}/images', limit: { train: 100, test: 20 } }
network: { family: resnet, blockCounts: [1, 1], widths: [4, 4], exits: [0] }
regimes: [joint]
training: { epochs: 1, batchSize: 30 }
`,
  )
  for (const path of ['.', 'fake']) chmodSync(at(path), 0o777)
})

describe.runIf(process.getuid?.() === 0)('a user without an entry in the password file (root can be one)', () => {
  const home = { HOME: folder }
  const noHome = { XDG_DATA_HOME: at('d'), XDG_CACHE_HOME: at('c'), XDG_CONFIG_HOME: at('e') }
  const long = 'a long name '.repeat(12).trim()
  test.each(['w', long])('trains in %j', async (workspace) => {
    expect(await exitlab(['run', 'small.yaml', '--workspace', at(workspace)], home)).toMatchObject({ code: 0 })
  })

  test.each([
    ['with HOME', home, 'w'],
    ['without HOME', noHome, 'w'],
    ['where paths are long', home, long],
  ])('compares and serves %s', async (_, environment, workspace) => {
    const place = ['--workspace', at(workspace)]
    expect((await exitlab(['compare', 'small', ...place], environment)).stdout).toContain('joint')
    const serve = ['serve', '--no-open', '--port', '0', ...place]
    const served = await exitlab(serve, environment, 'Ctrl-C ends')
    expect(served).toMatchObject({ code: 0, stdout: expect.stringMatching(/ssh -L \S+ [^@\s]+\n/) as string })
  })

  test('is told without HOME what to set', async () => {
    expect(await exitlab(['serve', '--no-open'], {})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Set HOME, or XDG_DATA_HOME') as string,
    })
  })
})
