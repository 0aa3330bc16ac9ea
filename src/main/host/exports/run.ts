import { createWriteStream } from 'node:fs'
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { requireMethods } from '../../../contract/experiment/stored-methods.ts'
import { evaluatedSplits, type OfEvaluated } from '../../../shared/data/data.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { predictionsCsv, type PredictedSplit } from './writers/predictions-csv.ts'
import type { EvaluatedImages } from './writers/exported-run.ts'
import { runFiles } from './writers/run-files.ts'
import { datasets } from '../../../datasets/index.ts'
import { nullIfMissing } from '../../../files/missing.ts'
import type { SegmentsInput } from '../../../contract/exports.ts'
import type { OutputsSource } from '../../../shared/evaluation/outputs-source.ts'
import { predictSplit } from '../../../engine/pure.ts'
import type { EvaluatedOutputs } from '../../../files/evaluation-file.ts'
import { makeFolders } from '../../../files/make-folders.ts'
import { storedDataLocation } from '../../store/data-location.ts'
import type { PhaseRow } from '../../store/phases.ts'
import type { RunRow } from '../../store/runs.ts'
import { manifestOf, type Provenance } from '../../../files/checkpoint-manifest.ts'
import { reasonOf } from '../../../files/durable-file.ts'
import { refuseOddPath } from '../../../files/odd-path.ts'
import { copyVerified, weightsMarks, type ExpectedFile, type Marks } from '../../../files/verified-file.ts'
import { evaluationMarks, manifestFault, retrying } from '../runs/phase-files.ts'
import { runDetail } from '../runs/run-detail.ts'
import type { ExportServices } from './services.ts'
import { writePreparation } from './image-preparation.ts'
import { writeOriginal } from './original-network.ts'
import { writeSegments } from './segments.ts'

const partial = '.exitlab-partial'

/** Writes a run into a new or empty folder: all of it, or nothing. Returns the names of the files. */
export async function exportRun(
  services: ExportServices,
  run: RunRow,
  { folder, segments }: { folder: string; segments?: SegmentsInput | undefined },
): Promise<{ folder: string; files: string[] }> {
  if (!isAbsolute(folder)) throw new ExitlabError('usage', `Expected the absolute path of a folder, got “${folder}”.`)
  if (run.status !== 'done') {
    throw new ExitlabError('conflict', `${run.name} is ${run.status}: only finished runs can be exported.`)
  }
  const last = services.store.phases.last(run.id)!.definition
  requireMethods({ network: last.network, data: last.data, methods: last.methods }, run)
  const target = await lookAt(folder).catch((error: unknown) => {
    throw diskError(folder, error)
  })
  // A temporary folder beside the target, so that it can be renamed; inside the target if that exists, since it may be a mount.
  const staging = target === 'empty' ? join(folder, partial) : folder + partial
  try {
    await rm(staging, { recursive: true, force: true })
    makeFolders(staging)
    const files = await writeFiles(services, run, { folder: staging, segments })
    if (target === 'new') await rename(staging, folder)
    else {
      for (const file of files) await rename(join(staging, file), join(folder, file))
      await rm(staging, { recursive: true })
    }
    return { folder, files }
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw diskError(folder, error)
  }
}

async function lookAt(folder: string): Promise<'new' | 'empty'> {
  const found = await stat(folder).catch(nullIfMissing)
  if (found === null) return 'new'
  if (!found.isDirectory()) throw new ExitlabError('conflict', `${folder} is a file; expected a new or empty folder.`)
  const names = await readdir(folder)
  const others = names.filter((name) => name !== partial)
  if (others.length === 0) return 'empty'
  throw new ExitlabError(
    'conflict',
    `The folder ${folder} is not empty (it has ${others[0]}); expected a new or empty one. Nothing was written.`,
  )
}

async function writeFiles(
  services: ExportServices,
  run: RunRow,
  { folder, segments }: { folder: string; segments: SegmentsInput | undefined },
): Promise<string[]> {
  const { store, evaluations } = services
  const detail = runDetail(store, run)
  const checkpoint = detail.phases.at(-1)!.checkpoint!
  const { splits, leftOut } = await evaluations.outputs(run, async (outputs) => ({
    splits: await predictedSplits(outputs),
    leftOut: outputs.leftOut,
  }))
  const last = store.phases.chain(run.id).at(-1)!
  const copyOf = ({ file: path, sha256, marks }: Stored & { marks: Marks }, name: string) =>
    copySound({ path, sha256, marks }, { run, target: join(folder, name) })
  await copyOf({ ...checkpoint, marks: weightsMarks(last.id) }, 'model.safetensors')
  await copyOf({ ...detail.evaluation!, marks: evaluationMarks(last) }, 'evaluation.safetensors')
  const provenance = await provenanceOf(run, checkpoint)
  const predictions = createWriteStream(join(folder, 'predictions.csv'), { flush: true })
  await pipeline(Readable.from(predictionsCsv(splits)), predictions)
  const inputs = await writeInputs(services, { run, folder, last })
  const models = segments ? await writeSegments(services, { run, folder, last, leaving: segments }) : []
  const samples = {
    ...(Object.fromEntries(splits.map((each) => [each.split, samplesOf(each)])) as OfEvaluated<EvaluatedImages>),
    ...(leftOut && { leftOut }),
  }
  const { network } = last.definition
  const programs = [...(await writeOriginal(network, folder)), ...(await writePreparation(network, folder))]
  const texts = runFiles({ run: detail, ...provenance, samples, hasSegments: models.length > 0 })
  for (const [name, text] of Object.entries(texts)) await writeFlushed(join(folder, name), text)
  return [
    'model.safetensors',
    'evaluation.safetensors',
    'predictions.csv',
    ...programs,
    ...inputs,
    ...models,
    ...Object.keys(texts),
  ]
}

/** Texts as the network reads them: another tokenizer would make other tokens of them. Images are in their files. */
async function writeInputs(
  { store, trainers }: ExportServices,
  { run, folder, last }: { run: RunRow; folder: string; last: PhaseRow },
): Promise<string[]> {
  const { data, dataset } = last.definition
  if (datasets.get(data.source).kind !== 'text') return []
  const name = 'inputs.safetensors'
  const place = storedDataLocation(store, run.experimentId)
  await trainers.writeInputs({ kind: 'inputs', data, dataset, ...place, outputFile: join(folder, name) })
  return [name]
}

async function predictedSplits({ indices, ...outputs }: EvaluatedOutputs): Promise<PredictedSplit[]> {
  const evaluated = evaluatedSplits.filter((split) => outputs[split] !== null)
  return Promise.all(
    evaluated.map(async (split) => ({
      split,
      predictions: await predictionsOf(outputs[split]!),
      indices: indices?.[split] ?? undefined,
    })),
  )
}

/** Of a regression its outputs, which are its predictions. */
const predictionsOf = (outputs: OutputsSource) =>
  outputs.targets instanceof Float32Array ? outputs.samples(0, outputs.sampleCount) : predictSplit(outputs)

const samplesOf = ({ predictions, indices }: PredictedSplit) => ({
  count: predictions.sampleCount,
  indices: indices === undefined ? null : Array.from(indices),
})

/** A file as recorded in the store. */
interface Stored {
  file: string
  sha256: string
}

async function copySound(file: ExpectedFile, { run, target }: { run: RunRow; target: string }): Promise<void> {
  const fault = await copyVerified(file, target).catch((error: Error) => {
    // What a full disk means is said of the whole folder.
    throw error.cause ?? error
  })
  if (fault !== null) throw damaged(`${file.path} ${fault}`, run)
}

function damaged(what: string, run: RunRow): ExitlabError {
  return new ExitlabError(
    'checkpoint-damaged',
    `${what}. Nothing was exported. Retry the run to compute it again, with the same result.`,
    retrying([run.id]),
  )
}

async function writeFlushed(path: string, content: string): Promise<void> {
  await writeFile(path, content, { flush: true })
}

/** Versions that trained the weights, from the manifest. */
async function provenanceOf(run: RunRow, checkpoint: Stored): Promise<Provenance> {
  const fault = await manifestFault(checkpoint)
  if (fault !== null) throw damaged(`${checkpoint.file} ${fault}`, run)
  const { versions, earlierVersions } = (await manifestOf(checkpoint))!
  return { versions, earlierVersions }
}

function diskError(folder: string, error: unknown): unknown {
  if (error instanceof ExitlabError || (error as NodeJS.ErrnoException).code === undefined) return error
  refuseOddPath(folder, error)
  const message = `The run cannot be written to ${folder}: ${reasonOf(error as NodeJS.ErrnoException)}. No files were left there.`
  return new ExitlabError('disk', message, { cause: error })
}
