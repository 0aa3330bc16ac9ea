import { trainingSpec } from '../../../shared/training.ts'
import { ExitlabError } from '../../../shared/error.ts'
import { tensorflowFolder } from '../paths.ts'
import { type Check, ok, problem } from './check.ts'

/** Opens TensorFlow in a trainer, as a training would. */
export const tensorflow: Check = {
  name: 'TensorFlow',
  async run({ trainers, about, settings, environment }) {
    const folder = tensorflowFolder(environment, { gpu: settings.current().gpu })
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
    const { device } = about
    if (device === null) return [problem('a trainer opened no device', 'This is a fault of Exitlab; please report it.')]
    return [ok(`${device.tensorflowVersion} on ${device.name}, ${device.threads} threads, from ${folder}`)]
  },
}
