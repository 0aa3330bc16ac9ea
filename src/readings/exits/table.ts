import type { z } from 'zod'
import { ExitlabError } from '../../shared/basics/error.ts'
import { withUnit } from '../../shared/methods/metric.ts'
import type { Table } from '../../shared/tables/table.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import { exitsSideBySide } from '../exits-side-by-side.ts'
import type { ExitQuantity } from '../exits-side-by-side/quantity.ts'
import type { ExitRow, ExitsAnswer, exitsQuestion } from './schema.ts'

export function table(answer: ExitsAnswer, { unit }: Pick<z.output<typeof exitsQuestion>, 'unit'>): Table {
  const [first] = answer
  if (first === undefined) throw noExit()
  return exitsSideBySide(answer, first.exits[0]!.calibrationError ? calibration : metricOf(answer), unit)
}

function metricOf(answer: ExitsAnswer): ExitQuantity<ExitRow> {
  const { task } = answer[0]!
  const metric = primaryMetric({ task })
  const isExplained = answer.some(({ exits }) => exits.some((exit) => exit.overthinking !== null))
  const overthinking = { label: 'overthinking', name: 'overthinking', suffix: 'overthinking' }
  const explained =
    '; below it overthinking, the share (%) of samples that an earlier exit classifies correctly and this exit wrongly'
  return {
    file: 'exits',
    name: metric.name,
    metric,
    caption: `${withUnit(metric.noun, metric)} where all samples leave there${isExplained ? explained : ''}`,
    below: task ? null : overthinking,
    of: ({ exit, value, overthinking }) => ({ value, below: exit === 0 ? null : overthinking }),
  }
}

function noExit(): ExitlabError {
  return new ExitlabError(
    'conflict',
    'There is no exit to show: these imported results are curves without single exits. Import them again with the cost of each exit, or compare them at budgets.',
  )
}

const calibration: ExitQuantity<ExitRow> = {
  file: 'exit-calibration',
  name: 'calibration_error',
  metric: { decimals: 2, higherIsBetter: false },
  caption:
    'expected calibration error (points) as trained; below it that at the temperature of the exit, fitted on validation samples',
  below: { label: 'at its temperature', name: 'scaled_calibration_error', suffix: 'at its temperature' },
  of: ({ calibrationError }) => ({ value: calibrationError!.asTrained, below: calibrationError!.scaled }),
}
