import { hash } from 'node:crypto'
import type { DataSpec, DescribedSamples, OfSplits, TextDescription, TextFacts } from '../../../shared/data/data.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { DataLocation } from '../../../contract/experiment/trainer-jobs.ts'
import type { OpenedText } from '../../../datasets/index.ts'
import { gatherSamples, gatherTargets, paddedLength, targetsOf, usedTraining } from '../../../engine/index.ts'
import type { SampleSet, Selection, TextSet } from '../../../engine/index.ts'
import { cachedTokens } from './token-cache.ts'
import { tokenise, type TokenisedTexts } from './tokenise.ts'
import { readTokenizer, type TextTokenizer } from './tokenizer.ts'

interface Opening {
  selection: Selection
  samples: DescribedSamples
  data: DataSpec
  location: DataLocation
}

interface OpenedTexts {
  description: TextDescription
  load(): Promise<OfSplits<SampleSet>>
}

/** Tokenises the selected texts, or reads their cached tokens, and describes them. */
export async function openTexts(source: OpenedText, opening: Opening): Promise<OpenedTexts> {
  const { selection, samples, data, location } = opening
  const { file, cache } = tokenizerOf(location)
  const { maxLength } = data
  if (maxLength === undefined)
    throw new ExitlabError('internal', 'The data of a text experiment say no data.maxLength.')
  const tokenizer = await readTokenizer(file)
  checkRoom(tokenizer, { maxLength, isPaired: source.isPaired })
  // Independent of what is held back, so that another seed or share needs no new tokens.
  const training = usedTraining(selection)
  const tokensOf = (split: 'train' | 'test', positions: Int32Array) =>
    cachedTokens(cache, { texts: samples.fingerprint, split, tokenizer: tokenizer.sha256, maxLength }, async () =>
      tokenise(await source.texts(split, positions), { tokenizer, maxLength }),
    )
  const train = { positions: training, tokens: await tokensOf('train', training), maxLength }
  const test = { positions: selection.test, tokens: await tokensOf('test', selection.test), maxLength }
  return {
    description: {
      kind: 'text',
      ...samples,
      vocabulary: tokenizer.vocabulary,
      ...factsOf(source, { train, test, selection, special: tokenizer.specialTokens(source.isPaired) }),
      fingerprint: hash('sha256', `${samples.fingerprint} ${tokenizer.sha256}`),
    },
    load: async () => splitSets(source, { train, test, selection }),
  }
}

function tokenizerOf({ tokenizer }: DataLocation): NonNullable<DataLocation['tokenizer']> {
  if (tokenizer !== undefined) return tokenizer
  throw new ExitlabError('data', 'Texts need data.tokenizer, the tokenizer.json of the model that reads them.')
}

function checkRoom(tokenizer: TextTokenizer, { maxLength, isPaired }: { maxLength: number; isPaired: boolean }): void {
  const special = tokenizer.specialTokens(isPaired)
  if (maxLength > special) return
  throw new ExitlabError(
    'data',
    `data.maxLength is ${maxLength}, which the ${special} special tokens of a text fill up`,
  )
}

interface Tokenised {
  positions: Int32Array
  tokens: TokenisedTexts
  maxLength: number
}

function textSet(
  source: OpenedText,
  split: 'train' | 'test',
  { positions, tokens: { ids, starts, firstLengths }, maxLength }: Tokenised,
): TextSet {
  return {
    kind: 'text',
    ids,
    starts,
    firstLengths,
    maxLength,
    ...gatherTargets(targetsOf(source, split), positions),
    count: positions.length,
    classes: source.classNames.length,
  }
}

interface Splits extends Record<'train' | 'test', Tokenised> {
  selection: Selection
}

/** The texts of each split; all but the test texts are tokenised together. */
function splitSets(source: OpenedText, { train, test, selection }: Splits): OfSplits<SampleSet> {
  const all = textSet(source, 'train', train)
  const index = new Map(Array.from(train.positions, (position, index) => [position, index]))
  const part = (positions: Int32Array) =>
    gatherSamples(
      all,
      positions.map((position) => index.get(position)!),
    )
  return {
    train: part(selection.train),
    validation: part(selection.validation),
    ...(selection.calibration && { calibration: part(selection.calibration) }),
    test: textSet(source, 'test', test),
  }
}

interface Known extends Splits {
  /** Tokens of an empty text. */
  special: number
}

function factsOf({ isPaired, values }: OpenedText, { train, test, selection, special }: Known): TextFacts {
  const lengths = Int32Array.from([...train.tokens.fullLengths, ...test.tokens.fullLengths]).sort()
  const middle = (lengths.length - 1) / 2
  const { maxLength } = train
  return {
    isPaired,
    maxLength,
    tokens: {
      median: (lengths[Math.floor(middle)]! + lengths[Math.ceil(middle)]!) / 2,
      longest: lengths.at(-1)!,
      padded: lengths.reduce((sum, length) => sum + paddedLength(length, maxLength), 0) / lengths.length,
    },
    truncated: lengths.reduce((count, length) => count + (length > maxLength ? 1 : 0), 0),
    empty: lengths.reduce((count, length) => count + (length <= special ? 1 : 0), 0),
    values: values && spreadOf(Float32Array.from(selection.train, (position) => values.train[position]!)),
  }
}

function spreadOf(values: Float32Array) {
  const [least, largest] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
    Infinity,
    -Infinity,
  ] as [number, number])
  return { least, largest, mean: values.reduce((sum, value) => sum + value, 0) / values.length }
}
