import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ExitlabError } from '../../../../src/shared/basics/error.ts'
import type { CheckpointFolder } from '../../../../src/main/trainer/checkpoints/checkpoint-file.ts'
import {
  epochName,
  readCheckpoint,
  stepName,
  writeCheckpoint,
} from '../../../../src/main/trainer/checkpoints/checkpoint-file.ts'
import {
  findFinal,
  findResumePoint,
  prepareFolder,
  readKept,
  writeFinal,
  writeSnapshot,
} from '../../../../src/main/trainer/checkpoints/folder.ts'
import { writeDurably } from '../../../../src/files/durable-file.ts'

const provenance = { versions: { tensorflow: '2' }, earlierVersions: [{ tensorflow: '1' }] }
let checkpoints: CheckpointFolder
let warnings: string[]

beforeEach(async () => {
  warnings = []
  const folder = await mkdtemp(join(tmpdir(), 'exitlab-checkpoints-'))
  checkpoints = { folder, warn: (message) => void warnings.push(message) }
})
afterEach(() => rm(checkpoints.folder, { recursive: true }))

const at = (name: string) => join(checkpoints.folder, name)
const contentOf = (epoch: number) => Uint8Array.from({ length: 64 }, (_, index) => epoch + index)
const writeEpoch = (epoch: number, keptEpoch = epoch) =>
  writeSnapshot(checkpoints, epochName(epoch), {
    bytes: contentOf(epoch),
    about: { epoch, step: 10 * epoch, keptEpoch, ...provenance },
  })
const findPath = (folder: CheckpointFolder) => findResumePoint(folder, (_, path) => path)
const files = async () => (await readdir(checkpoints.folder)).filter((name) => !name.includes('manifest')).sort()

/** What else can come to lie where a file was. */
const others: [string, (path: string) => Promise<void>][] = [
  ['a folder', (path) => rm(path).then(() => mkdir(path))],
  ['a link in a circle', (path) => rm(path).then(() => symlink(path, path))],
  ['an endless device', (path) => rm(path).then(() => symlink('/dev/zero', path))],
  ['a pipe', (path) => rm(path).then(() => void execFileSync('mkfifo', [path]))],
]

async function alter(name: string): Promise<void> {
  const bytes = await readFile(at(name))
  bytes[bytes.length >> 1]! ^= 1
  await writeFile(at(name), bytes)
}

describe('the snapshots of a phase', () => {
  it('are the newest two, and that of the best epoch', async () => {
    for (const [epoch, kept] of [
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
    ] as const)
      await writeEpoch(epoch, kept)
    expect(await files()).toEqual([1, 3, 4].map(epochName))
    await writeEpoch(5)
    await writeEpoch(6)
    expect(await files()).toEqual([5, 6].map(epochName))
  })

  it('are resumed from the newest', async () => {
    await writeEpoch(1)
    await writeEpoch(2)
    expect(await findPath(checkpoints)).toEqual({ snapshot: at(epochName(2)), ...provenance })
    const point = await findResumePoint(checkpoints, (bytes) => [...bytes])
    expect(point!.snapshot).toEqual([...contentOf(2)])
  })

  it('are resumed from an epoch’s end rather than from its last step', async () => {
    await writeEpoch(2)
    const about = { epoch: 1, step: 20, keptEpoch: 1, ...provenance }
    await writeSnapshot(checkpoints, stepName(20), { bytes: contentOf(1), about })
    expect((await findPath(checkpoints))!.snapshot).toBe(at(epochName(2)))
  })

  it('are resumed from the last step where no epoch has ended since', async () => {
    await writeEpoch(1)
    const about = { epoch: 1, step: 15, keptEpoch: 1, ...provenance }
    await writeSnapshot(checkpoints, stepName(15), { bytes: contentOf(1), about })
    expect((await findPath(checkpoints))!.snapshot).toBe(at(stepName(15)))
  })

  it('are resumed from before any epoch has ended', async () => {
    const about = { epoch: 0, step: 4, keptEpoch: 0, ...provenance }
    await writeSnapshot(checkpoints, stepName(4), { bytes: contentOf(0), about })
    expect((await findPath(checkpoints))!.snapshot).toBe(at(stepName(4)))
  })

  it.each([
    ['missing', (path: string) => rm(path)],
    ['a folder', (path: string) => rm(path).then(() => mkdir(path))],
  ] as const)('are removed once they are obsolete, also where the file is %s', async (_, damage) => {
    await writeEpoch(1)
    await damage(at(epochName(1)))
    for (const epoch of [2, 3, 4]) await writeEpoch(epoch)
    expect(await files()).toEqual([3, 4].map(epochName))
  })

  it('are absent in a new folder', async () => {
    await prepareFolder({ ...checkpoints, folder: at('new') })
    expect(await findPath({ ...checkpoints, folder: at('new') })).toBeNull()
  })

  it('are replaced by the final weights', async () => {
    await writeEpoch(1)
    const about = { epoch: 1, step: 10, keptEpoch: 1, ...provenance, ended: 'epoch-cap' } as const
    const written = await writeFinal(checkpoints, { bytes: contentOf(9), about })
    expect(await files()).toEqual(['final.safetensors'])
    expect(await findFinal(checkpoints, () => {})).toEqual(written)
    expect([...(await readCheckpoint({ file: written.path, sha256: written.sha256 }))]).toEqual([...contentOf(9)])
  })
})

describe('a damaged checkpoint is named, set aside, and the one before it used', () => {
  const damages: [string, (name: string) => Promise<void>][] = [
    ['truncated', (name) => truncate(at(name), 10)],
    ['empty', (name) => truncate(at(name), 0)],
    ['altered by a bit', alter],
    ['missing', (name) => rm(at(name))],
    ['without a sound manifest', (name) => alter(`${name}.manifest.json`)],
    ['with half a manifest', (name) => truncate(at(`${name}.manifest.json`), 30)],
    ...others.flatMap(([what, put]): typeof damages => [
      [what, (name) => put(at(name))],
      [`with a manifest that is ${what}`, (name) => put(at(`${name}.manifest.json`))],
    ]),
  ]

  it.each(damages)('where it is %s', async (_, damage) => {
    for (const epoch of [1, 2, 3]) await writeEpoch(epoch)
    await damage(epochName(3))
    await prepareFolder(checkpoints)
    expect((await findPath(checkpoints))!.snapshot).toBe(at(epochName(2)))
    expect(warnings).toEqual([expect.stringContaining(epochName(3))])
    // Once is enough.
    await prepareFolder(checkpoints)
    expect((await findPath(checkpoints))!.snapshot).toBe(at(epochName(2)))
    expect(warnings).toHaveLength(1)
  })

  it('with its manifest, where that is damaged', async () => {
    await writeEpoch(1)
    await alter(`${epochName(1)}.manifest.json`)
    await prepareFolder(checkpoints)
    expect((await readdir(checkpoints.folder)).sort()).toEqual([
      `${epochName(1)}.damaged`,
      `${epochName(1)}.manifest.json.damaged`,
    ])
  })

  it('where its manifest is damaged while the folder is in use', async () => {
    for (const epoch of [1, 2]) await writeEpoch(epoch)
    await alter(`${epochName(2)}.manifest.json`)
    expect((await findPath(checkpoints))!.snapshot).toBe(at(epochName(1)))
  })

  it('where the best checkpoint that it needs is gone', async () => {
    for (const [epoch, kept] of [
      [1, 1],
      [2, 1],
    ] as const)
      await writeEpoch(epoch, kept)
    for (const name of [epochName(1), `${epochName(1)}.manifest.json`]) await rm(at(name))
    expect(await findPath(checkpoints)).toBeNull()
    expect(warnings).toEqual([`${epochName(2)} cannot be used: its best checkpoint, of epoch 1, is lost`])
  })

  it.each([new Error('unexpected'), new ExitlabError('disk', 'The disk failed.')])(
    'but nothing is set aside where reading ends with another error: %s',
    async (error) => {
      await writeEpoch(1)
      const reading = findResumePoint(checkpoints, () => {
        throw error
      })
      await expect(reading).rejects.toBe(error)
      expect(await files()).toEqual([epochName(1)])
    },
  )

  it('where it holds something else', async () => {
    for (const epoch of [1, 2]) await writeEpoch(epoch)
    const point = await findResumePoint(checkpoints, (bytes, path) => {
      if (bytes[0] === 2) throw new ExitlabError('checkpoint-damaged', `${path} is of another phase.`)
      return path
    })
    expect(point!.snapshot).toBe(at(epochName(1)))
    expect(warnings).toEqual([
      `${at(epochName(2))} is of another phase. It is not used and was renamed to ${epochName(2)}.damaged.`,
    ])
    expect((await readdir(checkpoints.folder)).filter((name) => name.includes('damaged'))).toEqual([
      `${epochName(2)}.damaged`,
      `${epochName(2)}.manifest.json.damaged`,
    ])
  })

  it('where its manifest names another epoch', async () => {
    for (const epoch of [1, 2]) await writeEpoch(epoch)
    const path = at(`${epochName(2)}.manifest.json`)
    await writeFile(path, (await readFile(path, 'utf8')).replace('"keptEpoch":2', '"keptEpoch":1'))
    await prepareFolder(checkpoints)
    expect((await findPath(checkpoints))!.snapshot).toBe(at(epochName(1)))
    expect(warnings[0]).toMatch(/epoch-00002.*is damaged/)
  })

  it('and so are later ones whose best epoch it was', async () => {
    for (const [epoch, kept] of [
      [1, 1],
      [2, 2],
      [3, 2],
    ] as const)
      await writeEpoch(epoch, kept)
    await alter(epochName(2))
    expect(await findPath(checkpoints)).toBeNull()
    expect(warnings.join('\n')).toMatch(/epoch-00002.*is damaged[^]*epoch-00003.*cannot be used/)
  })

  it('and so are later ones whose best epoch is of another phase', async () => {
    for (const [epoch, kept] of [
      [1, 1],
      [2, 1],
    ] as const)
      await writeEpoch(epoch, kept)
    const refuse = (bytes: Buffer, path: string) => {
      if (bytes[0] === 1) throw new ExitlabError('checkpoint-damaged', `${path} is of another phase.`)
      return path
    }
    expect(await findResumePoint(checkpoints, refuse)).toBeNull()
    expect(warnings.join('\n')).toMatch(/epoch-00001.*is of another phase[^]*epoch-00002.*cannot be used/)
  })

  it.each(others)('and a folder that is %s is refused with what to do', async (what, put) => {
    const folder = at('phase')
    await writeFile(folder, '')
    await put(folder)
    const prepared = prepareFolder({ ...checkpoints, folder })
    if (what === 'a folder') await prepared
    else
      await expect(prepared).rejects.toMatchObject({ code: 'disk', message: expect.stringContaining('Move it away') })
  })

  it('and a folder below a file is refused with what to do, other errors with their own reason', async () => {
    await writeFile(at('file'), '')
    await expect(prepareFolder({ ...checkpoints, folder: at('file/phase') })).rejects.toMatchObject({
      code: 'disk',
      message: expect.stringContaining('(ENOTDIR)'),
      cause: expect.objectContaining({ code: 'ENOTDIR' }),
    })
    await expect(prepareFolder({ ...checkpoints, folder: at('x'.repeat(300)) })).rejects.toMatchObject({
      code: 'ENAMETOOLONG',
    })
  })

  it('also where it holds the final weights', async () => {
    await writeEpoch(1)
    await alter(epochName(1))
    await expect(readKept(checkpoints, 1)).rejects.toMatchObject({ code: 'disk' })
    const about = { epoch: 1, step: 10, keptEpoch: 1, ...provenance, ended: 'epoch-cap' } as const
    const { path, sha256 } = await writeFinal(checkpoints, { bytes: contentOf(9), about })
    await alter('final.safetensors')
    const read = readCheckpoint({ file: path, sha256 })
    await expect(read).rejects.toMatchObject({ code: 'checkpoint-damaged', message: expect.stringContaining(path) })
    expect(await findFinal(checkpoints, () => {})).toBeNull()
  })
})

describe('the final weights of a phase', () => {
  const about = { epoch: 1, step: 10, keptEpoch: 1, ...provenance, ended: 'epoch-cap' } as const

  it('are null before the phase is done', async () => {
    expect(await findFinal(checkpoints, () => {})).toBeNull()
    const unfinished = { ...about, ended: null }
    await writeCheckpoint(checkpoints.folder, 'final.safetensors', { bytes: contentOf(9), about: unfinished })
    expect(await findFinal(checkpoints, () => {})).toBeNull()
    expect(warnings).toEqual([])
  })

  it('are set aside where their content is refused', async () => {
    await writeFinal(checkpoints, { bytes: contentOf(9), about })
    const seen: number[] = []
    const found = await findFinal(checkpoints, (bytes, path) => {
      seen.push(bytes[0]!)
      throw new ExitlabError('checkpoint-damaged', `${path} is of another phase.`)
    })
    expect([found, seen]).toEqual([null, [9]])
    expect(await files()).toEqual(['final.safetensors.damaged'])
    expect(warnings).toHaveLength(1)
  })
})

describe('an interrupted write', () => {
  it('leaves nothing that the next trainer would take for a checkpoint', async () => {
    await writeEpoch(1)
    await writeFile(at(`${epochName(2)}.partial`), 'half')
    await writeFile(at(epochName(3)), 'whole, its manifest not yet written')
    await writeFile(at(`${epochName(3)}.manifest.json.partial`), '{')
    await mkdir(at('folder.partial'))
    // Its record has another name.
    await writeFile(at('evaluation.safetensors'), 'outputs')
    await prepareFolder(checkpoints)
    expect((await readdir(checkpoints.folder)).sort()).toEqual([
      epochName(1),
      `${epochName(1)}.manifest.json`,
      'evaluation.safetensors',
    ])
    expect(warnings).toEqual([])
  })

  it('that fails leaves the old content, and nothing else', async () => {
    await mkdir(at('taken'))
    await expect(writeDurably(at('taken'), contentOf(1))).rejects.toMatchObject({ code: 'disk' })
    expect(await readdir(checkpoints.folder)).toEqual(['taken'])
  })
})
