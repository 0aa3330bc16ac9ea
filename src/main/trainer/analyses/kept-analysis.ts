import { makeInnerFolder } from '../../../files/make-folders.ts'
import { analyses } from '../../../readings/analyses/index.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { leaveOutBaselines } from '../../../shared/experiment/baselines.ts'
import type { JsonObject } from '../../../shared/basics/json.ts'
import type { AnalyseJob } from '../../../contract/experiment/trainer-jobs.ts'
import type { TrainerEventOf } from '../../../shared/phases/trainer-events.ts'
import type { AnalysisRequest } from '../../../engine/index.ts'
import { AnalysisPaused } from '../../../engine/index.ts'
import type { Channel } from '../channel.ts'
import type { Versions } from '../../../files/checkpoint-manifest.ts'
import { sealOf } from '../../../files/sealed-json.ts'
import type { PartsJournal } from './parts-journal.ts'
import { openJournal, removeJournal } from './parts-journal.ts'
import { findResult, writeResult } from './result-file.ts'

/** Events of an analysis while it runs, and the folder of its parts. */
export type AnalysisProgress = Pick<AnalysisRequest<unknown, unknown>, 'plan' | 'part' | 'preview'>

interface AnalysisWork {
  channel: Channel
  shouldPause(): boolean
  /** Versions that affect the result. */
  versions(): Versions
  run(progress: AnalysisProgress): Promise<unknown>
}

/** Minimum interval between previews, which take time to send and draw. */
const previewMilliseconds = 500

/** Computes an analysis from its stored parts on, to the end or until a pause. A finished one is not computed again. */
export async function keptAnalysis(
  job: AnalyseJob,
  work: AnalysisWork,
): Promise<TrainerEventOf<'analysed' | 'paused'>> {
  const folder = { folder: job.folder, warn: (message: string) => work.channel.log('warning', message) }
  await makeInnerFolder(job.folder)
  const question = questionOf(job)
  const written = (await findResult(folder, question)) ?? (await workOut())
  if (written === null) return { type: 'paused' }
  await removeJournal(job.folder)
  return { type: 'analysed', ...written }

  async function workOut() {
    const journal = await openJournal({ ...folder, question, versions: work.versions() })
    try {
      const result = await resultOf(job, work, journal)
      if (result === null) return null
      const { size: parts, provenance } = journal
      return await writeResult(job.folder, { question, result, parts, provenance })
    } finally {
      await journal.close()
    }
  }
}

/** null where the job is to pause. */
async function resultOf(job: AnalyseJob, work: AnalysisWork, journal: PartsJournal): Promise<object | null> {
  const previews = createPreviews((result) => work.channel.send({ type: 'preview', result }), previewMilliseconds)
  try {
    return checked(job, withPrecision(job, await work.run({ ...keptParts(work, journal), preview: previews.show })))
  } catch (error) {
    if (error instanceof AnalysisPaused) return null
    throw error
  } finally {
    previews.end()
  }
}

function keptParts({ channel, shouldPause }: AnalysisWork, journal: PartsJournal): Omit<AnalysisProgress, 'preview'> {
  let total = 0
  const tell = () => channel.send({ type: 'analysing', done: journal.size, total })
  return {
    plan(partCount) {
      const isKnown = total === partCount
      total = partCount
      if (!isKnown) tell()
    },
    async part(key, compute) {
      const kept = journal.get(key)
      if (kept) return kept
      if (shouldPause()) throw new AnalysisPaused()
      const values = Float64Array.from(await compute())
      await journal.keep(key, values)
      tell()
      return values
    },
  }
}

/** Unless it is asked for another format, an analysis computes in float32: a caveat if the training did not. */
function withPrecision({ runs, parameters }: AnalyseJob, result: unknown): unknown {
  const formats = new Set(runs.map(({ training }) => training.precision).filter((precision) => precision !== 'float32'))
  if (formats.size === 0) return result
  const { caveats, ...values } = result as { caveats: string[] }
  return {
    ...values,
    caveats: [
      ...caveats,
      `Trained in ${[...formats].join(', ')}, analysed in ${parameters['precision'] ?? 'float32'}.`,
    ],
  }
}

/** A result parsed by its schema. @throws ExitlabError `internal` if it does not fit. */
function checked({ analysis }: AnalyseJob, result: unknown): object {
  const { data, error } = analyses.get(analysis).result.safeParse(result)
  if (!error) return data
  throw new ExitlabError(
    'internal',
    `The result of the analysis ${analysis} does not match its schema: ${error.message}`,
  )
}

/** SHA-256 of everything that determines the parts of an analysis, without file paths and names of phases. */
function questionOf({ analysis, parameters, runs, data, dataset }: AnalyseJob): string {
  const { version, baselines } = analyses.get(analysis).info
  return sealOf({
    analysis,
    version,
    data,
    dataset,
    parameters: leaveOutBaselines(parameters as JsonObject, baselines),
    runs: runs.map(({ checkpoint, network, training, seed, phaseId, epochs }) => {
      return { checkpoint: checkpoint.sha256, network, training, seed, phaseId, epochs }
    }),
  })
}

/** Calls `send` with the latest preview, at most every so many milliseconds. */
export function createPreviews(send: (picture: unknown) => void, milliseconds: number) {
  let timer: NodeJS.Timeout | null = null
  let waiting: (() => unknown) | null = null
  const sendWaiting = () => {
    if (waiting) send(waiting())
    timer = waiting && setTimeout(sendWaiting, milliseconds)
    waiting = null
  }
  return {
    /** `picture` is called only if its result is sent. */
    show(picture: () => unknown): void {
      waiting = picture
      if (timer === null) sendWaiting()
    },
    /** Sends the pending preview at once, and none from then on. */
    end(): void {
      if (timer !== null) clearTimeout(timer)
      if (waiting) send(waiting())
      waiting = null
    },
  }
}
