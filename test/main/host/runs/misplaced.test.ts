import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import type { HostClient } from '../../../../src/contract/index.ts'
import type { RunDetail } from '../../../../src/contract/run-detail.ts'
import { decodeSafetensors, encodeSafetensors } from '../../../../src/shared/safetensors/safetensors.ts'
import { bench, experiment, refusal, temporaryFolder } from '../support.ts'
import { compare } from '../../../support/ask.ts'

const names = ['toy-disjoint-s1', 'toy-joint-s1'] as const
const toy = experiment({ regimes: ['disjoint', 'joint'] })

/** Two runs that are done, and no host. */
async function twoRuns() {
  const made = bench()
  const host = await made.open()
  await host.client.experiments.create(toy)
  await host.idle()
  const runs = await shown(host.client)
  await host.close()
  return { ...made, runs, database: join(made.workspace, 'exitlab.db') }
}

async function shown(client: HostClient): Promise<[RunDetail, RunDetail]> {
  const [first, second] = await Promise.all(names.map((run) => client.runs.show({ run })))
  return [first!, second!]
}

const weightsOf = ({ phases }: RunDetail) => phases.at(-1)!.checkpoint!
/** What must not change, wherever files were. */
const outcome = (runs: readonly RunDetail[]) =>
  runs.map(({ name, scores, phases, evaluation }) => {
    return { name, scores, evaluation, weights: phases.map(({ checkpoint }) => checkpoint) }
  })

function swap(first: string, second: string): void {
  renameSync(first, `${first}.moved`)
  renameSync(second, first)
  renameSync(`${first}.moved`, second)
}

function swapFolders([first, second]: readonly [RunDetail, RunDetail]): void {
  swap(dirname(weightsOf(first).file), dirname(weightsOf(second).file))
}

async function warnings(client: HostClient): Promise<string> {
  const lines = await Promise.all(names.map((run) => client.runs.log({ run })))
  return lines
    .flat()
    .filter(({ level }) => level === 'warning')
    .map(({ message }) => message)
    .join('\n')
}

test('weights whose folders were swapped are noticed by doctor, export, analyses and run, which makes them again', async () => {
  const { open, runs } = await twoRuns()
  swapFolders(runs)
  const host = await open()
  const { client } = host
  const findings = (await client.system.doctor()).filter(({ check }) => check === 'checkpoints')
  // Of both the weights and the evaluation.
  const misplaced = ['error', true]
  expect(findings.map(({ status, detail }) => [status, detail.includes('belongs to another phase')])).toEqual(
    Array(4).fill(misplaced),
  )
  for (const { id } of runs) {
    const { code, message } = await refusal(client.exports.run({ run: id, folder: join(temporaryFolder(), 'out') }))
    expect([code, message.includes('belongs to another phase')]).toEqual(['checkpoint-damaged', true])
  }
  const { analyses } = await client.analyses.ask({ kind: 'numerical-rank', runs: [names[1]] })
  await host.idle()
  expect((await client.analyses.show({ analysis: analyses[0]!.id })).analysis.status).toBe('failed')

  await client.experiments.create(toy)
  await host.idle()
  expect(outcome(await shown(client))).toEqual(outcome(runs))
  const told = await warnings(client)
  for (const run of runs) expect(told).toContain(`belongs to another phase, ${run.phases.at(-1)!.id}`)
  for (const run of runs) expect(() => readFileSync(`${weightsOf(run).file}.damaged`)).not.toThrow()
})

test('weights whose folders were swapped are noticed where the store that knew them is gone, too', async () => {
  const { open, runs, database } = await twoRuns()
  swapFolders(runs)
  for (const suffix of ['', '-wal', '-shm']) rmSync(database + suffix, { force: true })
  const host = await open()
  await host.client.experiments.create(toy)
  await host.idle()
  expect(outcome(await shown(host.client))).toEqual(outcome(runs))
  const told = await warnings(host.client)
  for (const run of runs) expect(told).toContain(`belongs to another phase, ${run.phases.at(-1)!.id}`)
})

test('evaluations that were swapped are refused by comparisons, and made again', async () => {
  const { open, runs } = await twoRuns()
  swap(runs[0].evaluation!.file, runs[1].evaluation!.file)
  const host = await open()
  const { client } = host
  const { code, message, command } = await refusal(compare(client, { runs: [names[0]] }))
  expect([code, message]).toEqual(['checkpoint-damaged', expect.stringContaining('belongs to another phase')])
  expect(command).toEqual(['retry', runs[0].id])
  await client.runs.retry({ runs: [...names] })
  await host.idle()
  expect(outcome(await shown(client))).toEqual(outcome(runs))
})

test('rows of the store that were altered to lead to the files of another run are noticed', async () => {
  const { open, runs, database } = await twoRuns()
  const raw = new Database(database)
  const [first, second] = runs.map(({ phases }) => phases.at(-1)!.id)
  raw.exec(`UPDATE evaluations SET (file, sha256) = (SELECT file, sha256 FROM evaluations WHERE phase_id = '${second}')
    WHERE phase_id = '${first}'`)
  raw.exec(`UPDATE phases SET (checkpoint_file, checkpoint_sha256) =
    (SELECT checkpoint_file, checkpoint_sha256 FROM phases WHERE id = '${second}') WHERE id = '${first}'`)
  raw.close()
  const host = await open()
  const { client } = host
  expect((await refusal(compare(client, { runs: [names[0]] }))).message).toContain('belongs to another phase')
  const { analyses } = await client.analyses.ask({ kind: 'numerical-rank', runs: [names[0]] })
  await host.idle()
  expect((await client.analyses.show({ analysis: analyses[0]!.id })).analysis.error).toContain(
    'belongs to another phase',
  )
  await client.runs.retry({ runs: [names[0]] })
  await host.idle()
  expect(outcome(await shown(client))).toEqual(outcome(runs))
})

test('an evaluation of an earlier version that does not name its phase is read', async () => {
  const { open, runs, database } = await twoRuns()
  const { file } = runs[0].evaluation!
  const bytes = encodeSafetensors(decodeSafetensors(readFileSync(file)).arrays, { content: 'evaluation' })
  writeFileSync(file, bytes)
  const raw = new Database(database)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  raw.prepare('UPDATE evaluations SET sha256 = ? WHERE phase_id = ?').run(sha256, runs[0].phases.at(-1)!.id)
  raw.close()
  const { client } = await open()
  await compare(client, { runs: [names[0]] })
  const findings = (await client.system.doctor()).filter(({ check }) => check === 'checkpoints')
  expect(findings.map(({ status }) => status)).toEqual(['ok'])
})

test('an evaluation of other weights than its phase has now is refused', async () => {
  const { open, runs } = await twoRuns()
  const { file, sha256 } = weightsOf(runs[0])
  const { arrays, metadata } = decodeSafetensors(readFileSync(file))
  arrays.state!.values[0]! ^= 1
  const bytes = encodeSafetensors(arrays, metadata)
  writeFileSync(file, bytes)
  const now = createHash('sha256').update(bytes).digest('hex')
  const raw = new Database(join(dirname(dirname(dirname(file))), 'exitlab.db'))
  raw.prepare('UPDATE phases SET checkpoint_sha256 = ? WHERE checkpoint_sha256 = ?').run(now, sha256)
  raw.close()
  const { client } = await open()
  const { message } = await refusal(compare(client, { runs: [names[0]] }))
  expect(message).toContain('belongs to other weights than those of its phase')
})
