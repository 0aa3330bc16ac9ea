import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'

import type { Notice } from '../../src/shared/basics/notice.ts'
import { methodKinds } from '../../src/shared/methods/unknown-method.ts'

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
const settings = [
  'rolldown.config.ts',
  'tsconfig.json',
  'tsconfig.types.json',
  '.gitignore',
  'LICENSE',
  'README.md',
  'CHANGELOG.md',
  'docs',
]
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

/** The same with the packages that it names. */
function linked(name: string) {
  const made = project(name, join(checkout, packed.filename))
  const { dependencies } = JSON.parse(readFileSync(join(made.installed, 'package.json'), 'utf8')) as {
    dependencies: object
  }
  for (const each of Object.keys(dependencies)) {
    const link = join(dirname(made.installed), each)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, 'node_modules', each), link, 'dir')
  }
  return made
}

/** An experiment with methods of all these files. */
const mine = (files: readonly string[]) => `
name: mine
extensions: [${files.join(', ')}]
data: { source: my-dataset, path: data, validation: { fraction: 0.25 } }
network: { family: my-family, depth: 3, dim: 6, tokenDim: 4, channelDim: 8, head: my-head, exits: [0, 1] }
regimes: [joint, my-regime]
objective: { weighting: my-weighting, parameters: { slope: 2 }, my-loss: { weight: 0.3 } }
training: { optimiser: my-optimiser, epochs: 2, batchSize: 12, learningRate: 0.003 }
`

/** Images of three classes: a label, then 8 × 8 pixels with brighter columns that tell it. */
function stripes(count: number): Uint8Array {
  return Uint8Array.from({ length: count * 65 }, (_, at) => {
    const [label, pixel] = [Math.floor(at / 65) % 3, (at % 65) - 1]
    if (pixel < 0) return label
    return ((at * 37) % 100) + (Math.floor((pixel % 8) / 3) === label ? 150 : 0)
  })
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
  const compiler = join(checkout, 'node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.types.json'], { cwd: checkout })
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
        ...['LICENSE', 'THIRD-PARTY.txt', 'README.md', 'CHANGELOG.md', 'package.json', 'exitlab', 'exitlab.cmd'],
        ...['docs', 'examples', 'out', 'resources', 'scripts'],
      ].toSorted(),
    )
    expect(published).toEqual(
      expect.arrayContaining([
        ...[
          'out/main/cli/index.js',
          'out/main/trainer/index.js',
          'out/figures/theme.js',
          'out/readings/analyses/index.js',
        ],
        ...['resources/experiment.schema.json', 'resources/setup-versions.json'],
        ...['scripts/run.mjs', 'scripts/tasks.mjs', 'scripts/setup/index.mjs', 'scripts/setup/install.mjs'],
        ...['docs/command-line.md', 'docs/pictures/compare.png'],
        ...['examples/quickstart.yaml', 'out/renderer/index.html', 'resources/licences/apache-2.0.txt'],
      ]),
    )
    const isOwn = (path: string) => !path.startsWith('examples/extensions/') && !path.endsWith('.d.ts')
    expect(published.filter((path) => isOwn(path) && /\.tsx?$|\.test\./.test(path))).toEqual([])
  })

  it('has the licences of what was built into it, and names what is brought later', () => {
    const { installed } = project('notices', join(checkout, packed.filename))
    const text = readFileSync(join(installed, 'THIRD-PARTY.txt'), 'utf8')
    // Of the page, of the engine, and of the fonts of figures.
    for (const name of ['echarts', 'pinia', 'three', 'codemirror', '@tensorflow/tfjs-node-gpu', 'Arimo'])
      expect(text).toMatch(new RegExp(`^=+\\n${name} [\\d.]+\\n`, 'm'))
    for (const words of ['TensorFlow 2', 'Node.js', 'LGPL-3.0-or-later   https://github.com/lovell/sharp-libvips'])
      expect(text).toContain(words)
    const shown = JSON.parse(readFileSync(join(installed, 'out/renderer/third-party.json'), 'utf8')) as Notice[]
    for (const { texts } of shown) for (const each of texts) expect(text).toContain(each)
  })

  it('runs and trains under a Node that strips no types, with no package but those that it names', () => {
    expectToTrain(linked('linked').exitlab)
  })

  it('answers where jobs that were queued by 0.2.0 start it', () => {
    const { installed } = linked('queued')
    const at = (path: string) => run(process.execPath, [join(installed, path), 'train-phase', 'depot', 'none'], folder)
    const answer = at('out/main/cli/index.js')
    expect(answer).toMatchObject({ status: 4, stderr: expect.stringContaining('There is no depot') })
    expect(at('out/cli/index.js')).toEqual(answer)
  })

  describe('in a project of its user', () => {
    let own: ReturnType<typeof linked> & { place: string }
    const files = methodKinds.map((kind) => `my-${kind}.ts`)
    const named = (...kinds: readonly string[]) => kinds.flatMap((kind) => ['--extension', `my-${kind}.ts`])
    beforeAll(() => {
      own = { ...linked('own'), place: join(folder, 'own') }
      environment['XDG_CONFIG_HOME'] = join(own.place, 'config')
      environment['EXITLAB_WORKSPACE'] = join(own.place, 'workspace')
      const written = methodKinds.map((kind) => own.exitlab('new', kind, `my-${kind}`))
      expect(written).toMatchObject(methodKinds.map(() => ({ status: 0 })))
      // The first command of an installation may say which Node it brings.
      expect(written.slice(1)).toMatchObject(methodKinds.slice(1).map(() => ({ stderr: '' })))
    })
    afterAll(() => {
      delete environment['XDG_CONFIG_HOME']
      delete environment['EXITLAB_WORKSPACE']
    })

    it('extensions of every kind pass their tests, and the compiler with the package’s types', () => {
      const tests = files.map((file) => file.replace('.ts', '.test.ts'))
      const tested = run(process.execPath, ['--test', ...tests], own.place)
      expect({ ...tested, stdout: tested.status === 0 ? '' : tested.stdout }).toMatchObject({ status: 0, stdout: '' })
      const strict = {
        module: 'nodenext',
        target: 'es2024',
        strict: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: true,
      }
      const compilerOptions = { ...strict, noEmit: true, allowImportingTsExtensions: true, types: ['node'] }
      writeFileSync(join(own.place, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
      writeFileSync(join(own.place, 'package.json'), '{ "type": "module" }')
      symlinkSync(join(root, 'node_modules/@types'), join(own.place, 'node_modules/@types'), 'dir')
      const compiled = run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc')], own.place)
      expect(compiled).toMatchObject({ status: 0, stdout: '' })
    })

    it('extensions of every kind train, evaluate and analyse together', () => {
      mkdirSync(join(own.place, 'data'))
      for (const [name, count] of [
        ['train', 60],
        ['test', 24],
      ] as const)
        writeFileSync(join(own.place, 'data', `${name}.bin`), stripes(count))
      writeFileSync(join(own.place, 'mine.yaml'), mine(files))
      const trained = own.exitlab('run', 'mine.yaml', ...named(...methodKinds))
      expect(trained).toMatchObject({ status: 0, stdout: expect.stringContaining('my-regime, seed 1: done') as string })
      for (const rule of ['my-rule', 'my-rule-rank']) {
        const table = own.exitlab('compare', 'mine', '--rule', rule, ...named('rule'))
        expect(table).toMatchObject({ status: 0, stdout: expect.stringContaining(`the ${rule} rule`) as string })
      }
      const reading = own.exitlab('compare', 'mine', '--table', 'my-reading', ...named('reading'))
      expect(reading).toMatchObject({ status: 0, stdout: expect.stringMatching(/exit 0 +100\.0/) as string })
      const analysed = own.exitlab('analyse', 'my-analysis', 'mine-joint-s1', ...named(...methodKinds))
      expect(analysed).toMatchObject({ status: 0, stdout: expect.stringContaining('heads.0.fc1.weight') as string })
    })
  })

  it('depends on no package that downloads something where it is installed', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
    const found = new Set(Object.keys(packages['']!.dependencies!))
    for (const name of found) {
      for (const inner of Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {})) found.add(inner)
    }
    const withScript = [...found].filter((name) => packages[`node_modules/${name}`]?.hasInstallScript)
    // koffi looks for its binary, a package beside it, and compiles where there is none.
    expect(withScript.toSorted()).toEqual(['koffi'])
  })

  // npm fetches 140 packages: `EXITLAB_TEST_INSTALL=1 npm test -- test/setup/published` where there is a registry.
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
