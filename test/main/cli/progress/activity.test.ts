import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { tellingActivity } from '../../../../src/main/cli/progress/activity.ts'
import { bench, experiment } from '../../host/support.ts'
import { fakeClient } from '../support.ts'

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

test('an error of the events, as on a full disk, does not end the process before the answer', async () => {
  const unhandled = vi.fn()
  process.on('unhandledRejection', unhandled)
  onTestFinished(() => void process.off('unhandledRejection', unhandled))
  const client = fakeClient({ 'events.follow': () => failing() })
  await expect(tellingActivity(client, () => {}, () => setTimeout(20, 'answer'))).resolves.toBe('answer') // prettier-ignore
  expect(unhandled).not.toHaveBeenCalled()
})

async function* failing() {
  await setTimeout(1)
  throw new Error('the disk is full')
  yield
}
