import type { z } from 'zod'
import { exitCurvesData } from '../../figures/exit-curves-data.ts'
import { exitCurvesOption, exitCurvesSentence } from '../../figures/exit-curves.ts'
import { figureOf, type Figure } from '../../figures/figure.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { fileStem } from '../../shared/text/file-name.ts'
import { metricOf } from '../../shared/methods/task.ts'
import type { RunEpochs } from '../given.ts'
import type { epochsQuestion } from './schema.ts'

/** One metric of every exit over the epochs of one phase. */
export function figure(answer: RunEpochs, asked: z.output<typeof epochsQuestion>): Figure {
  const { run, phases, exitCount } = answer
  const { phase, split } = asked
  const metric = metricOf(answer, asked.metric)
  const position =
    phase === undefined ? phases.findLastIndex(({ epochs }) => epochs > 0) : phases.findIndex(({ id }) => id === phase)
  const shown = phases[position]
  if (shown === undefined) throw noSuchPhase(run, phase)
  const metrics = new Map([[shown.id, shown.metrics]])
  const data = exitCurvesData({ chain: phases, shown: [position], metrics, exitCount, metric, split })
  const drawing = { option: exitCurvesOption, sentence: exitCurvesSentence }
  return figureOf(fileStem([run], `${split}-${metric.name}`), data, drawing)
}

function noSuchPhase(run: string, phase: string | undefined): ExitlabError {
  if (phase !== undefined) return new ExitlabError('not-found', `${run} has no phase ${phase}.`)
  return new ExitlabError('conflict', `${run} has no completed epoch yet.`)
}
