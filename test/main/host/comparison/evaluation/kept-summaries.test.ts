import { readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openReader } from '../../../../../src/main/host/open/read-only-host.ts'
import { bench, experiment, refusal, untilStatus } from '../../support.ts'
import { compare } from '../../../../support/ask.ts'

/** Of the evaluation's file, in whole seconds, which all file systems keep. */
const time = 1_700_000_000

/** A workspace with one trained run, whose host has closed. */
async function trained() {
  const { open, workspace } = bench()
  const host = await open()
  const { runs } = await host.client.experiments.create(experiment({ seeds: [1], regimes: ['joint'] }))
  await untilStatus(host.client, runs[0]!.id, 'done')
  await host.idle()
  const { evaluation } = await host.client.runs.show({ run: runs[0]!.id })
  utimesSync(evaluation!.file, time, time)
  const compared = await compare(host.client, {})
  await host.close()
  return { open, workspace, path: evaluation!.file, compared }
}

/** Other bytes of the same length. */
function spoil(path: string): void {
  writeFileSync(path, readFileSync(path).fill(0))
}

test('an evaluation is read once, by a running host and by a reader', async () => {
  const { open, workspace, path, compared } = await trained()
  spoil(path)
  utimesSync(path, time, time)
  const reader = openReader({ workspace, environment: {} })!
  expect(await compare(reader.client, {})).toEqual(compared)
  await reader.close()
  const { client } = await open()
  expect(await compare(client, {})).toEqual(compared)
  expect((await refusal(compare(client, { rule: 'entropy' }))).code).toBe('checkpoint-damaged')
})

test('an evaluation that was written again is read again, so that its faults are found', async () => {
  const { open, path, compared } = await trained()
  const { client } = await open()
  expect(await compare(client, {})).toEqual(compared)
  const whole = readFileSync(path)
  spoil(path)
  expect((await refusal(compare(client, {}))).code).toBe('checkpoint-damaged')
  writeFileSync(path, whole)
  expect(await compare(client, {})).toEqual(compared)
})
