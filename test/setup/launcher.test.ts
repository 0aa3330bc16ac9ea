import { execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'exitlab-launcher-'))
afterAll(() => rmSync(folder, { recursive: true }))

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
const path = `${dirname(process.execPath)}:/usr/bin:/bin`

describe('the launcher', () => {
  it('runs the command line from any folder, through links, and without set-up where nothing is trained', () => {
    mkdirSync(join(folder, 'bin'))
    symlinkSync(join(root, 'exitlab'), join(folder, 'bin/exitlab-real'))
    symlinkSync('exitlab-real', join(folder, 'bin/exitlab'))
    const env = { PATH: path, HOME: folder }
    const printed = execFileSync(join(folder, 'bin/exitlab'), ['--version'], { cwd: folder, env, encoding: 'utf8' })
    expect(printed).toBe(`${version}\n`)
  })

  it('reports that the current folder was removed', () => {
    const gone = mkdtempSync(join(folder, 'gone-'))
    const script = `cd "$1" && rmdir "$1" && exec "$0" list`
    const args = ['-c', script, join(root, 'exitlab'), gone]
    const { status, stderr } = spawnSync('/bin/sh', args, { env: { PATH: path, HOME: folder }, encoding: 'utf8' })
    expect(status).toBe(1)
    expect(stderr).toContain('The folder that this was called in has been removed.')
    expect(stderr).not.toMatch(/^ +at /m)
  })

  it('states what it needs where there is no Node', () => {
    const bare = join(folder, 'bare')
    mkdirSync(bare)
    copyFileSync(join(root, 'exitlab'), join(bare, 'exitlab'))
    for (const tool of ['dirname', 'readlink']) symlinkSync(`/usr/bin/${tool}`, join(bare, tool))
    const { status, stderr } = spawnSync('/bin/sh', [join(bare, 'exitlab'), 'list'], {
      env: { PATH: bare },
      encoding: 'utf8',
    })
    expect(status).toBe(1)
    expect(stderr).toContain('exitlab needs Node 18 or newer, and npm')
  })
})
