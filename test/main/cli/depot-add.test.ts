import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { HostClient } from '../../../src/contract/index.ts'
import { parentOf } from '../../../src/contract/experiment/phase-definition.ts'
import { phaseIds } from '../../../src/main/execution/depot/depot.ts'
import { claim } from '../../../src/main/execution/depot/owner.ts'
import { readJob } from '../../../src/main/execution/depot/phase-job.ts'
import { parseExperiment } from '../../../src/main/host/experiments/file/read-experiment.ts'
import { bench, dataFolder, temporaryFolder } from '../host/support.ts'
import { fakeDepot } from '../execution/depot/support.ts'
import { fillDisk, mountSmallDisk } from '../../support/small-disk.ts'
import { exitlab } from './support.ts'

const text = `name: toy
data: { source: mnist, path: ${join(dataFolder, 'images')}, limit: { train: 100, test: 20 } }
network: { family: resnet, blockCounts: [1, 1, 1], widths: [4, 4, 4] }
regimes: [disjoint, mixed, joint]
seeds: [1, 2]
training: { epochs: 2, batchSize: 30 }
`

function written(content = text): string {
  const path = join(temporaryFolder(), 'toy.yaml')
  writeFileSync(path, content)
  return path
}

/** The command with a host that trains nothing. */
async function add() {
  const { client } = await bench().open({ train: false })
  const ask = (...args: string[]) => exitlab(['depot', 'add', ...args], { client })
  return Object.assign(ask, { client: client as HostClient })
}

const pairs = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split(' '))

it('writes each phase once, and prints it with its parent, parents first', async () => {
  const ask = await add()
  const depot = join(temporaryFolder(), 'new', 'depot')
  const { exitCode, stdout, stderr } = await ask(written(), depot)
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('Writing 8 phases into') })
  const lines = pairs(stdout)
  expect(lines.map(([id]) => id).toSorted()).toEqual(await phaseIds(depot))
  // Of each seed: a backbone alone, that two regimes begin with, and all at once.
  expect(lines.filter(([, parent]) => parent === undefined)).toHaveLength(4)
  for (const [index, [id, parent]] of lines.entries()) {
    const { definition, evaluate } = await readJob(depot, id!)
    expect(parentOf(definition) ?? undefined).toBe(parent)
    if (parent !== undefined) expect(lines.slice(0, index).map(([each]) => each)).toContain(parent)
    expect(evaluate).toBe(!lines.some(([, other]) => other === id))
  }
})

it('prints the same as JSON, and again where all phases are there', async () => {
  const ask = await add()
  const depot = temporaryFolder()
  const [first, again] = [await ask(written(), depot), await ask(written(), depot, '--json')]
  expect(JSON.parse(again.stdout)).toEqual(pairs(first.stdout).map(([id, parent = null]) => ({ id, parent })))
})

it('queues nothing, and what it wrote is what a host of the experiment looks for', async () => {
  const ask = await add()
  const depot = temporaryFolder()
  await ask(written(), depot)
  expect(await ask.client.runs.list({})).toEqual([])
  const before = await phaseIds(depot)
  const others = fakeDepot({}, depot)
  const following = await bench().open({ executor: 'external', depot, pollMilliseconds: 5 })
  await following.client.experiments.create({ file: parseExperiment(text, 'toy.yaml') })
  for (const [id] of pairs((await ask(written(), depot)).stdout)) await others.train(id!)
  await following.idle()
  expect((await following.client.runs.list({})).map(({ status }) => status)).toEqual(Array(6).fill('done'))
  expect(await phaseIds(depot)).toEqual(before)
})

it('completes a depot after it was killed between two phases', async () => {
  const ask = await add()
  const [depot, path] = [temporaryFolder(), written()]
  const whole = (await ask(path, depot)).stdout
  const ids = await phaseIds(depot)
  rmSync(join(depot, ids[0]!), { recursive: true })
  rmSync(join(depot, ids[1]!, 'job.json'))
  writeFileSync(join(depot, ids[2]!, 'job.json'), '{"format":1,')
  expect((await ask(path, depot)).stdout).toBe(whole)
  for (const id of ids) expect((await readJob(depot, id)).definition.seed).toBeGreaterThan(0)
})

it('adds to a depot of another experiment, and leaves what others want evaluated', async () => {
  const ask = await add()
  const depot = temporaryFolder()
  await ask(written(text.replace('[disjoint, mixed, joint]', '[joint]')), depot)
  const [alone] = await phaseIds(depot)
  await ask(written(text.replace('name: toy', 'name: other').replace('epochs: 2', 'epochs: 3')), depot)
  expect(await phaseIds(depot)).toHaveLength(10)
  expect((await readJob(depot, alone!)).evaluate).toBe(true)
})

it('waits for a host that prepares phases in the depot', async () => {
  const ask = await add()
  const depot = temporaryFolder()
  const owner = await claim(depot, { what: 'The depot', job: null })
  const added = ask(written(), depot)
  setTimeout(() => void owner.release(), 300)
  expect((await added).exitCode).toBe(0)
})

it('names the line of a typo, and writes nothing', async () => {
  const ask = await add()
  const depot = join(temporaryFolder(), 'depot')
  const path = written(text.replace('regimes:', 'regimen:'))
  const { exitCode, stdout, stderr } = await ask(path, depot)
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
  expect(stderr).toContain(`${path}:4`)
  expect(() => readdirSync(depot)).toThrow('ENOENT')
})

it('refuses an experiment file that is not there, and a depot that is a file', async () => {
  const ask = await add()
  const path = written()
  expect(await ask('/nowhere/toy.yaml', temporaryFolder())).toMatchObject({ exitCode: 4, stdout: '' })
  const { exitCode, stdout, stderr } = await ask(path, path)
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
  expect(stderr).toContain(`${path} is a file, and a depot is a folder`)
  expect(readFileSync(path, 'utf8')).toBe(text)
})

it.skipIf(process.getuid?.() === 0)('refuses a depot that may not be written', async () => {
  const ask = await add()
  const depot = join(temporaryFolder(), 'depot')
  mkdirSync(depot)
  chmodSync(depot, 0o500)
  expect(await ask(written(), depot)).toMatchObject({ exitCode: 8, stdout: '' })
})

it('says that the disk is full, and completes the depot once it is not', async ({ skip }) => {
  const disk = temporaryFolder()
  skip(!mountSmallDisk(disk), 'this process may not mount a small disk')
  onTestFinished(() => void execFileSync('umount', ['-l', disk]))
  const ask = await add()
  const depot = join(disk, 'depot')
  mkdirSync(depot)
  fillDisk(join(disk, 'filler'))
  const full = await ask(written(), depot)
  expect(full).toMatchObject({ exitCode: 8, stdout: '', stderr: expect.stringContaining('the disk is full') })
  rmSync(join(disk, 'filler'))
  expect((await ask(written(), depot)).exitCode).toBe(0)
  expect(await phaseIds(depot)).toHaveLength(8)
})
