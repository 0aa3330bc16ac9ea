import { z } from 'zod'
import { count } from '../../../shared/format/numbers.ts'
import { problemsInWords } from '../../../shared/text/issue-words.ts'
import { isJsonObject } from '../../../shared/basics/json.ts'

/** What a tokenizer.json says of its tokens. */
const tokens = z.object({
  model: z.object({
    /** Ids by token (WordPiece, BPE), or pairs of a token and its score (Unigram). Not copied: it may be long. */
    vocab: z.custom<object>((value) => Array.isArray(value) || isJsonObject(value), 'expected a dict or a list'),
    /** Characters of a word that is looked for in parts, which takes a time that grows with the third power of them. */
    max_input_chars_per_word: z.int().min(1).max(200).nullish(),
  }),
  /** Beside those of the model, or in the place of one of them. */
  added_tokens: z.array(z.object({ content: z.string(), id: z.unknown() })),
})

/** Half a million are the most of BERT models that are known. */
const mostTokens = 1_000_000

type Refuse = (problem: string) => Error

/**
 * Rows of the table of tokens that a network needs: the largest id + 1. A few ids may have no token, as where some were taken out
 * of a vocabulary. Throws what `refuse` makes of it where an id is none, two tokens have the same, or far more rows are needed than
 * there are tokens.
 */
export function vocabularyOf(content: object, refuse: Refuse): number {
  const { data, error } = tokens.safeParse(content)
  if (data === undefined)
    throw refuse(`is no tokenizer: ${problemsInWords({ issues: error.issues.slice(0, 1) }, 'the whole')}`)
  const own = Object.keys(data.model.vocab).length
  if (own === 0) throw refuse('has an empty vocabulary')
  if (own > mostTokens) throw refuse(`has ${count(own)} tokens, more than ${count(mostTokens)}`)
  const owners = new Map<number, string>()
  for (const { content: token, id } of [...idsOf(data.model.vocab), ...data.added_tokens]) {
    if (!isId(id)) throw refuse(`has ${String(id)} as the id of ${quoted(token)}; ids are whole numbers from 0`)
    const owner = owners.get(id) ?? token
    if (owner !== token) throw refuse(`has ${id} as the id of both ${quoted(owner)} and ${quoted(token)}`)
    owners.set(id, token)
  }
  return rowsFor(owners, refuse)
}

function idsOf(vocab: object): { content: string; id: unknown }[] {
  if (Array.isArray(vocab)) return vocab.map((each: unknown, id) => ({ content: String((each as unknown[])?.[0]), id }))
  return Object.entries(vocab).map(([content, id]) => ({ content, id: id as unknown }))
}

const isId = (id: unknown): id is number => Number.isSafeInteger(id) && (id as number) >= 0

function rowsFor(owners: ReadonlyMap<number, string>, refuse: Refuse): number {
  const largest = [...owners.keys()].reduce((most, id) => Math.max(most, id))
  if (largest < 2 * owners.size) return largest + 1
  throw refuse(
    `has ${largest} as the id of ${quoted(owners.get(largest)!)} but only ${count(owners.size)} tokens; ids are 0 to ${owners.size - 1}`,
  )
}

const quoted = (token: string) => `“${token.slice(0, 40)}”`
