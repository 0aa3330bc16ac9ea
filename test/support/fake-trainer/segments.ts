import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SegmentsJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../../src/shared/phases/trainer-events.ts'

/** Files without models in them, with the names that the trainer gives. */
export async function writeFakeSegments({ network, folder }: SegmentsJob): Promise<TrainerEvent> {
  const exits = [...network.exits.keys(), network.exits.length]
  const models = [
    ...exits.map((exit) => ({ file: `segment-${exit}.onnx`, exits: [exit], inputs: [], outputs: [] })),
    { file: 'all-exits.onnx', exits, inputs: [], outputs: [] },
  ]
  for (const { file } of models) await writeFile(join(folder, file), file)
  return { type: 'segments-written', models }
}
