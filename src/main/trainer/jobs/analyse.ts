import { mkdir } from 'node:fs/promises'
import { analysisSchemas } from '../../../shared/analyses/analysis.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { Analysis, AnalysisRequest } from '../../engine/index.ts'
import { analyses, AnalysisPaused } from '../../engine/index.ts'
import { analysedImages } from '../analyses/images.ts'
import { readModels } from '../analyses/models.ts'
import type { PartsJournal } from '../analyses/parts-journal.ts'
import { openJournal, removeJournal } from '../analyses/parts-journal.ts'
import { createPreviews } from '../analyses/previews.ts'
import { questionOf } from '../analyses/question.ts'
import { findResult, writeResult } from '../analyses/result-file.ts'
import { versionsOf } from '../versions.ts'
import type { Job, JobContext, JobOf } from './job.ts'

type AnalyseJob = JobOf<'analyse'>

/** A picture takes a moment to send and to draw. */
const previewMilliseconds = 500

/** Looks into trained runs, from the parts that are kept, to the end or until it is to pause. */
export const analyse: Job<'analyse'> = async (job, context) => {
  const folder = { folder: job.folder, warn: (message: string) => context.channel.log('warning', message) }
  await mkdir(job.folder, { recursive: true })
  const question = questionOf(job)
  const written = (await findResult(folder, question)) ?? (await workOut())
  if (written === null) return { type: 'paused' }
  await removeJournal(job.folder)
  return { type: 'analysed', ...written }

  async function workOut() {
    const versions = versionsOf(context.tensorFlow())
    const journal = await openJournal({ ...folder, question, versions })
    try {
      const result = await resultOf(job, context, journal)
      return result && (await writeResult(job.folder, { question, result, provenance: journal.provenance }))
    } finally {
      await journal.close()
    }
  }
}

/** null where the job is to pause. */
async function resultOf(job: AnalyseJob, context: JobContext, journal: PartsJournal): Promise<object | null> {
  const previews = createPreviews((result) => context.channel.send({ type: 'preview', result }), previewMilliseconds)
  try {
    const request = {
      parameters: job.parameters,
      models: await readModels(job.runs),
      images: analysedImages(job, await context.dataset(job)),
      ...progress(context, journal),
      preview: previews.show,
    }
    return checked(job, await analysisOf(job).run(request))
  } catch (error) {
    if (error instanceof AnalysisPaused) return null
    throw error
  } finally {
    previews.end()
  }
}

function progress(
  { channel, shouldPause }: JobContext,
  journal: PartsJournal,
): Pick<AnalysisRequest<unknown, unknown>, 'plan' | 'part'> {
  let total = 0
  const tell = () => channel.send({ type: 'analysing', done: journal.size, total })
  return {
    plan(partCount) {
      total = partCount
      tell()
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

function analysisOf({ analysis }: AnalyseJob): Analysis<unknown, unknown> {
  const found = analyses[analysis]
  if (found) return found as Analysis<unknown, unknown>
  throw new ExitlabError('internal', `There is no analysis ${analysis} in this version.`)
}

/** A result as its schema has it. */
function checked({ analysis }: AnalyseJob, result: unknown): object {
  const { data, error } = analysisSchemas[analysis].result.safeParse(result)
  if (!error) return data
  throw new ExitlabError('internal', `What the analysis ${analysis} found is no result of its kind: ${error.message}`)
}
