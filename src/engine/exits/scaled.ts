import type { ExitOutputs, FittedNumbers } from '../../shared/evaluation/evaluation.ts'
import type { ClassRule, ExitRule } from './exit-rule.ts'
import { predict } from './predictions.ts'
import { fitTemperature } from './temperature.ts'

const paper = 'Guo et al. 2017, On Calibration of Modern Neural Networks, section 4.2'

/** A rule that reads the logits of each exit divided by its temperature (method 7.9), which changes scores but no class. */
export function scaled(rule: ClassRule): ClassRule {
  const title = `Scaled ${rule.info.title.toLowerCase()}`
  const sentence = rule.info.sentence.replace(/\.$/, ', of logits divided by the temperature of the exit.')
  return {
    ...rule,
    info: { title, sentence, paper },
    python: `(lambda logits: ${rule.python})([each / t for each, [t] in zip(logits, fitted)])`,
    fit: (outputs) => [fitTemperature(outputs)],
    predictions: atTemperatures,
  }
}

const atTemperatures = (outputs: ExitOutputs, fitted: FittedNumbers) => predict(outputs, fitted.flat())

/** Whether a rule reads predictions at the temperatures of the exits. */
export const isScaled = (rule: ExitRule): boolean => rule.task === undefined && rule.predictions === atTemperatures
