import { join } from 'node:path'
import type { WrittenModel } from '../../../shared/phases/trainer-events.ts'
import { createNetwork, modelValues, networkModels } from '../../../engine/index.ts'
import { writeDurably } from '../../../files/durable-file.ts'
import { readWeights } from '../checkpoints/codec.ts'
import type { Job } from './job.ts'

/** Writes a trained network as ONNX. */
export const segments: Job<'segments'> = async ({ network: spec, checkpoint, folder }, { tensorFlow }) => {
  const weights = await readWeights(checkpoint)
  tensorFlow()
  const network = createNetwork(spec)
  const models: WrittenModel[] = []
  for (const { name, exits, inputs, outputs, bytes } of networkModels(network, modelValues(network, weights))) {
    const file = `${name}.onnx`
    await writeDurably(join(folder, file), bytes)
    models.push({ file, exits, inputs: [...inputs], outputs: [...outputs] })
  }
  return { type: 'segments-written', models }
}
