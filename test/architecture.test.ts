import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, posix, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { exitRules } from '../src/engine/exits/index.ts'
import { families } from '../src/engine/networks/families.ts'
import { regimes } from '../src/engine/regimes/index.ts'
import { areaOf, areas, faultOf, impure, registryFiles, registryReaders } from './support/architecture.ts'
import { hasDefaultExport, importsOf, parse } from './support/imports.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const notOurs = new Set(['.git', '.tools', 'node_modules', 'out', 'coverage', 'results', 'test-results', 'fixtures'])

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

const read = (file: string) => readFileSync(join(root, file), 'utf8')
const sources = filesBelow('src').filter((file) => /\.(ts|vue)$/.test(file))
const modules = sources.map((file) => ({ file, source: parse(file, read(file)) }))
const importsByFile = new Map(modules.map(({ file, source }) => [file, importsOf(source)]))

describe('the tree', () => {
  it('gives every source file an area', () => {
    expect(sources.filter((file) => areaOf(file) === null)).toEqual([])
  })

  it('is imported in one direction only', () => {
    const faults = [...importsByFile].flatMap(([file, imports]) =>
      imports.flatMap(({ specifier, kind }) => {
        const fault = faultOf(file, specifier, kind)
        return fault === null ? [] : [`${file}: '${specifier}': ${fault}`]
      }),
    )
    expect(faults).toEqual([])
  })

  it('has no file that imports itself by way of others, not even for types or lazily', () => {
    expect(cycles()).toEqual([])
  })

  it.each(['src', 'src/main', 'src/main/host'])('has the folders of %s on floors', (room) => {
    expect(folderCircles(room)).toEqual([])
  })

  it('does not reach into scripts/', () => {
    const reaching = sources.filter((file) => /['"`](?:\.\.\/)+scripts\//.test(read(file)))
    expect(reaching).toEqual([])
  })

  it('has named exports only', () => {
    const withDefault = modules.filter(({ source }) => hasDefaultExport(source)).map(({ file }) => file)
    expect(withDefault).toEqual([])
  })

  it('refers to no folder named shared but its own', () => {
    const texts = filesBelow('.').filter((file) => /\.(ts|mjs|json|md|ya?ml|py|vue|html|css)$|^[^.]+$/.test(file))
    const strays = texts.flatMap((file) =>
      [...read(file).matchAll(/(?:\.\.\/)+shared\b/g)]
        .map(([path]) =>
          relative(root, join(root, dirname(file), path))
            .split(sep)
            .join('/'),
        )
        .filter((target) => !['src/shared', 'test/shared'].includes(target))
        .map((target) => `${file} → ${target}`),
    )
    expect(strays.filter((stray) => !stray.startsWith('test/architecture.test.ts'))).toEqual([])
  })
})

/** Every circle of imports once, from its first file on. */
function cycles(): string[] {
  const found: string[] = []
  const done = new Set<string>()
  const follow = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file)
    if (start >= 0) found.push([...path.slice(start), file].join(' → '))
    if (start >= 0 || done.has(file)) return
    for (const { specifier } of importsByFile.get(file) ?? []) {
      if (specifier.startsWith('.')) follow(posix.join(posix.dirname(file), specifier), [...path, file])
    }
    done.add(file)
  }
  for (const file of sources) follow(file, [])
  return found
}

/** Folders of a room that reach themselves by way of others in it, each with what it imports on the way. */
function folderCircles(room: string): string[] {
  const folderOf = (file: string) => posix.relative(room, file).split('/')[0]!
  const imported = new Map<string, Set<string>>()
  for (const [file, imports] of importsByFile) {
    if (!file.startsWith(`${room}/`)) continue
    const to = imports.filter(({ specifier }) => specifier.startsWith('.'))
    const folders = to.map(({ specifier }) => folderOf(posix.join(posix.dirname(file), specifier)))
    const from = folderOf(file)
    imported.set(from, new Set([...(imported.get(from) ?? []), ...folders.filter((folder) => folder !== from)]))
  }
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
    [...(imported.get(from) ?? [])].some((next) => {
      if (next === to) return true
      if (seen.has(next)) return false
      seen.add(next)
      return reaches(next, to, seen)
    })
  return [...imported].flatMap(([from, to]) =>
    [...to].filter((next) => reaches(next, from)).map((next) => `${from} → ${next}`),
  )
}

describe('the engine', () => {
  it('has no clock and no randomness but its named streams', () => {
    const engine = sources.filter((file) => file.startsWith('src/engine/'))
    const faults = engine.flatMap((file) => {
      const code = read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
      const match = impure.exec(code)
      return match ? [`${file}: ${match[0]}`] : []
    })
    expect(faults).toEqual([])
  })

  it('gives the host what it needs without loading TensorFlow.js', () => {
    const packages = [...reachedFrom('src/engine/pure.ts')].filter((name) => !name.startsWith('src/'))
    expect(packages.filter((name) => name !== 'zod')).toEqual([])
  })
})

/** Files and packages that are loaded with a module. */
function reachedFrom(entry: string, kinds = ['value'], reached = new Set<string>()): Set<string> {
  if (reached.has(entry)) return reached
  reached.add(entry)
  for (const { specifier, kind } of importsByFile.get(entry) ?? []) {
    if (!kinds.includes(kind)) continue
    reachedFrom(specifier.startsWith('.') ? posix.join(posix.dirname(entry), specifier) : specifier, kinds, reached)
  }
  return reached
}

describe('the shell of the desktop application', () => {
  it.each(['src/main/shell/index.ts', 'src/preload/index.ts'])(
    '%s loads Electron and Node alone, as its package has no others',
    (entry) => {
      const packages = [...reachedFrom(entry, ['value', 'lazy'])].filter((name) => !name.startsWith('src/'))
      expect(packages.filter((name) => name !== 'electron' && !name.startsWith('node:'))).toEqual([])
    },
  )
})

describe('a registry', () => {
  const files = {
    regimes: regimes.names().map((name) => `${name}.ts`),
    exits: exitRules.names().map((name) => `${name.replace(/^scaled-.*/, 'scaled')}.ts`),
    networks: families.names().flatMap((name) => [`${name}/family.ts`, `${name}/build.ts`]),
  }

  it.each(Object.entries(files))('%s has the files of every entry', (folder, expected) => {
    expect(expected.filter((file) => !existsSync(join(root, 'src/engine', folder, file)))).toEqual([])
  })

  it.each(['regimes', 'exits', 'heads'])('%s knows every file of its folder', (folder) => {
    const index = `src/engine/${folder}/index.ts`
    const reached = reachedFrom(index, ['value', 'lazy'])
    const loaded = (file: string) => reached.has(file) || onlyTypes(file)
    const forgotten = sources.filter((file) => dirname(file) === dirname(index) && !loaded(file))
    expect(forgotten).toEqual([])
  })

  it.each(registryFiles)('%s loads only src/shared/ and its entries', (file) => {
    const entries = ['src/shared/', ...registryFiles.map((each) => `${dirname(each)}/`)]
    const elsewhere = (path: string) => !entries.some((folder) => path.startsWith(folder))
    expect([...reachedFrom(file)].filter((path) => path !== 'zod' && elsewhere(path))).toEqual([])
  })

  it('is not loaded by the page', () => {
    const reached = reachedFrom('src/renderer/main.ts', ['value', 'lazy'])
    expect(registryFiles.filter((file) => reached.has(file))).toEqual([])
  })

  const onlyTypes = (file: string) => !/^export (async )?(function|const|class)\b/m.test(read(file))
})

describe('the import table', () => {
  it('has its areas in the order of their floors: each imports only areas before it', () => {
    const names = Object.keys(areas)
    const back = Object.entries(areas).flatMap(([from, { imports }]) =>
      imports.filter((to) => names.indexOf(to) >= names.indexOf(from)).map((to) => `${from} → ${to}`),
    )
    expect(back).toEqual([])
  })

  it('has registries on floors below all of their readers', () => {
    const floorOf = (file: string) => Object.keys(areas).indexOf(areaOf(file)!)
    const readers = sources.filter((file) => registryReaders.some((folder) => file.startsWith(folder)))
    const highest = Math.max(...registryFiles.map(floorOf))
    expect(readers.filter((file) => floorOf(file) <= highest)).toEqual([])
  })

  const cases: [file: string, specifier: string, kind: 'value' | 'type' | 'lazy', allowed: boolean][] = [
    ['src/main/store/runs.ts', 'better-sqlite3', 'value', true],
    ['src/main/host/runs.ts', 'better-sqlite3', 'type', false],
    ['src/engine/layers/linear.ts', '@tensorflow/tfjs', 'type', false],
    ['src/engine/layers/linear.ts', '../tensorflow/index.ts', 'type', false],
    ['src/engine/layers/linear.ts', '../tf.ts', 'value', true],
    ['src/engine/regimes/joint.ts', '../training/train-phase.ts', 'type', false],
    ['src/engine/exits/patience.ts', 'node:fs', 'value', false],
    ['src/main/trainer/index.ts', '../../engine/index.ts', 'value', true],
    ['src/main/trainer/index.ts', '../../engine/training/train-phase.ts', 'value', false],
    ['src/main/trainer/index.ts', '../store/open.ts', 'type', false],
    ['src/main/host/experiments/plan.ts', '../../../engine/plan.ts', 'lazy', true],
    ['src/main/host/experiments/plan.ts', '../../../engine/plan.ts', 'value', false],
    ['src/main/host/experiments/plan.ts', '../../../engine/index.ts', 'lazy', false],
    ['src/datasets/formats/decode.ts', '../../engine/tensorflow/jpeg-decoder.ts', 'value', false],
    ['src/datasets/formats/image-worker.ts', '../../engine/tensorflow/jpeg-decoder.ts', 'lazy', true],
    ['src/datasets/formats/image-worker.ts', '../../engine/tensorflow/open.ts', 'lazy', false],
    ['src/main/host/runs/references.ts', '../api/runs.ts', 'type', false],
    ['src/main/cli/index.ts', '../store/open.ts', 'value', false],
    ['src/figures/curve.ts', 'echarts', 'type', true],
    ['src/figures/curve.ts', 'echarts', 'value', false],
    ['src/shared/runs/runs.ts', '../../files/user-folders.ts', 'type', false],
    ['src/shared/runs/runs.ts', '../../figures/plot.ts', 'type', false],
    ['src/shared/runs/runs.ts', '../../engine/exits/index.ts', 'value', false],
    ['src/contract/experiment/stored-methods.ts', '../../engine/exits/index.ts', 'value', true],
    ['src/contract/experiment/stored-methods.ts', '../../engine/exits/patience.ts', 'value', false],
    ['src/renderer/views/RunsView.vue', '../../engine/exits/index.ts', 'value', false],
    ['src/renderer/views/RunsView.vue', '../api/session.ts', 'value', false],
    ['src/renderer/components/ui/UiButton.vue', '../../../shared/format/numbers.ts', 'value', true],
    ['src/renderer/api/host.ts', '../../contract/index.ts', 'type', true],
    ['src/renderer/api/host.ts', '../../contract/index.ts', 'value', false],
    ['src/main/cli/index.ts', '../../../../scripts/run.mjs', 'value', false],
  ]
  it.each(cases)('in %s says of %s (%s): %s', (file, specifier, kind, allowed) => {
    expect(faultOf(file, specifier, kind) === null).toBe(allowed)
  })
})
