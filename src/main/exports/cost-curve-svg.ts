import type { CostCurveData } from '../../shared/figures/cost-curve-data.ts'
import { costCurveOption, costCurveSentence } from '../../shared/figures/cost-curve.ts'
import type { FigureFrame } from '../../shared/figures/plot.ts'
import { svgFigure } from './figure.ts'

/** Accuracy against cost as a standalone SVG; by default 720 × 440 pixels in the light theme. */
export function costCurveSvg(data: CostCurveData, frame: Partial<FigureFrame> = {}): string {
  const whole: FigureFrame = { width: 720, height: 440, theme: 'light', ...frame }
  return svgFigure(costCurveOption(data, whole), whole, costCurveSentence(data))
}
