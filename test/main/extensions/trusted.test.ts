import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { archiveText, type Archive, hashOf, readArchive } from '../../../src/main/extensions/archive.ts'
import { collect } from '../../../src/main/extensions/collect.ts'
import { announceExtensions, isLoaded, loadedExtensions } from '../../../src/main/extensions/launch.ts'
import { loadExtensions, type NamedExtension } from '../../../src/main/extensions/load.ts'
import { methodList } from '../../../src/main/extensions/methods.ts'
import { extensionStates } from '../../../src/main/extensions/states.ts'
import {
  hasRun,
  isTrusted,
  keepTrusted,
  noteRun,
  trustedArchive,
  trustRecords,
} from '../../../src/main/extensions/trust.ts'
import { contentOf, loadTrusted, refusals, trustedFiles } from '../../../src/main/extensions/trusted.ts'
import { ExitlabError } from '../../../src/shared/basics/error.ts'

/** The files whose code was tried out in a thread. */
let triedOut: string[]
/** What trying a content out or running it throws. */
let fault: { tried?: Error; run?: unknown }
vi.mock('../../../src/main/extensions/try-out.ts', () => ({
  tryOut: async (_: Archive, file: string) => {
    triedOut.push(basename(file))
    if (fault.tried) throw fault.tried
  },
}))
/** The code that a file stands for: a head of its name. Vitest imports modules in its own way. */
vi.mock('../../../src/main/extensions/import-archive.ts', () => ({
  importArchive: async ({ entry }: Archive) => {
    if (fault.run) throw fault.run
    const head = { reads: { feature: 'map' }, notes: 'N', load: () => {} }
    return { name: entry, heads: { [`head-${entry.replace('.ts', '')}`]: head } }
  },
}))

let folder: string
let environment: Record<string, string>
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'exitlab-trusted-'))
  environment = { XDG_CONFIG_HOME: join(folder, 'config') }
  triedOut = []
  fault = {}
  refusals.clear()
})
afterEach(() => {
  announceExtensions([])
  rmSync(folder, { recursive: true })
})

/** Methods cannot be taken back from a process: each file has another name. */
let count = 0
function written(text = 'export default 1\n') {
  const name = `own-${++count}.ts`
  writeFileSync(join(folder, name), text)
  return { name, file: join(folder, name), head: `head-own-${count}` }
}

async function trusted(at = 1) {
  const extension = written()
  const archive = await collect(extension.file)
  await keepTrusted(archive, { file: extension.file, at }, environment)
  return { ...extension, sha256: hashOf(archive) }
}

const heads = () => methodList().flatMap(({ name, origin }) => (origin === null ? [] : [name]))
const named = (file: string, by: string | null = null): NamedExtension => ({ file, folder, by })
const load = (all: NamedExtension[], ask: ((question: string) => Promise<boolean>) | null = null) =>
  loadExtensions(all, { environment, now: 7, ask })
const states = () => extensionStates([], { environment, folder })

describe('an extension that its user names', () => {
  test('is loaded, tried out before, and trusted from then on', async () => {
    const { name, file, head } = written()
    await load([named(name)])
    const [loaded, ...others] = loadedExtensions()
    const { sha256 } = loaded!
    expect(others).toEqual([])
    expect(loaded).toEqual({
      extension: name,
      file,
      sha256: hashOf(await collect(file)),
      archive: join(folder, 'config/exitlab/extensions', `${sha256}.json`),
    })
    expect([heads().includes(head), triedOut]).toEqual([true, [name]])
    expect([isTrusted(sha256, environment), hasRun(sha256, environment)]).toEqual([true, true])
    expect(await trustRecords(environment)).toEqual([{ sha256, file, at: 7 }])
  })

  test('is loaded once by a process, and nothing is believed of what another process had', async () => {
    const { name, file } = written()
    announceExtensions([{ extension: 'x', file, sha256: hashOf(await collect(file)), archive: '' }])
    await load([named(name), named(name)])
    expect([triedOut, loadedExtensions().map(({ extension }) => extension)]).toEqual([[name], [name]])
  })

  test('is not tried out again once it has come to its end, and all are kept in their order', async () => {
    const [first, second] = [written(), written()]
    const archive = await collect(first.file)
    await keepTrusted(archive, { file: first.file, at: 1 }, environment)
    await noteRun(hashOf(archive), environment)
    await load([named(first.name), named(second.name)])
    expect(triedOut).toEqual([second.name])
    expect(loadedExtensions().map(({ extension }) => extension)).toEqual([first.name, second.name])
  })

  test('is not trusted where its code fails', async () => {
    const { name, head } = written()
    fault = { tried: new ExitlabError('usage', 'does not end') }
    await expect(load([named(name)])).rejects.toThrow('does not end')
    expect([heads().includes(head), loadedExtensions(), await trustRecords(environment)]).toEqual([false, [], []])
  })

  test('may be an archive, which is loaded from where it lies and makes nothing trusted', async () => {
    const { file, head } = written()
    const archive = await collect(file)
    const path = join(folder, `${hashOf(archive)}.json`)
    writeFileSync(path, archiveText(archive))
    await load([named(path)])
    expect(loadedExtensions()).toMatchObject([{ file: path, archive: path }])
    expect([heads().includes(head), existsSync(environment.XDG_CONFIG_HOME!)]).toEqual([true, false])
  })
})

describe('an extension that only an experiment file names', () => {
  test('is refused where nobody can be asked or its user says no, and is not run', async () => {
    const { name, head } = written()
    const asked: string[] = []
    const no = async (question: string) => (asked.push(question), false)
    for (const ask of [null, no])
      await expect(load([named(name, 'mine.yaml')], ask)).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringMatching(/^mine\.yaml names the extension own-.* It was not run\./) as string,
      })
    expect(asked).toEqual([expect.stringMatching(/Nothing of it has run yet\. Load this version from now on\?$/)])
    expect([heads().includes(head), triedOut, existsSync(environment.XDG_CONFIG_HOME!)]).toEqual([false, [], false])
  })

  test('is loaded where its user agrees, or has agreed before, and is then not asked', async () => {
    const { name } = written()
    await load([named(name, 'mine.yaml')], async () => true)
    expect(await trustRecords(environment)).toMatchObject([{ at: 7 }])
    const { name: other } = await trusted()
    await load([named(other, 'mine.yaml')], () => expect.unreachable('nothing is asked'))
    expect(loadedExtensions().map(({ extension }) => extension)).toEqual([other])
  })
})

describe('a copy of a workspace that only an experiment file names', () => {
  async function copied() {
    const { file, head } = written()
    const archive = await collect(file)
    const copy = join(folder, `${hashOf(archive)}.json`)
    writeFileSync(copy, archiveText(archive))
    return { file, head, copy, sha256: hashOf(archive), archive }
  }

  test('is asked about once: its content is trusted from then on', async () => {
    const { copy, head, sha256, archive } = await copied()
    await load([named(copy, 'mine.yaml')], async () => true)
    expect(heads()).toContain(head)
    expect(await trustRecords(environment)).toEqual([{ sha256, file: copy, at: 7 }])
    expect(hasRun(sha256, environment)).toBe(true)
    vi.resetModules()
    const again = await import('../../../src/main/extensions/load.ts')
    const asked = () => expect.unreachable('nothing is asked')
    await again.loadExtensions([named(copy, 'mine.yaml')], { environment, now: 8, ask: asked })
    expect(await trustRecords(environment)).toEqual([{ sha256, file: copy, at: 7 }])
    const other = { ...archive, files: { ...archive.files, 'b.ts': '' } }
    const changed = join(folder, `${hashOf(other)}.json`)
    writeFileSync(changed, archiveText(other))
    await expect(load([named(changed, 'mine.yaml')])).rejects.toThrow('It was not run')
  })

  test('keeps no answer of no, and leaves a content that is trusted to its file', async () => {
    const { file, copy, sha256, archive } = await copied()
    await expect(load([named(copy, 'mine.yaml')], async () => false)).rejects.toThrow('It was not run')
    expect(isTrusted(sha256, environment)).toBe(false)
    await keepTrusted(archive, { file, at: 1 }, environment)
    await load([named(copy, 'mine.yaml')], () => expect.unreachable('nothing is asked'))
    expect(await trustRecords(environment)).toEqual([{ sha256, file, at: 1 }])
  })
})

test('an extension that changes while the question about it is open is not run, and not trusted', async () => {
  const { name, file, head } = written()
  const before = hashOf(await collect(file))
  const slow = async () => (writeFileSync(file, '// other\n'), true)
  const refused = await load([named(name, 'mine.yaml')], slow).catch((error: ExitlabError) => error)
  const now = hashOf(await collect(file))
  expect(refused).toMatchObject({
    code: 'conflict',
    message:
      `The extension ${name} changed while the question about it was open (sha256 ${before.slice(0, 12)}… is now ${now.slice(0, 12)}…). ` +
      'Nothing of it was run, and your answer was not kept. Start the command again: it asks about the file as it is then.',
  })
  expect([heads().includes(head), triedOut, await trustRecords(environment)]).toEqual([false, [], []])
})

describe('what a workbench loads', () => {
  test('is what is trusted and unchanged, the latest content of each file, in the order of trust', async () => {
    const later = await trusted(5)
    const [earlier, changed, gone] = [await trusted(2), await trusted(), await trusted()]
    writeFileSync(changed.file, 'export default 2\n')
    renameSync(gone.file, `${gone.file}.old`)
    await loadTrusted(environment)
    expect(loadedExtensions().map(({ sha256 }) => sha256)).toEqual([earlier.sha256, later.sha256])
    expect(triedOut).toEqual([earlier.name, later.name])
    expect([earlier, later, changed, gone].map(({ sha256 }) => hasRun(sha256, environment))).toEqual([true, true, false, false]) // prettier-ignore
    expect(refusals.size).toBe(0)
    await loadTrusted(environment)
    expect(triedOut).toHaveLength(2)
    const found = Object.fromEntries((await states()).map(({ file, state }) => [basename(file), state]))
    expect(found).toEqual({
      [later.name]: 'loaded',
      [earlier.name]: 'loaded',
      [changed.name]: 'changed',
      [gone.name]: 'missing',
    })
  })

  test('leaves out what is refused, which the list says, and loads the others', async () => {
    const [refused, other] = [await trusted(1), await trusted(2)]
    fault = { tried: new ExitlabError('usage', 'it does not end') }
    await loadTrusted(environment)
    fault = {}
    expect(refusals).toEqual(new Map([refused, other].map(({ sha256 }) => [sha256, 'it does not end'])))
    expect(await states()).toMatchObject([
      { file: refused.file, state: 'refused', problem: 'it does not end' },
      { file: other.file, state: 'refused' },
    ])
    expect(isLoaded(other.sha256)).toBe(false)
    renameSync(other.file, `${other.file}.old`)
    expect((await states())[1]).toMatchObject({ state: 'missing', problem: 'it does not end' })
  })

  test('is the file itself before a copy of its former content, whichever was agreed to first', async () => {
    const { name, file, head } = written()
    const former = { ...(await collect(file)), files: { [name]: '// former' } }
    const copy = join(folder, `${hashOf(former)}.json`)
    writeFileSync(copy, archiveText(former))
    await keepTrusted(former, { file: copy, at: 1 }, environment)
    await keepTrusted(await collect(file), { file, at: 2 }, environment)
    announceExtensions([])
    await loadTrusted(environment)
    expect(heads()).toContain(head)
    expect(loadedExtensions().map((each) => each.file)).toEqual([file])
    expect(refusals.get(hashOf(former))).toContain('are two extensions of the name')
  })

  test('passes a fault of Exitlab itself on', async () => {
    await trusted()
    fault = { tried: new TypeError('a fault') }
    await expect(loadTrusted(environment)).rejects.toThrow('a fault')
  })
})

test('of contents of one file the latest is trusted; equally old ones are in the order of their files', async () => {
  const [b, a] = [await trusted(3), await trusted(3)]
  for (const [at, text] of [
    [9, '9'],
    [4, '4'],
  ] as const) {
    // prettier-ignore
    writeFileSync(a.file, text)
    await keepTrusted(await collect(a.file), { file: a.file, at }, environment)
  }
  expect((await trustedFiles(environment)).map(({ file, at }) => [file, at])).toEqual([[b.file, 3], [a.file, 9]].sort()) // prettier-ignore
})

test('a record that is damaged or of something else is no trust', async () => {
  const { sha256 } = await trusted()
  const records = join(folder, 'config/exitlab/extensions')
  writeFileSync(join(records, 'notes.txt'), '{}')
  expect(await trustRecords(environment)).toHaveLength(1)
  writeFileSync(join(records, `${sha256}.trust.json`), '{}')
  expect([await trustRecords(environment), isTrusted(sha256, environment)]).toEqual([[], true])
})

test('the content of a file is null where it is missing, and refused where it is no extension any more', async () => {
  const { file } = written(`import './gone.ts'\n`)
  expect(await contentOf(join(folder, 'nothing.ts'))).toBe(null)
  await expect(contentOf(file)).rejects.toMatchObject({ code: 'not-found' })
  mkdirSync(join(folder, 'folder.ts'))
  await expect(contentOf(join(folder, 'folder.ts'))).rejects.toMatchObject({ code: 'usage' })
  // Nothing can be found at the end of it, yet it is there.
  symlinkSync('circle.ts', join(folder, 'circle.ts'))
  await expect(contentOf(join(folder, 'circle.ts'))).rejects.toMatchObject({ code: 'usage' })
})

test('a damaged archive of a content is replaced when it is trusted again', async () => {
  const { file, sha256 } = await trusted()
  writeFileSync(trustedArchive(sha256, environment), '{}')
  const archive = await collect(file)
  await keepTrusted(archive, { file, at: 2 }, environment)
  expect(await readArchive(trustedArchive(sha256, environment))).toEqual(archive)
})

test('what is loaded but trusted nowhere is listed as loaded, without a time', async () => {
  const { file } = written()
  const sha256 = hashOf(await collect(file))
  announceExtensions([{ extension: 'x', file, sha256, archive: '' }])
  expect(await states()).toMatchObject([{ file, sha256, trustedAt: null, state: 'loaded', problem: null, runs: 0 }])
})
