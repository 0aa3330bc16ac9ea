import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const copied = [
  'src',
  'test/setup',
  'scripts',
  'examples',
  'resources',
  'exitlab',
  'exitlab.cmd',
  'package.json',
  '.npmrc',
]
const settings = ['rolldown.config.ts', 'tsconfig.json', '.gitignore', 'LICENSE', 'README.md', 'CHANGELOG.md', 'docs']
const isWindows = process.platform === 'win32'

interface Packed {
  filename: string
  files: { path: string }[]
}

interface Lock {
  packages: Record<string, { dependencies?: Record<string, string>; hasInstallScript?: boolean }>
}

let folder: string
let checkout: string
let packed: Packed

/** As a user has it: without what `npm test` tells its children. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)))

function run(program: string, args: string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env: environment,
    encoding: 'utf8',
    shell: isWindows,
  })
  return { status, stdout, stderr }
}

/** An empty project into which a package was unpacked. */
function project(
  name: string,
  tarball: string,
): { installed: string; exitlab: (...args: string[]) => ReturnType<typeof run> } {
  const installed = join(folder, name, 'node_modules/exitlab')
  mkdirSync(installed, { recursive: true })
  execFileSync('tar', ['-xzf', tarball, '-C', installed, '--strip-components=1'])
  return { installed, exitlab: (...args) => run(join(installed, 'exitlab'), args, join(folder, name)) }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'exitlab-published-'))
  checkout = join(folder, 'checkout')
  for (const path of [...copied, ...settings]) cpSync(join(root, path), join(checkout, path), { recursive: true })
  cpSync(join(root, 'out/renderer'), join(checkout, 'out/renderer'), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'), 'dir')
  const rolldown = join(checkout, 'node_modules/rolldown/bin/cli.mjs')
  execFileSync(process.execPath, [rolldown, '--config', 'rolldown.config.ts', '--logLevel', 'silent'], {
    cwd: checkout,
  })
  const pack = `await (await import('./scripts/pack.mjs')).pack(['--json', '--silent'])`
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', pack], {
    cwd: checkout,
    encoding: 'utf8',
  })
  packed = (JSON.parse(printed) as [Packed])[0]
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the published package', () => {
  it('contains what runs, though git ignores it, and no sources and tests', () => {
    const published = packed.files.map(({ path }) => path)
    expect([...new Set(published.map((path) => path.split('/')[0]))].toSorted()).toEqual(
      [
        ...['LICENSE', 'README.md', 'CHANGELOG.md', 'package.json', 'exitlab', 'exitlab.cmd'],
        ...['examples', 'out', 'resources', 'scripts'],
      ].toSorted(),
    )
    expect(published).toEqual(
      expect.arrayContaining([
        ...['out/main/cli/index.js', 'out/main/trainer/index.js', 'out/figures/theme.js', 'out/analyses/index.js'],
        ...['resources/experiment.schema.json', 'resources/setup-versions.json'],
        ...['scripts/run.mjs', 'scripts/tasks.mjs', 'scripts/setup/index.mjs', 'scripts/setup/install.mjs'],
        ...['examples/quickstart.yaml', 'out/renderer/index.html', 'resources/licences/apache-2.0.txt'],
      ]),
    )
    expect(published.filter((path) => /\.tsx?$|\.test\./.test(path))).toEqual([])
  })

  it('runs and trains under a Node that strips no types, with no package but those that it names', () => {
    const { installed, exitlab } = project('linked', join(checkout, packed.filename))
    const { dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
      dependencies: object
    }
    for (const name of Object.keys(dependencies)) {
      const link = join(dirname(installed), name)
      mkdirSync(dirname(link), { recursive: true })
      symlinkSync(join(root, 'node_modules', name), link, 'dir')
    }
    expectToTrain(exitlab)
  })

  it('depends on no package that downloads something where it is installed', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
    const found = new Set(Object.keys(packages['']!.dependencies!))
    for (const name of found) {
      for (const inner of Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {})) found.add(inner)
    }
    const withScript = [...found].filter((name) => packages[`node_modules/${name}`]?.hasInstallScript)
    // koffi looks for its binary, a package beside it, and compiles where there is none; core-js asks for a donation.
    expect(withScript.toSorted()).toEqual(['core-js', 'koffi'])
  })

  // npm fetches 190 packages: `EXITLAB_TEST_INSTALL=1 npm test -- test/setup/published` where there is a registry.
  it.runIf(process.env.EXITLAB_TEST_INSTALL === '1')('installs into an empty project as npm does by itself', () => {
    const empty = join(folder, 'empty')
    mkdirSync(empty)
    writeFileSync(join(empty, 'package.json'), '{"name":"empty","version":"1.0.0"}')
    const { status, stderr } = run('npm', ['install', join(checkout, packed.filename)], empty)
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expectToTrain((...args) => run('npx', ['exitlab', ...args], empty))
  })
})

test('a bare `npm pack` makes a package that explains why it does not run', () => {
  const [bare] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], checkout).stdout) as [Packed]
  const { status, stdout, stderr } = project('bare', join(folder, bare.filename)).exitlab('list')
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
  expect(stderr).toContain('packed without being built')
  expect(stderr).toContain('→ `npm run pack` in a checkout makes a package that runs')
})

function expectToTrain(exitlab: (...args: string[]) => ReturnType<typeof run>): void {
  const workspace = ['--workspace', mkdtempSync(join(folder, 'workspace-'))]
  const file = join(folder, 'tiny.yaml')
  writeFileSync(
    file,
    `name: tiny
data: { source: fashion-mnist, limit: { train: 300 }, augmentation: none }
network: { family: resnet, blockCounts: [1, 1, 1], widths: [4, 4, 4] }
regimes: [joint]
training: { epochs: 1 }
`,
  )
  expect(exitlab('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(exitlab('run', file, ...workspace)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('1 run done') as string,
  })
  expect(exitlab('doctor', ...workspace)).toMatchObject({ status: 0, stderr: '' })
  expect(exitlab('compare', 'tiny', ...workspace).stdout).toContain('joint')
}
