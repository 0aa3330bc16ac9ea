import { landscapeSummary } from '../../../analyses/loss-landscape/figure/summary.ts'
import type { LossLandscapeResult } from '../../../analyses/loss-landscape/schema.ts'
import type { TableView } from '../budget-grid.ts'
import { grouped } from '../output/numbers.ts'
import { table } from '../output/table.ts'
import type { Answer } from './answer.ts'
import { exitName } from './exit-columns.ts'
import { analysisLabels } from './labels.ts'

const right = { align: 'right' as const }

/** Of each surface: the loss of the trained weights, how much it rises to the ends of both axes, and its extremes. */
export function landscapeTable(answers: readonly Answer<'loss-landscape'>[], { style, width }: TableView): string[] {
  const label = analysisLabels(answers.map(({ analysis }) => analysis))
  const draws = Math.max(...answers.map(({ result }) => result.surfaces.length))
  const rows = answers.flatMap(({ analysis, result }) =>
    surfacesOf(result).map(({ draw, exit, exits, centre, rise, lowest, highest }) => [
      label(analysis),
      ...(draws > 1 ? [String(draw + 1)] : []),
      exitName(exit, exits),
      ...[centre, rise, lowest, highest].map(nats),
    ]),
  )
  const columns = [
    { header: 'run' },
    ...(draws > 1 ? [{ header: 'draw', ...right }] : []),
    { header: 'exit' },
    ...['centre', 'rise', 'lowest', 'highest'].map((header) => ({ header, ...right })),
  ]
  const { coefficients, images } = answers[0]!.result
  return [
    ...table(columns, rows, { header: style.faint, width }),
    '',
    style.faint(`Loss in nats on ${grouped(images)} images; centre: of the trained weights.`),
    style.faint(
      `Rise: mean over the four ends of the axes, ±${coefficients.at(-1)!} of a direction, less the centre; sharper is more. –: not finite.`,
    ),
  ]
}

function surfacesOf({ surfaces, coefficients }: LossLandscapeResult) {
  return surfaces.flatMap((draw, index) =>
    draw.map((values, exit) => ({
      draw: index,
      exit,
      exits: draw.length,
      ...landscapeSummary({ coefficients, values }),
    })),
  )
}

const nats = (value: number | null) => (value === null ? '–' : value.toFixed(3).replace('-', '−'))
