/**
 * A trainer without TensorFlow: its "weights" are a chain of hashes over the steps, so they are the same after any
 * interruption only if no step is lost or done twice. Checkpoints and the talk with the host are the real ones.
 */
import { setTimeout } from 'node:timers/promises'
import type { TrainerJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import { openChannel } from '../../../src/main/trainer/channel.ts'
import { failureOf } from '../../../src/main/trainer/failure.ts'
import { describeFake } from './dataset.ts'
import { fakeLatency } from './latency.ts'
import { evaluate } from './evaluate.ts'
import { note, readScript } from './script.ts'
import { writeFakeSegments } from './segments.ts'
import { trainFake } from './train.ts'

const folder = process.env.FAKE_TRAINER!
const channel = openChannel()
let pausing = false
let ready = false
process.on('SIGINT', () => {})
if (process.env.EXITLAB_SIGTERM === 'ignored') process.on('SIGTERM', () => {})

channel.onCommand((command) => {
  if (command.type === 'ping') channel.send({ type: 'pong', id: command.id })
  else if (command.type === 'pause') pause()
  else if (command.type === 'exit') process.exit(0)
  else if (command.type === 'job') void perform(command.job)
})

function pause(): void {
  if (readScript(folder).crashAtPause) process.kill(process.pid, 'SIGKILL')
  pausing = true
}

async function perform(job: TrainerJob): Promise<void> {
  pausing = false
  if (!['describe', 'describe-weights', 'picture'].includes(job.kind)) open()
  try {
    const context = { folder, channel, shouldPause: () => pausing }
    if (job.kind === 'train') channel.send(await trainFake(job, context))
    else if (job.kind === 'analyse') {
      // Loads the engine, without which all else starts in a fraction of the time.
      const { analyseFake } = await import('./analyse.ts')
      channel.send(await analyseFake(job, context))
    } else if (job.kind === 'evaluate') {
      note(folder, 'evaluate')
      channel.send(await evaluate(job, folder))
    } else if (job.kind === 'calibrate') {
      const each = (value: number) => job.phases.map(() => value)
      channel.send({ type: 'calibrated', secondsPerStep: each(0.5), secondsToStart: each(1), extrapolated: false })
    } else if (job.kind === 'picture') {
      const { pictureFake } = await import('./picture.ts')
      channel.send(await pictureFake(job, folder))
    } else if (job.kind === 'describe-weights') {
      const { describeWeightsFile } = await import('../../../src/main/trainer/weights.ts')
      channel.send({ type: 'weights-described', weights: await describeWeightsFile(job.file) })
    } else if (job.kind === 'segments') {
      channel.send(await writeFakeSegments(job))
    } else if (job.kind === 'latency') {
      channel.send({ type: 'latency-measured', machine: 'Fake, 2 threads', batches: fakeLatency(job) })
    } else {
      await setTimeout(1)
      const { imagesVersion, task, says } = readScript(folder)
      if (says !== null) channel.log('info', says)
      const found = describeFake(job.data, job.dataPath, imagesVersion)
      const dataset = task ? { ...found, task, classes: 1, classNames: [''] } : found
      channel.send({ type: 'described', dataset })
    }
  } catch (error) {
    channel.send(failureOf(error))
  }
}

function open(): void {
  if (ready) return
  ready = true
  const { EXITLAB_CARD: card, CUDA_VISIBLE_DEVICES: visible, TF_DETERMINISTIC_OPS: deterministic } = process.env
  const kind = card !== undefined && readScript(folder).findsCards ? 'gpu' : 'cpu'
  if (card !== undefined) note(folder, `on ${visible}${deterministic === '1' ? '' : ', fast'}`)
  const name = kind === 'gpu' ? card! : 'fake'
  channel.send({ type: 'ready', device: { kind, name, tensorflowVersion: '0.0.0', threads: 1 } })
}
