import type { Stream } from '../../../../src/engine/random.ts'
import type { TrainJob } from '../../../../src/contract/experiment/trainer-jobs.ts'
import { stepsPerEpoch } from './jobs.ts'
import type { Fault } from './trainer.ts'
import type { Told } from './trial.ts'
import { runAlone } from './trial.ts'

/** Trains and tries to kill the trainer meanwhile. */
export type Attempt = (job: TrainJob) => Promise<Told>

const snapshot = '\\.safetensors(\\.partial)?$'
const manifest = '\\.manifest\\.json(\\.partial)?$'
const final = 'final\\.safetensors(\\.partial)?$'

/** Every point of writing checkpoints, with the files that it concerns. */
const writePoints: [Fault['point'], string][] = [
  ['half written', snapshot],
  ['before rename', snapshot],
  ['after rename', snapshot],
  ['half written', manifest],
  ['before rename', manifest],
  ['after rename', manifest],
  ['before removal', manifest],
  ['after removal', manifest],
  ['after removal', snapshot],
  ['half written', final],
  ['after rename', final],
]

/** At each point of writing a checkpoint, one of the first few times it comes there. */
export function attemptsAtWrites(random: Stream): Attempt[] {
  return writePoints.map(([point, file]) => {
    const after = file === final ? 0 : random.integer(4)
    return (job) => runAlone({ ...job, checkpointSeconds: 0 }, undefined, { action: 'kill', point, file, after })
  })
}

/** During evaluation, which begins after the checkpoint of an epoch's last step. */
export const attemptInEvaluation: Attempt = (job) =>
  runAlone({ ...job, checkpointSeconds: 0 }, (event, trainer) => {
    if (event.type === 'checkpoint' && event.reason === 'time' && event.step % stepsPerEpoch === 0) trainer.kill()
  })

/** Any time within `milliseconds` of the start, with checkpoints at every step, now and then, or at the end of epochs only. */
export function attemptAtRandom(random: Stream, milliseconds: number): Attempt {
  const delay = random.uniform() * milliseconds
  const checkpointSeconds = [0, 0.05, 60][random.integer(3)]!
  return (job) =>
    runAlone({ ...job, checkpointSeconds }, ({ type }, trainer) => {
      if (type === 'started') setTimeout(() => trainer.kill(), delay)
    })
}
