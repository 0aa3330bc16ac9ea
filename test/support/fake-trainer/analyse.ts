import { setTimeout } from 'node:timers/promises'
import type { AnalyseJob } from '../../../src/contract/experiment/trainer-jobs.ts'
import type { TrainerEvent } from '../../../src/shared/phases/trainer-events.ts'
import { checkWeights } from '../../../src/main/trainer/checkpoints/codec.ts'
import { readCheckpoint } from '../../../src/main/trainer/checkpoints/checkpoint-file.ts'
import type { AnalysisProgress } from '../../../src/main/trainer/analyses/kept-analysis.ts'
import { keptAnalysis } from '../../../src/main/trainer/analyses/kept-analysis.ts'
import { crash } from './crash.ts'
import { resultMaker } from './made-results.ts'
import { note, readScript } from './script.ts'
import type { FakeContext } from './train.ts'

/** Makes a result up, part by part; how parts and results are kept is the real thing. */
export async function analyseFake(job: AnalyseJob, context: FakeContext): Promise<TrainerEvent> {
  const { folder, channel, shouldPause } = context
  note(folder, `analyse ${job.analysis}`)
  const { analysisFailure } = readScript(folder)
  if (analysisFailure !== null) return { type: 'failed', ...analysisFailure }
  const versions = () => ({ tensorflow: 'fake' })
  const run = (progress: AnalysisProgress) => work(job, context, progress)
  const end = await keptAnalysis(job, { channel, shouldPause, versions, run })
  if (end.type === 'analysed' && readScript(folder).killHostAtResult) process.kill(process.ppid, 'SIGKILL')
  note(folder, `${end.type} ${job.analysis}`)
  return end
}

async function work(job: AnalyseJob, context: FakeContext, { plan, part, preview }: AnalysisProgress) {
  const checkpoints = await Promise.all(job.runs.map(readWeights))
  const madeResult = await resultMaker(job)
  const { parts } = readScript(context.folder)
  const draws: number[] = []
  plan(parts)
  for (let index = 0; index < parts; index++) {
    draws.push(...(await part(`part/${index}`, () => workOut(index, context, checkpoints))))
    preview(() => madeResult({ draws, share: (index + 1) / parts }))
  }
  return madeResult({ draws, share: 1 })
}

async function readWeights({ checkpoint, phaseId }: AnalyseJob['runs'][number]): Promise<Buffer> {
  const bytes = await readCheckpoint(checkpoint)
  checkWeights(phaseId, bytes, checkpoint.file)
  return bytes
}

/** Follows from the weights, so that a part that is worked out again has to be the same. */
async function workOut(index: number, { folder, shouldPause }: FakeContext, checkpoints: readonly Buffer[]) {
  const script = () => readScript(folder)
  while (script().holdAtPart === index && !shouldPause()) await setTimeout(5)
  if (script().crashAtPart === index) crash(folder)
  await setTimeout(script().stepMilliseconds)
  note(folder, `part ${index}`)
  return checkpoints.map((bytes) => bytes.at(-1 - index)! / 255)
}
