import { ExitlabError } from '../../../shared/basics/error.ts'
import { encodeSafetensors, type NamedArray } from '../../../shared/safetensors/safetensors.ts'
import { textInputs, type TextSet } from '../../../engine/index.ts'
import { writeDurably } from '../../../files/durable-file.ts'
import type { Job } from './job.ts'

/** Writes the test texts as the network reads them; needs no TensorFlow. */
export const inputs: Job<'inputs'> = async (job, { datasets }) => {
  const { test } = await datasets.load(job)
  if (test.kind !== 'text') throw new ExitlabError('internal', 'Only texts are written as inputs.')
  await writeDurably(job.outputFile, encodeSafetensors(arraysOf(test), { content: 'inputs', dataset: job.dataset }))
  return { type: 'inputs-written' }
}

function arraysOf(test: TextSet): Record<string, NamedArray> {
  const { ids, mask, segments } = textInputs(test)
  return {
    'test.ids': ids,
    'test.mask': mask,
    'test.segments': segments,
    'test.targets': { shape: [test.count], values: test.values ?? test.labels },
  }
}
