import type { EChartsOption, GraphicComponentOption } from 'echarts'
import { baseOption } from '../../figures/base-option.ts'
import type { Figure } from '../../figures/figure.ts'
import { fadedOpacity } from '../../figures/key.ts'
import { textWidth, type FigureFrame } from '../../figures/plot.ts'
import { seriesStyle } from '../../figures/regimes.ts'
import { fitting, lineOfText } from '../../figures/text.ts'
import { figureColours } from '../../figures/theme.ts'
import { roundTicks } from '../../figures/ticks.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { comparisonStem } from '../../shared/text/file-name.ts'
import { regimeLooks } from '../../shared/experiment/series.ts'
import { extent, mean } from '../../shared/statistics/statistics.ts'
import { budgetColumn } from '../../shared/tables/table-words.ts'
import { primaryMetric } from '../../shared/methods/task.ts'
import type { SweptValues } from '../sweep.ts'
import { sweptTitle } from '../sweep-words.ts'

/** An axis for each setting and one for the value at the budget; a line for each series in the colour of its regime, the best thick. @throws ExitlabError `conflict` where they do not differ. */
export function figure(answer: SweptValues): Figure {
  const { series, factors } = answer
  if (factors.length === 0) throw nothingToDraw()
  const metric = primaryMetric(answer)
  const best = series[0]!
  return {
    name: comparisonStem(series, 'parallel-coordinates'),
    sentence: `${sweptTitle(answer)} of ${series.length} series by ${factors.map(({ name }) => name).join(', ')}: best ${mean(best.values).toFixed(metric.decimals)}, ${best.series}.`,
    option: (frame) => parallelOption(answer, frame),
  }
}

/** Pixels between the lines through one value of a setting, at most. */
const apart = 5
/** Share of the room of a value that its lines take. */
const bundle = 0.7

export function parallelOption(
  answer: SweptValues,
  frame: FigureFrame,
  /** On a screen alone: names of series that are thick in place of the best, while the others fade. */
  focused?: readonly string[],
): EChartsOption {
  const { factors, series } = answer
  const colours = figureColours[frame.theme]
  const places = placesOf(answer, frame)
  const looks = regimeLooks(series)
  const lines = series.map((each, place): GraphicComponentOption => {
    const { line } = seriesStyle({ regime: each.regime, look: looks.get(each.regime)! })
    const isStrong = focused?.length ? focused.includes(each.series) : place === 0
    const opacity = isStrong ? 1 : focused?.length ? fadedOpacity : 0.55
    const style = { stroke: line[frame.theme], lineWidth: isStrong ? 2.5 : 1, opacity, fill: 'none' }
    const points = factors.map((_, f): [number, number] => [places.x(f), places.level(f, place)])
    return {
      type: 'polyline',
      ...(focused ? { name: each.series } : { silent: true }),
      z: isStrong ? 3 : 2,
      shape: { points: [...points, [places.x(factors.length), places.value(mean(each.values))]], smooth: 0.2 },
      style,
    }
  })
  const axis = (x: number): GraphicComponentOption => ({
    type: 'line',
    silent: true,
    shape: { x1: x, y1: places.top, x2: x, y2: places.bottom },
    style: { stroke: colours.axis },
  })
  const title = (text: string, f: number) =>
    lineOfText(fitting(text, places.step - 6), {
      ...{ x: places.x(f), y: 34, colour: colours.text, weight: 500 },
      align: f === 0 ? 'left' : f === factors.length ? 'right' : 'center',
    })
  const end = factors.length
  return {
    ...baseOption(frame),
    graphic: [
      ...lines,
      ...[...factors.keys(), end].map((f) => axis(places.x(f))),
      ...factors.map(({ name }, f) => title(name, f)),
      title(answer.budget === null ? 'unlimited' : `at ${budgetColumn(answer.budget).title}`, end),
      lineOfText(fitting(`${sweptTitle(answer)}; thick: the best`, frame.width - 16), {
        x: 8,
        y: 12,
        colour: colours.text,
      }),
      ...factors.flatMap(({ levels }, f) =>
        levels.flatMap((level, l) =>
          halo(fitting(level, places.step - 12), places.x(f) + 5, places.middle(f, l), colours),
        ),
      ),
      ...places.ticks.map((tick) =>
        lineOfText(String(tick), { x: places.x(end) + 5, y: places.value(tick), colour: colours.muted }),
      ),
    ],
  }
}

/** A name on the ground of the figure, so that lines do not run through it. */
function halo(
  text: string,
  x: number,
  y: number,
  { surface, text: colour }: { surface: string; text: string },
): GraphicComponentOption[] {
  const shape = { x: x - 2, y: y - 7, width: textWidth(text) + 2, height: 14 }
  return [
    { type: 'rect', silent: true, z: 4, shape, style: { fill: surface, opacity: 0.8 } },
    { ...lineOfText(text, { x, y, colour }), z: 5 },
  ]
}

/** Where axes, values of settings, and lines through them are, in pixels. */
function placesOf({ factors, series }: SweptValues, frame: FigureFrame) {
  const [top, bottom] = [50, frame.height - 10]
  const means = series.map(({ values }) => mean(values))
  const [low = 0, high = 1] = extent(means)
  const margin = high > low ? 0.04 * (high - low) : 0.5
  const ticks = roundTicks(low - margin, high + margin, Math.max(2, Math.floor((bottom - top) / 50)))
  const right = frame.width - 12 - Math.max(...ticks.map((tick) => textWidth(String(tick))))
  const left = 14
  const step = (right - left) / factors.length
  const room = (f: number) => (bottom - top) / factors[f]!.levels.length
  // The first value below, as on an axis that ascends.
  const middle = (f: number, level: number) => bottom - (level + 0.5) * room(f)
  const level = (f: number, place: number) => {
    const own = series[place]!.levels[f]!
    const beside = [...series.keys()].filter((other) => series[other]!.levels[f] === own)
    const gap = Math.min(apart, (bundle * room(f)) / beside.length)
    return middle(f, own) + (beside.indexOf(place) - (beside.length - 1) / 2) * gap
  }
  const value = (of: number) => bottom - ((of - (low - margin)) / (high - low + 2 * margin)) * (bottom - top)
  return { top, bottom, step, ticks, middle, level, value, x: (f: number) => left + f * step }
}

function nothingToDraw(): ExitlabError {
  return new ExitlabError('conflict', 'There is nothing to draw: these series do not differ in a setting.', {
    inapplicable: true,
  })
}
