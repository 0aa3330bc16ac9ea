import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { dataFolder } from '../host/settings.ts'
import { temporaryFolder } from '../host/support.ts'

const cli = fileURLToPath(new URL('../../support/cli-process.ts', import.meta.url))

/** Runs a command whose streams go where the shell says, such as `> /dev/full`. */
function exitlab(streams: string, ...args: string[]) {
  const workspace = args.includes('--workspace') ? [] : ['--workspace', temporaryFolder()]
  const command = [process.execPath, cli, temporaryFolder(), ...args, ...workspace]
  const { status, stdout, stderr } = spawnSync('sh', ['-c', `exec "$0" "$@" ${streams}`, ...command], {
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

/** A file of one run, whose images the fake trainer makes up. */
function toy(): string {
  const file = join(temporaryFolder(), 'toy.yaml')
  writeFileSync(
    file,
    `name: toy
data: { source: mnist, path: ${JSON.stringify(join(dataFolder, 'images'))}, limit: { train: 100, test: 20 } }
network: { family: resnet, blockCounts: [1, 1, 1], widths: [4, 4, 4] }
regimes: [joint]
training: { epochs: 3, batchSize: 30 }
`,
  )
  return file
}

// Every write to /dev/full is answered as one to a full disk.
describe.skipIf(!existsSync('/dev/full'))('a full disk below the output', () => {
  const problem = 'exitlab: cannot write to stdout: ENOSPC: no space left on device, write.'

  it('does not end a training, which reports it once', () => {
    const { status, stderr } = exitlab('> /dev/full', 'run', toy())
    expect(stderr).toBe(`${problem} Lines that cannot be written are dropped; training continues.\n`)
    expect(status).toBe(0)
  })

  it('does not end a training where stderr is lost as well, or alone', () => {
    expect(exitlab('> /dev/full 2>&1', 'run', toy()).status).toBe(0)
    const { status, stdout } = exitlab('2> /dev/full', 'run', toy())
    expect(status).toBe(0)
    expect(stdout).toContain('1 run done')
  })

  it('fails an analysis whose result is lost', () => {
    const workspace = temporaryFolder()
    expect(exitlab('', 'run', toy(), '--workspace', workspace).status).toBe(0)
    const asked = ['analyse', 'numerical-rank', 'toy', '--format', 'json', '--quiet', '--workspace', workspace]
    expect(exitlab('> /dev/full', ...asked)).toMatchObject({ status: 8, stderr: expect.stringContaining(problem) })
  })

  it('fails a command that only prints', () => {
    expect(exitlab('> /dev/full', 'list')).toEqual({ status: 8, stdout: '', stderr: `${problem}\n` })
    expect(exitlab('> /dev/full', 'show', 'nothing').status).toBe(4)
  })
})
