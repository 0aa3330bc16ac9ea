import { isJsonObject } from '../../../shared/basics/json.ts'

/**
 * How many times as long as a text may become, at most, by a step before the model of a tokenizer, or a sequence of steps: one that
 * puts ten characters in the place of one, nine times in a row, would make a gigabyte of a character. Unicode's forms are left out,
 * which lengthen a text once and a little.
 */
export function growthOf(step: unknown): number {
  if (!isJsonObject(step)) return 1
  const { normalizers, pretokenizers } = step
  const inner = normalizers ?? pretokenizers
  if (Array.isArray(inner)) return inner.reduce<number>((product, each) => product * growthOf(each), 1)
  if (step.type === 'Replace') return growthByReplacing(step)
  if (step.type === 'Prepend') return 1 + lengthOf(step.prepend)
  return step.type === 'Metaspace' ? 1 + Math.max(lengthOf(step.replacement), lengthOf(step.str_rep)) : 1
}

function growthByReplacing({ pattern, content }: Readonly<Record<string, unknown>>): number {
  // JavaScript puts parts of the text in the place of these.
  if (/\$[$&`'\d<]/.test(String(content))) return Infinity
  const literal = isJsonObject(pattern) ? lengthOf(pattern.String) : 0
  // A regular expression may find nothing between any two characters.
  return literal > 0 ? Math.max(1, lengthOf(content) / literal) : 1 + lengthOf(content)
}

const lengthOf = (value: unknown) => (value === undefined || value === null ? 0 : String(value).length)
