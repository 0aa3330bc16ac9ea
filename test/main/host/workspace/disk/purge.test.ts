import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { bench, experiment, untilStatus } from '../../support.ts'

test('a run that is queued anew while its files are being removed keeps its new files', async () => {
  const { open } = bench()
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['mixed'] }))
  await idle()
  const before = await client.runs.show({ run: runs[0]!.id })
  for (const { checkpoint } of before.phases) slowToRemove(dirname(checkpoint!.file))
  await client.runs.delete({ runs: ['toy'] })
  const purging = client.runs.purge({ runs: ['toy'] })
  await client.experiments.create(experiment({ regimes: ['mixed'] }))
  await purging
  await idle()
  const after = await client.runs.show({ run: runs[0]!.id })
  expect([after.status, after.error]).toEqual(['done', null])
  expect(after.phases.map(({ checkpoint }) => existsSync(checkpoint!.file))).toEqual([true, true])
  expect(existsSync(after.evaluation!.file)).toBe(true)
})

function slowToRemove(folder: string): void {
  mkdirSync(join(folder, 'many'))
  for (let file = 0; file < 3000; file++) writeFileSync(join(folder, 'many', String(file)), '')
}

test('a run that is restored before its purge begins is kept', async () => {
  const { open, script } = bench({ holdAtStep: 1 })
  const { client, idle } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  await untilStatus(client, runs[0]!.id, 'running')
  const [, purged] = await Promise.all([
    client.runs.delete({ runs: ['toy'] }),
    client.runs.purge({ runs: ['toy'] }),
    client.runs.restore({ runs: ['toy'] }),
  ])
  expect(purged.runs).toEqual([])
  script({})
  await idle()
  expect((await client.runs.list({})).map(({ status }) => status)).toEqual(['done'])
})

test('files that a killed host left during a purge are removed by the next one', async () => {
  const { open, workspace } = bench()
  await (await open()).close()
  for (const folder of ['checkpoints', 'evaluations', 'analyses']) {
    mkdirSync(join(workspace, folder, '.purged-1'))
    writeFileSync(join(workspace, folder, '.purged-1', 'final.safetensors'), 'weights')
    writeFileSync(join(workspace, folder, 'kept'), '')
  }
  await open()
  expect(readdirSync(join(workspace, 'checkpoints'))).toEqual(['kept'])
  expect(readdirSync(join(workspace, 'evaluations'))).toEqual(['kept'])
  expect(readdirSync(join(workspace, 'analyses'))).toEqual(['kept'])
})
