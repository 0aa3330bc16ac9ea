import { Tokenizer } from '@huggingface/tokenizers'
import { hash } from 'node:crypto'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { readRegularFile, whyUnreadable } from '../../../files/regular-file.ts'
import { templatesOf, type Item } from './templates.ts'
import { growthOf } from './text-growth.ts'
import { vocabularyOf } from './vocabulary.ts'
import { withinTime } from './within-time.ts'

/** A text, or a pair of texts, as the network reads it. */
interface Encoded {
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

/** Bytes of a tokenizer.json; that of a quarter of a million tokens has 20 MB. */
const largestFile = 40e6

/** How many times as long a text may become before it is cut into tokens. */
const mostGrowth = 16

/** A regular expression may take so long for a text, and a millisecond for each of its characters: a thousand times the usual. */
const patience = 30_000

/** @throws ExitlabError `data` where the file is no tokenizer.json, or one that puts no tokens around texts. */
export async function readTokenizer(file: string, patienceMilliseconds = patience): Promise<TextTokenizer> {
  const bytes = await readRegularFile(file, largestFile).catch((error: unknown) => {
    throw refused(file, whyUnreadable(error))
  })
  const content = parse(bytes, file)
  const templates = templatesOf(content, (problem) => refused(file, problem))
  const vocabulary = vocabularyOf(content, (problem) => refused(file, problem))
  checkSpecial(templates, vocabulary, file)
  const tokenizer = open(content, file)
  const cut = (text: string): (number | undefined)[] => tokenizer.encode(text, { add_special_tokens: false }).ids
  const cutInTime = (text: string) => {
    const limit = patienceMilliseconds + text.length
    const ids = withinTime(limit, () => cut(text))
    if (ids !== null) return ids
    throw refused(
      file,
      `needs more than ${Math.round(limit / 1000)} s for “${text.slice(0, 40)}”: its regular expressions go through this text again and again`,
    )
  }
  const isSlow = hasExpressions(content)
  const words = (text: string): number[] => {
    const ids = isSlow ? cutInTime(text) : cut(text)
    if (!ids.includes(undefined)) return ids as number[]
    throw refused(file, `has no token for a part of “${text.slice(0, 40)}”, and no token for unknown parts`)
  }
  return {
    sha256: hash('sha256', bytes),
    vocabulary,
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
function truncated({ A, B }: Tokens, room: number): Tokens {
  if (A.length + B.length <= room) return { A, B }
  const shorter = Math.min(A.length, B.length)
  let [short, long] = [shorter, Math.max(shorter, room - shorter)]
  if (short + long > room) [short, long] = [Math.floor(room / 2), Math.ceil(room / 2)]
  const [a, b] = A.length <= B.length ? [short, long] : [long, short]
  return { A: A.slice(0, a), B: B.slice(0, b) }
}

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

function parse(bytes: Buffer, file: string): object {
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof content === 'object' && content !== null) return content
  } catch (error) {
    throw refused(file, `is no JSON (${(error as Error).message})`, error)
  }
  throw refused(file, 'is no tokenizer')
}

/** Special tokens are put around texts by their ids. */
function checkSpecial(templates: ReturnType<typeof templatesOf>, vocabulary: number, file: string): void {
  const ids = Object.values(templates).flatMap((items) => items.flatMap((item) => ('ids' in item ? item.ids : [])))
  const odd = ids.find((id) => id >= vocabulary)
  if (odd !== undefined) throw refused(file, `puts the id ${odd} around texts, but has ids below ${vocabulary} alone`)
}

/** What is done to a text before the model. */
interface Steps {
  normalizer?: unknown
  pre_tokenizer?: unknown
}

function open(content: Steps, file: string): Tokenizer {
  try {
    const growth = growthOf(content.normalizer) * growthOf(content.pre_tokenizer)
    if (growth > mostGrowth)
      throw refused(file, `may make texts ${growth} times as long; at most ${mostGrowth} times is taken`)
    return new Tokenizer(content, {})
  } catch (error) {
    if (error instanceof ExitlabError) throw error
    throw refused(file, `is no tokenizer (${(error as Error).message})`, error)
  }
}

/** Those of the library itself take a time that grows with the text. */
const hasExpressions = ({ normalizer, pre_tokenizer }: Steps) =>
  JSON.stringify([normalizer, pre_tokenizer]).includes('"Regex":')

function refused(file: string, what: string, cause?: unknown): ExitlabError {
  return new ExitlabError(
    'data',
    `data.tokenizer: ${file} ${what}; expected the tokenizer.json of a BERT model`,
    cause === undefined ? {} : { cause },
  )
}
