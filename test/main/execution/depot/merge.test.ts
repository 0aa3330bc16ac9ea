import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
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
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mergeDepots } from '../../../../src/main/execution/depot/merge.ts'
import { claim } from '../../../../src/main/execution/depot/owner.ts'
import { depotSummary } from '../../../../src/main/execution/depot/summary.ts'
import { verifyDepot } from '../../../../src/main/execution/depot/verify.ts'
import { sealOf } from '../../../../src/files/sealed-json.ts'
import { weightsMarks } from '../../../../src/files/verified-file.ts'
import { encodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'
import { exitlab } from '../../cli/support.ts'
import { temporaryFolder } from '../../host/support.ts'
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

/** The folder of a phase with weights of its own, as the one that is done otherwise. */
function writeTrainedPhase({ folderOf, done }: Awaited<ReturnType<typeof trainedDepot>>, id: string): void {
  const [folder, record] = [folderOf(id), 'final.safetensors.manifest.json']
  mkdirSync(folder)
  linkSync(join(folderOf(done), 'events.jsonl'), join(folder, 'events.jsonl'))
  const weights = encodeSafetensors({ weight: { shape: [1], values: new Float32Array(1) } }, { ...weightsMarks(id) })
  writeFileSync(join(folder, 'final.safetensors'), weights)
  const { seal, ...others } = JSON.parse(readFileSync(join(folderOf(done), record), 'utf8'))
  expect(seal).toBe(sealOf(others))
  const manifest = { ...others, bytes: weights.length, sha256: createHash('sha256').update(weights).digest('hex') }
  writeFileSync(join(folder, record), JSON.stringify({ ...manifest, seal: sealOf(manifest) }))
}

function replaceByPipe(path: string): void {
  rmSync(path)
  execFileSync('mkfifo', [path])
}

describe('merging depots', () => {
  it('makes the folder of the depot and those above it, and refuses a file in its place', async () => {
    const { depot } = await trainedDepot()
    const folder = temporaryFolder()
    expect(await mergeDepots(join(folder, 'new', 'depot'), [depot])).toMatchObject({ phases: 2, left: [] })
    writeFileSync(join(folder, 'file'), '')
    await expect(mergeDepots(join(folder, 'file'), [depot])).rejects.toMatchObject({ code: 'usage' })
  })

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

  it('copies weights to a phase that had only begun, which is then done', async () => {
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
    const damaged = [ids[3]!, ids[900]!]
    for (const id of ids) writeTrainedPhase(source, id)
    for (const id of damaged) spoil(join(source.folderOf(id), 'final.safetensors'))
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

  it('leaves a phase that a process of another machine may train, and names that with its last sign of life', async () => {
    const source = await trainedDepot()
    const target = fakeDepot()
    await mergeDepots(target.depot, [source.depot])
    await source.train(source.begun)
    const owner = { host: 'node7', pid: 1, job: '12_3', machine: 'another', beat: 4, released: false }
    const file = join(target.folderOf(source.begun), 'owner-00000009.json')
    writeFileSync(file, JSON.stringify(owner))
    const at = new Date(2025, 10, 29, 18, 3)
    utimesSync(file, at, at)
    const { copied, left } = await mergeDepots(target.depot, [source.depot])
    expect(copied).toBe(0)
    expect(left).toEqual([
      `${source.begun} was left as it is in ${target.depot}, as its owner may be training it: process 1 on node7 (job 12_3), last active at 29 Nov 2025, 18:03`,
    ])
    writeFileSync(file, JSON.stringify({ ...owner, released: true }))
    expect(await mergeDepots(target.depot, [source.depot])).toMatchObject({ copied: 1, left: [] })
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

  it('does not copy a phase from a folder of another name, and names it', async () => {
    const source = await trainedDepot()
    const waiting = await source.add(jobOf({ seed: 3 }))
    const [wrong, empty] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string]
    renameSync(source.folderOf(source.done), source.folderOf(wrong))
    renameSync(source.folderOf(waiting), source.folderOf(empty))
    const target = fakeDepot()
    const { copied, left } = await mergeDepots(target.depot, [source.depot])
    expect(copied).toBe(1)
    expect(left.toSorted()).toEqual([
      `${wrong} is not copied: ${join(source.folderOf(wrong), 'final.safetensors')} belongs to another phase, ${source.done}: it is in the wrong folder`,
      `${empty} is not copied: ${join(source.folderOf(empty), 'job.json')} is of another phase, ${waiting}. Move its folder to that name.`,
    ])
    expect([wrong, empty].filter((id) => existsSync(target.folderOf(id)))).toEqual([])
  })

  it('brings the events with the weights that they tell of', async () => {
    const source = await trainedDepot()
    const target = fakeDepot()
    await mergeDepots(target.depot, [source.depot])
    await source.train(source.begun)
    await mergeDepots(target.depot, [source.depot])
    expect(filesIn(target.folderOf(source.begun))['events.jsonl']).toBe(
      filesIn(source.folderOf(source.begun))['events.jsonl'],
    )
  })

  it.each(['final.safetensors', 'final.safetensors.manifest.json', 'events.jsonl', 'job.json'])(
    'does not wait for a pipe in place of %s',
    async (name) => {
      const source = await trainedDepot()
      replaceByPipe(join(source.folderOf(source.done), name))
      const target = fakeDepot()
      expect((await depotSummary(source.depot)).begun).toBeGreaterThan(0)
      await mergeDepots(target.depot, [source.depot])
      await verifyDepot(source.depot)
      expect(existsSync(join(target.folderOf(source.done), name))).toBe(false)
    },
  )

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

  it('is refused without a trace where there is no source', async () => {
    const target = fakeDepot()
    const missing = join(target.depot, 'missing')
    await expect(mergeDepots(target.depot, [missing])).rejects.toMatchObject({ code: 'not-found' })
    expect(Object.keys(filesIn(target.depot))).toEqual([])
    const owner = await claim(target.depot, { what: 'The depot', job: null })
    await owner.release()
  })

  it('removes what an interrupted merge left, and waits for no running one', async () => {
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
    expect(await exitlab(['depot', 'verify', depot])).toMatchObject({ exitCode: 0, stdout: '2 phases: no damage.\n' })
    spoil(join(folderOf(done), 'evaluation.safetensors'))
    spoil(join(folderOf(begun), 'epoch-00001.safetensors'))
    writeFileSync(join(folderOf(done), 'job.json'), '{}')
    const { faults } = await verifyDepot(depot)
    for (const name of ['epoch-00001.safetensors', 'evaluation.safetensors', 'job.json'])
      expect(faults.filter((fault) => fault.includes(`${name} is damaged`))).toHaveLength(1)
    expect(faults).toHaveLength(3)
    expect(await exitlab(['depot', 'verify', depot])).toMatchObject({ exitCode: 10 })
  })

  it('names events that lack epochs of a phase that is trained', async () => {
    const { depot, folderOf, done } = await trainedDepot()
    const events = join(folderOf(done), 'events.jsonl')
    const lines = readFileSync(events, 'utf8').split('\n')
    writeFileSync(events, lines.filter((line) => !line.includes('"epoch":3')).join('\n'))
    expect((await verifyDepot(depot)).faults).toEqual([`${events} lacks 1 of 4 epochs, from epoch 3 on`])
  })
})
