/**
 * The trainer: a child process of the host that holds TensorFlow and does one job at a time. It takes commands and sends events
 * over the IPC channel (`src/contract/experiment/trainer-jobs.ts`, `src/shared/phases/trainer-events.ts`), and may be killed at any moment.
 */
import type { TrainerJob } from '../../contract/experiment/trainer-jobs.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { decodeByTensorFlow } from '../../datasets/formats/image-threads.ts'
import { openTensorFlow, type TensorFlow } from '../../engine/index.ts'
import { openChannel } from './channel.ts'
import { createDatasetCache } from './data/dataset-cache.ts'
import { failureOf } from './failure.ts'
import { perform } from './jobs/index.ts'
import type { JobContext } from './jobs/job.ts'

const channel = openChannel()
let pausing = false
let tensorFlow: TensorFlow | null = null
const context: JobContext = {
  channel,
  tensorFlow: () => (tensorFlow ??= openAndReport()),
  datasets: createDatasetCache((message) => channel.log('info', message)),
  shouldPause: () => pausing,
}

// Ctrl-C and a terminal's end reach every process of it, as the end of a cluster's job does. The parent decides what they mean.
const ignored = ['SIGINT', 'SIGHUP', ...(process.env.EXITLAB_SIGTERM === 'ignored' ? ['SIGTERM'] : [])]
for (const signal of ignored) process.on(signal, () => {})

channel.onCommand((command) => {
  if (command.type === 'ping') channel.send({ type: 'pong', id: command.id })
  else if (command.type === 'pause') pausing = true
  else if (command.type === 'exit') process.exit(0)
  else if (command.type === 'job') void run(command.job)
})

async function run(job: TrainerJob): Promise<void> {
  // A pause that arrived after the end of the previous job.
  pausing = false
  channel.send(await perform(job, context).catch(failureOf))
}

function openAndReport(): TensorFlow {
  const libraryFolder = process.env.EXITLAB_TENSORFLOW
  if (!libraryFolder)
    throw new ExitlabError(
      'engine',
      'TensorFlow was not found: set EXITLAB_TENSORFLOW to the folder of its two libraries.',
    )
  const opened = openTensorFlow({ libraryFolder })
  decodeByTensorFlow(opened.shared)
  channel.send({ type: 'ready', device: opened.device })
  return opened
}
