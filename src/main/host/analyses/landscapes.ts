import type { LossLandscapeParameters } from '../../../analyses/loss-landscape/schema.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { ExitlabError } from '../../../shared/error.ts'
import type { RunLandscape } from '../../../analyses/loss-landscape/figure/arrangement.ts'
import type { ChosenDraw } from '../../../analyses/loss-landscape/figure/draws.ts'
import { landscapeNote } from '../../../analyses/loss-landscape/figure/note.ts'
import { plainText } from '../../../shared/plain-text.ts'
import { analysisResult } from './result.ts'
import type { AnalysisSources } from './progress-recorder.ts'

/** Landscapes that are exported together. */
export interface Landscapes {
  runs: (RunLandscape & { experiment: string })[]
  /** Names of experiments. */
  subjects: string[]
  /** What they were computed on, in one line. */
  note: string
}

/**
 * Landscapes with one setting. @throws ExitlabError `usage` where their settings differ or there is no such draw, and as
 * `analysisResult` does.
 */
export async function landscapes(
  services: AnalysisSources,
  { analyses, draw }: { analyses: readonly string[]; draw: ChosenDraw },
): Promise<Landscapes> {
  const answers = await Promise.all(analyses.map((each) => analysisResult(services, each, 'loss-landscape')))
  const [first] = answers
  const parameters = first!.summary.parameters as LossLandscapeParameters
  checkAlike(answers.map(({ summary }) => summary.parameters))
  checkDraw(draw, parameters.draws)
  const runs = answers.map(({ summary, result }) => {
    const { id, regime, seed } = summary.runs[0]!
    const { coefficients, surfaces } = result
    const experiment = experimentOf(services, id)
    return { experiment, regime, seed, exitCount: surfaces[0]!.length, coefficients, draws: surfaces, whole: true }
  })
  const subjects = [...new Set(runs.map(({ experiment }) => experiment))]
  const of = subjects.map((each) => plainText(each, 60)).join(', ')
  return { runs, subjects, note: `${of} · ${landscapeNote(parameters, { images: first!.result.images, draw })}` }
}

function experimentOf({ store }: AnalysisSources, run: string): string {
  return store.experiments.nameOf(store.runs.get(run)!.experimentId)
}

function checkAlike(parameters: readonly unknown[]): void {
  if (new Set(parameters.map((each) => canonicalJson(each))).size === 1) return
  throw new ExitlabError(
    'usage',
    'These landscapes were made with different settings: expected the same for all, so that a difference between panels is one between runs.',
  )
}

function checkDraw(draw: ChosenDraw, draws: number): void {
  if (draw === 'mean' || draw < draws) return
  const there = draws === 1 ? 'one draw, 0' : `draws 0 to ${draws - 1}`
  throw new ExitlabError('usage', `There is no draw ${draw}: these landscapes have ${there}, and mean.`)
}
