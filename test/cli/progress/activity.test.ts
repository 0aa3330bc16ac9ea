import { expect, test } from 'vitest'
import { tellingActivity } from '../../../src/main/cli/progress/activity.ts'
import { bench, experiment } from '../../host/support.ts'

test('shows what a trainer does while it reads data until the plan is there, and not afterwards', async () => {
  const { open, script } = bench({ says: 'Looking for damaged images, once: 0 of 30,000 decoded' })
  const { client } = await open()
  const told: string[] = []
  const plan = () => client.experiments.plan({ ...experiment(), calibrate: false })
  const { runs } = await tellingActivity(client, (text) => told.push(text), plan)
  expect(runs).toBeGreaterThan(0)
  expect(told).toEqual(['Looking for damaged images, once: 0 of 30,000 decoded'])
  script({ says: 'later' })
  await client.experiments.create(experiment())
  expect(told).toHaveLength(1)
})

test('shows nothing more once a plan is refused', async () => {
  const { client } = await bench().open()
  const refused = () => Promise.reject(new Error('refused'))
  await expect(tellingActivity(client, () => {}, refused)).rejects.toThrow('refused')
})
