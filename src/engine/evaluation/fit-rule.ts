import { ExitlabError } from '../../shared/basics/error.ts'
import type { ExitOutputs, FittedNumbers } from '../../shared/evaluation/evaluation.ts'
import type { OutputsSource } from '../../shared/evaluation/outputs-source.ts'
import type { ExitRule } from '../exits/exit-rule.ts'
import { predict } from '../exits/predictions.ts'

/** Numbers of a rule that is fitted, from these validation outputs, exit by exit; none of any other. Throws `data` for outputs that are not finite. */
export async function fitRule(rule: ExitRule, validation: OutputsSource): Promise<FittedNumbers> {
  const fitted: number[][] = []
  if (!rule.fit) return fitted
  for (let exit = 0; exit < validation.exitCount; exit++) fitted.push(numbersOf(rule, await validation.exit(exit)))
  return fitted
}

function numbersOf(rule: ExitRule, outputs: ExitOutputs): number[] {
  const numbers = rule.task === 'regression' ? rule.fit!(outputs) : rule.fit!(outputs, predict(outputs))
  if (numbers.every(Number.isFinite)) return numbers
  throw new ExitlabError(
    'data',
    `The exit rule “${rule.info.title}” cannot be fitted at exit ${outputs.firstExit ?? 0}: its numbers are ${numbers.join(', ')}. Expected finite numbers. Choose another exit rule, or mend its fit.`,
  )
}
