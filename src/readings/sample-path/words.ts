import { exitAt, exitInWords } from '../../shared/evaluation/exit-id.ts'
import { percent } from '../../shared/format/numbers.ts'
import type { SamplePathAnswer } from './schema.ts'

/** What became of a sample, as parts of a sentence: `true label cat`, `leaves at exit 3 as dog`, `64.2 % of the backbone’s cost`. */
export function pathWords({ task, target, leaves, exits }: SamplePathAnswer): string[] {
  const { prediction, isRight, fraction } = exits[leaves]!
  const verdict = isRight === null ? '' : isRight ? ', right' : ', wrong'
  return [
    `true ${task ? 'value' : 'label'} ${target}`,
    `leaves at ${exitInWords(exitAt(leaves, exits.length - 1))} ${task ? 'with' : 'as'} ${prediction}${verdict}`,
    `${percent(fraction)} % of the backbone’s cost`,
  ]
}

/** Whether leaving early decided if it is right, as a sentence; null where it did not, or nothing is right or wrong. */
export function leavingEarly({ leaves, exits }: SamplePathAnswer): string | null {
  const [here, final] = [exits[leaves]!, exits.at(-1)!]
  if (here.isRight === final.isRight) return null
  return here.isRight
    ? `The final exit would say ${final.prediction}, which is wrong: leaving early helps here.`
    : `The final exit would say ${final.prediction}, which is right: leaving early harms here.`
}

/** What happens to the sample at an exit. */
export function outcomeAt(exit: number, leaves: number): string {
  if (exit === leaves) return 'leaves here'
  return exit < leaves ? 'goes on' : 'not computed'
}
