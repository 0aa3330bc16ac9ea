import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { collectGarbage } from '../../src/main/depot/collect-garbage.ts'
import { mergeDepots } from '../../src/main/depot/merge.ts'
import { claim } from '../../src/main/depot/owner.ts'
import { depotSummary } from '../../src/main/depot/summary.ts'
import { verifyDepot } from '../../src/main/depot/verify.ts'
import { exitlab } from '../cli/support.ts'
import { fakeDepot, jobOf } from './support.ts'

/** Two phases: one evaluated, one begun. */
async function trainedDepot() {
  const made = fakeDepot()
  const done = await made.add()
  await made.train(done)
  const begun = await made.add(jobOf({ seed: 2 }))
  const stop = new AbortController()
  await made.train(begun, { stop: stop.signal, heard: ({ type }) => type === 'epoch' && stop.abort() })
  return { ...made, done, begun }
}

/** A folder on another file system than the temporary one, where this machine has one. */
const otherFileSystem = ['/dev/shm'].find(
  (folder) => existsSync(folder) && statSync(folder).dev !== statSync(tmpdir()).dev,
)

const filesIn = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => !name.startsWith('owner-'))
      .map((name) => [name, readFileSync(join(folder, name), 'hex')]),
  )

function spoil(path: string): void {
  const bytes = readFileSync(path)
  bytes[bytes.length - 1]! ^= 1
  writeFileSync(path, bytes)
}

describe('merging depots', () => {
  it('copies what a depot lacks, byte for byte, and nothing twice', async () => {
    const source = await trainedDepot()
    const target = fakeDepot()
    expect(await mergeDepots(target.depot, [source.depot])).toEqual({ phases: 2, copied: 2, left: [] })
    for (const id of [source.done, source.begun])
      expect(filesIn(target.folderOf(id))).toEqual(filesIn(source.folderOf(id)))
    expect(await depotSummary(target.depot)).toEqual({ evaluated: 1, trained: 0, begun: 1, waiting: 0 })
    expect(await mergeDepots(target.depot, [source.depot])).toEqual({ phases: 2, copied: 0, left: [] })
    expect(readdirSync(target.depot).filter((name) => name.startsWith('merging'))).toEqual([])
  })

  it('brings weights to a phase that is only begun, which then is done', async () => {
    const source = await trainedDepot()
    const target = fakeDepot()
    await mergeDepots(target.depot, [source.depot])
    await source.train(source.begun)
    expect(await mergeDepots(target.depot, [source.depot])).toMatchObject({ copied: 1 })
    expect(await target.train(source.begun)).toBe('done')
    expect(target.journal()).toEqual([])
  })

  it('resumes from the checkpoint that it copied, with the same bits', async () => {
    const source = await trainedDepot()
    const target = fakeDepot()
    await mergeDepots(target.depot, [source.depot])
    await target.train(source.begun)
    await source.train(source.begun)
    const weights = (folder: string) => readFileSync(join(folder, 'final.safetensors'), 'hex')
    expect(weights(target.folderOf(source.begun))).toBe(weights(source.folderOf(source.begun)))
  })

  it('brings thousands of phases in threads, and names those that are damaged', async () => {
    const source = await trainedDepot()
    const ids = Array.from({ length: 1200 }, (_, index) => String(index).padStart(64, '0'))
    const names = readdirSync(source.folderOf(source.done)).filter((name) => !name.startsWith('owner-'))
    const damaged = [ids[3]!, ids[900]!]
    for (const id of ids) {
      mkdirSync(source.folderOf(id))
      const put = damaged.includes(id) ? copyFileSync : linkSync
      for (const name of names) put(join(source.folderOf(source.done), name), join(source.folderOf(id), name))
    }
    for (const id of damaged) spoil(join(source.folderOf(id), 'evaluation.safetensors'))
    const target = fakeDepot()
    const { phases, copied, left } = await mergeDepots(target.depot, [source.depot])
    expect([phases, copied]).toEqual([1202, 1200])
    expect(left.map((each) => each.split(' ')[0])).toEqual(damaged)
    for (const id of [ids[0]!, ids[700]!, ids.at(-1)!, source.begun])
      expect(filesIn(target.folderOf(id))).toEqual(filesIn(source.folderOf(id)))
    expect(damaged.filter((id) => existsSync(target.folderOf(id)))).toEqual([])
    expect(readdirSync(target.depot).filter((name) => name.startsWith('merging'))).toEqual([])
  })

  it('links files on one file system, but none that is appended to', async () => {
    const source = await trainedDepot()
    const target = fakeDepot()
    await mergeDepots(target.depot, [source.depot])
    const same = (name: string) =>
      statSync(join(source.folderOf(source.done), name)).ino === statSync(join(target.folderOf(source.done), name)).ino
    expect(['final.safetensors', 'final.safetensors.manifest.json', 'evaluation.json', 'job.json'].map(same)).toEqual(
      Array(4).fill(true),
    )
    expect(same('events.jsonl')).toBe(false)
    const before = filesIn(source.folderOf(source.begun))
    expect(await target.train(source.begun)).toBe('done')
    expect(filesIn(source.folderOf(source.begun))).toEqual(before)
  })

  it.skipIf(!otherFileSystem)('copies files to another file system', async () => {
    const source = await trainedDepot()
    const target = mkdtempSync(join(otherFileSystem!, 'exitlab-depot-'))
    onTestFinished(() => rmSync(target, { recursive: true }))
    expect(await mergeDepots(target, [source.depot])).toEqual({ phases: 2, copied: 2, left: [] })
    for (const id of [source.done, source.begun])
      expect(filesIn(join(target, id))).toEqual(filesIn(source.folderOf(id)))
    expect(await verifyDepot(target)).toEqual({ phases: 2, faults: [] })
  })

  it('copies what a symbolic link leads to', async () => {
    const source = await trainedDepot()
    const weights = join(source.folderOf(source.done), 'final.safetensors')
    renameSync(weights, join(source.fakeFolder, 'elsewhere'))
    symlinkSync(join(source.fakeFolder, 'elsewhere'), weights)
    const target = fakeDepot()
    await mergeDepots(target.depot, [source.depot])
    expect(lstatSync(join(target.folderOf(source.done), 'final.safetensors')).isFile()).toBe(true)
    expect(filesIn(target.folderOf(source.done))).toEqual(filesIn(source.folderOf(source.done)))
  })

  it('does not copy a damaged file, and names it', async () => {
    const source = await trainedDepot()
    const weights = join(source.folderOf(source.done), 'final.safetensors')
    spoil(weights)
    const target = fakeDepot()
    const { copied, left } = await mergeDepots(target.depot, [source.depot])
    expect(copied).toBe(1)
    expect(left).toEqual([`${source.done} is not copied: ${weights} is missing or damaged`])
    expect(existsSync(target.folderOf(source.done))).toBe(false)
  })

  it('keeps the weights that a depot has where others were trained elsewhere, and says so', async () => {
    const source = await trainedDepot()
    const target = fakeDepot({ stepsPerEpoch: 5 })
    await target.add()
    await target.train(source.done)
    const before = filesIn(target.folderOf(source.done))
    const { left } = await mergeDepots(target.depot, [source.depot])
    expect(left).toEqual([expect.stringContaining(`${source.done} has other weights there`)])
    expect(filesIn(target.folderOf(source.done))).toEqual(before)
  })

  it('removes what an interrupted merge left, and waits for no living one', async () => {
    const source = await trainedDepot()
    const target = fakeDepot()
    mkdirSync(join(target.depot, 'merging-1', 'x'), { recursive: true })
    const other = await claim(target.depot, { what: 'The depot', job: null })
    await expect(mergeDepots(target.depot, [source.depot])).rejects.toMatchObject({ code: 'conflict' })
    await other.release()
    await mergeDepots(target.depot, [source.depot])
    expect(existsSync(join(target.depot, 'merging-1'))).toBe(false)
  })
})

describe('verifying a depot', () => {
  it('finds no fault in a sound one, and names each altered file in another', async () => {
    const { depot, folderOf, done, begun } = await trainedDepot()
    expect(await verifyDepot(depot)).toEqual({ phases: 2, faults: [] })
    spoil(join(folderOf(done), 'evaluation.safetensors'))
    spoil(join(folderOf(begun), 'epoch-00001.safetensors'))
    writeFileSync(join(folderOf(done), 'job.json'), '{}')
    const { faults } = await verifyDepot(depot)
    for (const name of ['epoch-00001.safetensors', 'evaluation.safetensors', 'job.json'])
      expect(faults.filter((fault) => fault.includes(`${name} is damaged`))).toHaveLength(1)
    expect(faults).toHaveLength(3)
    expect(await exitlab(['depot', 'verify', depot])).toMatchObject({ exitCode: 10 })
  })
})

describe('cleaning a depot', () => {
  it('removes unfinished and damaged files and nothing that is needed', async () => {
    const { depot, folderOf, done, begun } = await trainedDepot()
    const before = filesIn(folderOf(begun))
    writeFileSync(join(folderOf(done), 'step-000000004.safetensors'), 'unfinished')
    writeFileSync(join(folderOf(done), 'epoch-00001.safetensors.damaged'), 'damaged')
    expect(await collectGarbage(depot, { needed: null, dryRun: true })).toMatchObject({ files: 2, bytes: 17 })
    expect(await collectGarbage(depot, { needed: null, dryRun: false })).toEqual({
      phases: [],
      files: 2,
      bytes: 17,
      busy: [],
    })
    expect(Object.keys(filesIn(folderOf(done)))).toEqual([
      ...['evaluation.json', 'evaluation.safetensors', 'events.jsonl'],
      ...['final.safetensors', 'final.safetensors.manifest.json', 'job.json'],
    ])
    expect(filesIn(folderOf(begun))).toEqual(before)
  })

  it('removes phases that are not needed, but none in work', async () => {
    const { depot, folderOf, done, begun } = await trainedDepot()
    const owner = await claim(folderOf(begun), { what: 'The phase', job: null })
    const removed = await collectGarbage(depot, { needed: new Set(), dryRun: false })
    expect(removed).toMatchObject({ phases: [done], busy: [begun] })
    await owner.release()
    expect(await depotSummary(depot)).toEqual({ evaluated: 0, trained: 0, begun: 1, waiting: 0 })
  })
})
