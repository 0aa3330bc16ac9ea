import { expect, test } from 'vitest'
import { bench, experiment, untilStatus } from '../../support.ts'

test.each(['resume', 'retry'] as const)('%s queues failed runs again', async (control) => {
  const { open, script } = bench({ failure: { code: 'disk', message: 'the disk is full' } })
  const { client } = await open()
  const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
  expect((await untilStatus(client, runs[0]!.id, 'failed')).errorCode).toBe('disk')
  script({ failure: null })
  await client.runs[control]({ runs: ['toy'] })
  expect(await untilStatus(client, runs[0]!.id, 'done')).toMatchObject({ error: null, errorCode: null })
})
