import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const copied = ['src', 'test/setup', 'scripts', 'examples', 'resources', 'exitlab', 'exitlab.cmd', 'package.json']
const settings = ['rolldown.config.ts', 'tsconfig.json', '.gitignore', 'LICENSE', 'docs']

/** A built checkout, and what npm would publish of it. */
let checkout: string
let published: string[]

beforeAll(() => {
  checkout = mkdtempSync(join(tmpdir(), 'exitlab-published-'))
  for (const path of [...copied, ...settings]) cpSync(join(root, path), join(checkout, path), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'), 'dir')
  const here = { cwd: checkout, encoding: 'utf8', shell: process.platform === 'win32' } as const
  const rolldown = join(checkout, 'node_modules/rolldown/bin/cli.mjs')
  execFileSync(process.execPath, [rolldown, '--config', 'rolldown.config.ts', '--logLevel', 'silent'], here)
  const [packed] = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], here)) as [
    { files: { path: string }[] },
  ]
  published = packed.files.map(({ path }) => path)
})
afterAll(() => rmSync(checkout, { recursive: true, force: true }))

describe('the published package', () => {
  test('has what runs, though git ignores it, and no sources and tests', () => {
    expect([...new Set(published.map((path) => path.split('/')[0]))].toSorted()).toEqual(
      [
        ...['LICENSE', 'package.json', 'exitlab', 'exitlab.cmd'],
        ...['examples', 'out', 'resources', 'scripts'],
      ].toSorted(),
    )
    expect(published).toEqual(
      expect.arrayContaining([
        ...['out/main/cli/index.js', 'out/main/trainer/index.js', 'resources/experiment.schema.json'],
        ...['scripts/run.mjs', 'scripts/tasks.mjs', 'scripts/setup/index.mjs', 'scripts/setup/versions.json'],
        'examples/quickstart.yaml',
      ]),
    )
    expect(published.filter((path) => /\.tsx?$|\.test\./.test(path))).toEqual([])
  })

  test('starts under a Node that strips no types', () => {
    const cli = join(checkout, 'out/main/cli/index.js')
    const run = (...args: string[]) =>
      execFileSync(process.execPath, ['--no-experimental-strip-types', cli, ...args], { encoding: 'utf8' })
    expect(run('--version')).toMatch(/^\d+\.\d+\.\d+\n$/)
    expect(run('list', '--workspace', join(checkout, 'none'))).toContain('No runs yet')
  })
})
