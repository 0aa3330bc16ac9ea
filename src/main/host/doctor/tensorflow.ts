import { trainingSpec } from '../../../shared/training.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { tensorflowFolder } from '../paths.ts'
import { type Check, ok, problem, type Outcome } from './check.ts'

/** Opens TensorFlow in a trainer, as a training would. */
export const tensorflow: Check = {
  name: 'TensorFlow',
  async run({ trainers, about, environment }) {
    const folder = tensorflowFolder(environment)
    try {
      await trainers.calibrate({ kind: 'calibrate', phases: [], training: trainingSpec.parse({}), steps: 1 })
    } catch (error) {
      if (!(error instanceof ExitlabError)) throw error
      return [
        problem(
          error.message,
          `Run \`npm run setup\`, or point EXITLAB_TENSORFLOW at the folder of its libraries (now ${folder}).`,
        ),
      ]
    }
    const { device, gpu } = about
    if (device === null) return [problem('A trainer opened no device', 'This is a fault of Exitlab; please report it.')]
    const found = ok(`${device.tensorflowVersion} on ${device.name}, ${device.threads} threads, from ${folder}`)
    return gpu && device.kind === 'cpu' ? [found, gpuMissing()] : [found]
  },
}

function gpuMissing(): Outcome {
  return problem(
    'A GPU was asked for, but TensorFlow sees none',
    'Check `nvidia-smi`, then run `npm run setup -- --gpu` for the GPU build and its libraries.',
  )
}
