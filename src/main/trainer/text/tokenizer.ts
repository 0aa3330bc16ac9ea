import { Tokenizer } from '@huggingface/tokenizers'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ExitlabError } from '../../../shared/error.ts'

/** A text, or a pair of texts, as the network reads it. */
export interface Encoded {
  /** Special tokens included. */
  ids: number[]
  /** How many of them, from the first on, are of the first segment. */
  firstLength: number
  /** Tokens before it was cut. */
  fullLength: number
}

/** Makes token ids of texts, as the tokenizer.json of a model says. */
export interface TextTokenizer {
  /** Of the file. */
  sha256: string
  /** Ids are below it. */
  vocabulary: number
  /** Tokens that are put around a pair of texts, or around one. */
  specialTokens(isPaired: boolean): number
  /** Cuts the longer text first where there are more than `maxLength` tokens. */
  encode(texts: { first: string; second: string | null }, maxLength: number): Encoded
}

/** @throws ExitlabError `data` where the file is no tokenizer.json, or one that puts no tokens around texts. */
export async function readTokenizer(file: string): Promise<TextTokenizer> {
  const bytes = await readFile(file).catch((error: unknown) => {
    throw refused(file, `cannot be read: ${(error as Error).message}`)
  })
  const content = parse(bytes, file)
  const templates = templatesOf(content, file)
  const tokenizer = open(content, file)
  const words = (text: string) => tokenizer.encode(text, { add_special_tokens: false }).ids
  const ids = [...tokenizer.get_vocab(true).values()]
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    vocabulary: ids.reduce((most, id) => Math.max(most, id + 1), 0),
    specialTokens: (isPaired) => specialCount(isPaired ? templates.pair : templates.single),
    encode({ first, second }, maxLength) {
      const template = second === null ? templates.single : templates.pair
      const tokens = { A: words(first), B: second === null ? [] : words(second) }
      const special = specialCount(template)
      const fullLength = tokens.A.length + tokens.B.length + special
      return { ...filled(template, truncated(tokens, maxLength - special)), fullLength }
    },
  }
}

interface Tokens {
  A: number[]
  B: number[]
}

/** Longest first, as the library of the same name in Rust cuts: equal lengths where both are too long, the second one longer by an odd token. */
export function truncated({ A, B }: Tokens, room: number): Tokens {
  if (A.length + B.length <= room) return { A, B }
  const shorter = Math.min(A.length, B.length)
  let [short, long] = [shorter, Math.max(shorter, room - shorter)]
  if (short + long > room) [short, long] = [Math.floor(room / 2), Math.ceil(room / 2)]
  const [a, b] = A.length <= B.length ? [short, long] : [long, short]
  return { A: A.slice(0, a), B: B.slice(0, b) }
}

/** An item of a row: the ids of a special token, or a text. */
type Item = { ids: number[]; segment: number } | { text: keyof Tokens; segment: number }

const specialCount = (template: readonly Item[]) =>
  template.reduce((count, item) => count + ('ids' in item ? item.ids.length : 0), 0)

function filled(template: readonly Item[], tokens: Tokens): Pick<Encoded, 'ids' | 'firstLength'> {
  const ids: number[] = []
  let firstLength = 0
  for (const item of template) {
    for (const id of 'ids' in item ? item.ids : tokens[item.text]) ids.push(id)
    if (item.segment === 0) firstLength = ids.length
  }
  return { ids, firstLength }
}

const piece = z.union([
  z.object({ SpecialToken: z.object({ id: z.string(), type_id: z.int() }) }),
  z.object({ Sequence: z.object({ id: z.enum(['A', 'B']), type_id: z.int() }) }),
])
const special = z.tuple([z.string(), z.int().nonnegative()])

/** `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`, as tokenizers of BERT models say so in one of two ways. */
const postProcessor = z.union([
  z
    .object({
      type: z.literal('TemplateProcessing'),
      single: z.array(piece),
      pair: z.array(piece),
      special_tokens: z.record(z.string(), z.object({ ids: z.array(z.int().nonnegative()) })),
    })
    .transform(({ single, pair, special_tokens }) => {
      const items = (pieces: z.infer<typeof piece>[]): Item[] =>
        pieces.map((each) =>
          'Sequence' in each
            ? { text: each.Sequence.id, segment: each.Sequence.type_id }
            : { ids: special_tokens[each.SpecialToken.id]?.ids ?? [], segment: each.SpecialToken.type_id },
        )
      return { single: items(single), pair: items(pair) }
    }),
  z
    .object({ type: z.literal('BertProcessing'), cls: special, sep: special })
    .transform(({ cls: [, cls], sep: [, sep] }) => {
      const single: Item[] = [
        { ids: [cls], segment: 0 },
        { text: 'A', segment: 0 },
        { ids: [sep], segment: 0 },
      ]
      return { single, pair: [...single, { text: 'B', segment: 1 }, { ids: [sep], segment: 1 }] satisfies Item[] }
    }),
])

function parse(bytes: Buffer, file: string): object {
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof content === 'object' && content !== null) return content
  } catch (error) {
    throw refused(file, `is no JSON (${(error as Error).message})`, error)
  }
  throw refused(file, 'is no tokenizer')
}

function templatesOf(content: object, file: string) {
  const { data } = postProcessor.safeParse((content as { post_processor?: unknown }).post_processor)
  if (data !== undefined && [data.single, data.pair].every(isInOrder)) return data
  throw refused(file, 'does not say which tokens stand around a text and a pair of texts ([CLS] … [SEP] … [SEP])')
}

/** Whether it begins with a special token, which exits read, and its second segment, if any, comes last. */
function isInOrder(template: readonly Item[]): boolean {
  const segments = template.map(({ segment }) => segment)
  return (
    'ids' in template[0]! &&
    template[0].ids.length > 0 &&
    segments.every((each, index) => each <= 1 && each >= (segments[index - 1] ?? 0))
  )
}

function open(content: object, file: string): Tokenizer {
  try {
    return new Tokenizer(content, {})
  } catch (error) {
    throw refused(file, `is no tokenizer (${(error as Error).message})`, error)
  }
}

function refused(file: string, what: string, cause?: unknown): ExitlabError {
  return new ExitlabError(
    'data',
    `data.tokenizer: ${file} ${what}; expected the tokenizer.json of a BERT model`,
    cause === undefined ? {} : { cause },
  )
}
