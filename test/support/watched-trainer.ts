/**
 * A host's end of a fake trainer, in a process of its own that can be stopped; its watchdog waits for two seconds.
 * `node watched-trainer.ts FAKE_TRAINER_FOLDER`: has a job done for each line of its input, and says how it ended and by whom.
 */
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startTrainer } from '../../src/main/execution/trainer-pool/trainer-process.ts'
import { dataSpec } from '../../src/shared/data/data.ts'

const entry = fileURLToPath(new URL('fake-trainer/index.ts', import.meta.url))
const environment = { FAKE_TRAINER: process.argv[2]! }
const trainer = startTrainer({ entry, environment }, { limits: { pingMilliseconds: 50, unansweredPings: 40 } })
const job = { kind: 'describe', data: dataSpec.parse({ source: 'mnist' }), dataPath: '/data' } as const

createInterface(process.stdin)
  .on('line', () => void ask())
  .on('close', () => void trainer.close())

async function ask(): Promise<void> {
  const { type } = await trainer.run(job, () => {})
  process.stdout.write(`${JSON.stringify({ type, trainer: trainer.pid })}\n`)
}
