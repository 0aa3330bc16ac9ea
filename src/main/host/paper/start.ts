import type { AnalysisQuestion } from '../../../contract/analyses.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { ask } from '../analyses/enqueue.ts'
import { wakeUp } from '../queue/control-runs.ts'
import { createExperiment } from '../experiments/create-experiment.ts'
import type { Experiment } from '../experiments/file/read-experiment.ts'
import type { PaperServices } from './services.ts'
import { fileStates, type PaperFileState, type PaperQuestion, statesOf } from './file-states.ts'
import { chosenItems, pretrainingOf } from './matrix.ts'
import { neededAnalyses } from './needed-analyses.ts'
import { startingFrom, writePretrainedWeights } from './pretrained-weights.ts'

export interface Started {
  /** Queued by this call. */
  runs: number
  analyses: number
  runIds: string[]
  questions: AnalysisQuestion[]
  problems: { file: string; message: string }[]
}

/** Queues what some items of the paper lack and can have now. An experiment that cannot be trained does not keep the others. */
export async function startPaper(
  services: PaperServices,
  { retry, ...question }: PaperQuestion & { retry: boolean },
): Promise<Started> {
  const states = await fileStates(services, question)
  const problems: Started['problems'] = []
  const runIds: string[] = []
  let runs = 0
  for (const state of states.values()) {
    if (state.problem !== null) problems.push({ file: state.file, message: state.problem })
    else {
      const enrolled = await enrol(services, state, { question, states, problems })
      const queued = retry ? wakeUp(services, enrolled.ids) : 0
      runIds.push(...enrolled.ids)
      runs += enrolled.created + queued
    }
  }
  return { runs, runIds, problems, ...(await startAnalyses(services, { question, retry })) }
}

interface Enrolling {
  question: PaperQuestion
  states: ReadonlyMap<string, PaperFileState>
  problems: Started['problems']
}

/** The runs of an experiment, created where they are missing. */
async function enrol(
  services: PaperServices,
  state: PaperFileState,
  { question, states, problems }: Enrolling,
): Promise<{ ids: string[]; created: number }> {
  const present = state.runs.flatMap(({ id }) => id ?? [])
  if (present.length === state.runs.length) return { ids: present, created: 0 }
  try {
    const before = states.get(pretrainingOf(question.scale, state.file) ?? '')
    const experiment = before ? await afterPretraining(services, state.experiment, before) : state.experiment
    const { runs } = await createExperiment(services, experiment)
    const known = new Set(present)
    const ids = runs.map(({ id }) => id)
    return { ids, created: ids.filter((id) => !known.has(id)).length }
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    problems.push({ file: state.file, message: error.message })
    return { ids: present, created: 0 }
  }
}

async function afterPretraining(services: PaperServices, experiment: Experiment, before: PaperFileState) {
  return startingFrom(experiment, await writePretrainedWeights(services, before))
}

async function startAnalyses(
  services: PaperServices,
  { question, retry }: { question: PaperQuestion; retry: boolean },
): Promise<Pick<Started, 'analyses' | 'questions'>> {
  const states = await fileStates(services, question)
  const wanted = retry ? ['missing', 'paused', 'failed'] : ['missing']
  const questions: AnalysisQuestion[] = []
  let count = 0
  for (const item of chosenItems(question.items)) {
    if (item.kind === 'table') continue
    const runs = statesOf(item, question.scale, states).flatMap((state) => state.runs)
    const needed = neededAnalyses(services, item, { ...question, runs })
    if (needed === null) continue
    questions.push(...needed.questions)
    const missing = needed.questions.filter((_, index) => wanted.includes(needed.statuses[index]!))
    for (const each of missing) count += (await ask(services, each)).length
  }
  return { analyses: count, questions }
}
