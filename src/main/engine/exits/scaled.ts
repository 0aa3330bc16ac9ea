import type { ClassRule } from './exit-rule.ts'

const paper = 'Guo et al. 2017, On Calibration of Modern Neural Networks, section 4.2'

/** A rule that reads the logits of each exit divided by its temperature (method 7.9), which changes scores but no class. */
export function scaled(rule: ClassRule): ClassRule {
  const title = `Scaled ${rule.info.title.toLowerCase()}`
  const sentence = rule.info.sentence.replace(/\.$/, ', of logits divided by the temperature of the exit.')
  return { ...rule, info: { title, sentence, paper }, scaled: true }
}
