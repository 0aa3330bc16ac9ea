import { setImmediate } from 'node:timers/promises'
import type { Texts } from '../../../datasets/dataset.ts'
import type { TextTokenizer } from './tokenizer.ts'

/** Tokens of texts, one text after the other; arrays as a text set of the engine has them. */
export interface TokenisedTexts {
  ids: Int32Array
  starts: Int32Array
  firstLengths: Int32Array
  /** Tokens of each before it was cut. */
  fullLengths: Int32Array
}

/** Texts between two turns of the event loop. */
const breath = 256

/** Tokenises texts, without blocking the event loop for long. */
export async function tokenise(
  { first, second }: Texts,
  { tokenizer, maxLength }: { tokenizer: TextTokenizer; maxLength: number },
): Promise<TokenisedTexts> {
  const count = first.length
  const ids = growing()
  const [starts, firstLengths, fullLengths] = [new Int32Array(count + 1), new Int32Array(count), new Int32Array(count)]
  for (let at = 0; at < count; at++) {
    if (at % breath === 0) await setImmediate()
    const encoded = tokenizer.encode({ first: first[at]!, second: second?.[at] ?? null }, maxLength)
    ids.add(encoded.ids)
    starts[at + 1] = ids.length()
    firstLengths[at] = encoded.firstLength
    fullLengths[at] = encoded.fullLength
  }
  return { ids: ids.values(), starts, firstLengths, fullLengths }
}

/** A list of numbers that takes four bytes each. */
function growing() {
  let [values, length] = [new Int32Array(1 << 16), 0]
  return {
    add(more: readonly number[]) {
      if (length + more.length > values.length) {
        const wider = new Int32Array(Math.max(2 * values.length, length + more.length))
        wider.set(values)
        values = wider
      }
      values.set(more, length)
      length += more.length
    },
    length: () => length,
    values: () => values.slice(0, length),
  }
}
