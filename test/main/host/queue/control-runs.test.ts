import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bench, experiment, refusal, temporaryFolder, untilStatus } from '../support.ts'
import { compare } from '../../../support/ask.ts'

/** Disjoint and mixed, which share their first phase, trained and evaluated. */
async function trained() {
  const { open, journal } = bench()
  const { client } = await open()
  const toy = experiment({ regimes: ['disjoint', 'mixed'] })
  const { runs } = await client.experiments.create(toy)
  for (const { id } of runs) await untilStatus(client, id, 'done')
  const show = () => client.runs.show({ run: 'toy-mixed-s1' })
  return { client, toy, journal, show, run: await show() }
}

test('damaged weights of a finished run are refused with the command that trains them again, to the same bits', async () => {
  const { client, show, run } = await trained()
  const { file } = run.phases.at(-1)!.checkpoint!
  const before = readFileSync(file)
  writeFileSync(file, 'damaged')
  const folder = join(temporaryFolder(), 'exported')
  const { code, command } = await refusal(client.exports.run({ run: run.id, folder }))
  expect([code, command]).toEqual(['checkpoint-damaged', ['retry', run.id]])
  const { runs } = await client.runs.retry({ runs: [run.id] })
  expect(runs[0]!.status).not.toBe('done')
  await untilStatus(client, run.id, 'done')
  expect(readFileSync(file)).toEqual(before)
  expect((await show()).evaluation).toEqual(run.evaluation)
  await client.exports.run({ run: run.id, folder })
  expect(existsSync(join(folder, 'model.safetensors'))).toBe(true)
})

test('an experiment that is created again computes missing evaluations again, and trains nothing', async () => {
  const { client, toy, journal, run } = await trained()
  rmSync(run.evaluation!.file)
  const lines = journal().length
  const { runs } = await client.experiments.create(toy)
  for (const { id } of runs) await untilStatus(client, id, 'done')
  expect(existsSync(run.evaluation!.file)).toBe(true)
  expect(journal().slice(lines)).toEqual(['evaluate'])
})

test('a finished run whose files are sound is not queued again', async () => {
  const { client } = await trained()
  const { code, message } = await refusal(client.runs.retry({ runs: ['toy'] }))
  expect(code).toBe('conflict')
  expect(message).toContain('toy-mixed-s1 is done')
})

test('a comparison names every evaluation that is damaged at once', async () => {
  const { client, run } = await trained()
  const other = await client.runs.show({ run: 'toy-disjoint-s1' })
  rmSync(run.evaluation!.file)
  writeFileSync(other.evaluation!.file, 'damaged')
  const { code, message, runs, command } = await refusal(compare(client, {}))
  expect(code).toBe('checkpoint-damaged')
  expect(message).toContain('The evaluations of 2 runs are missing or damaged')
  expect([runs, command]).toEqual([
    [other.id, run.id],
    ['retry', other.id, run.id],
  ])
})
