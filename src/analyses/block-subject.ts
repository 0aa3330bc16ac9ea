import { canonicalJson } from '../shared/canonical-json.ts'
import { ExitlabError } from '../shared/error.ts'
import type { NetworkOutline } from '../shared/network.ts'
import { plainText } from '../shared/plain-text.ts'
import type { Found } from './analysis.ts'
import { regimeResults } from './regime-results.ts'
import type { RegimeResults } from './regime-results.ts'

/** Results about the blocks of one network, by regime. */
export interface BlockSubject<Result> {
  regimes: RegimeResults<Result>[]
  /** How it was counted or estimated, part by part. */
  reading: string[]
  /** What a figure needs besides: the network's blocks and exits, and the note under it. */
  surroundings: { blockCount: number; exits: number[]; note: string }
}

/** @throws ExitlabError `usage` where the runs have several networks, or two of them one regime and seed. */
export function blockSubject<Result>(
  { answers, subjects }: Found<unknown, Result>,
  readingOf: (outline: NetworkOutline) => string[],
): BlockSubject<Result> {
  const results = answers.map(({ runs: [run], result, whole }) => ({ ...run!, result, whole }))
  if (new Set(results.map(({ network }) => canonicalJson(network))).size > 1) throw severalNetworks()
  const names = results.map(({ regime, seed }) => `${regime}, seed ${seed}`)
  const twice = names.find((name, index) => names.indexOf(name) < index)
  if (twice !== undefined) throw sameRun(twice)
  const { outline } = results[0]!
  const reading = readingOf(outline)
  const note = [subjects.map((each) => plainText(each, 60)).join(', '), ...reading].join(' · ')
  const surroundings = { ...outline, note }
  return { regimes: regimeResults(results), reading, surroundings }
}

function severalNetworks(): ExitlabError {
  return new ExitlabError(
    'usage',
    'These analyses are of different networks: expected one network, so that a difference between lines is one between regimes.',
  )
}

function sameRun(name: string): ExitlabError {
  return new ExitlabError('usage', `Two of these analyses are of ${name}: expected one of each regime and seed.`)
}
