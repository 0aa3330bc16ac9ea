import { z } from 'zod'
import { figureOf } from '../../../figures/figure.ts'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { fileStem } from '../../../shared/text/file-name.ts'
import { parsed, type AnalysisFigures, type Found } from '../analysis.ts'
import { barrierDrawings } from './figure/barriers.ts'
import { connectivityCurveOption, connectivityCurveSentence } from './figure/curve.ts'
import { connectivityMapsOption, connectivityMapsSentence } from './figure/maps.ts'
import { chosenSplit, exitCountOf, foundPairs, type RunPair } from './pairs.ts'
import type { ModeConnectivityParameters, ModeConnectivityResult } from './schema.ts'

type Subject = Found<ModeConnectivityParameters, ModeConnectivityResult>

const reading = z.object({
  metric: z.enum(['loss', 'accuracy']).default('loss'),
  /** Default: test samples, unless these are closed. */
  split: z.enum(['train', 'test']).optional(),
  path: z.enum(['naive', 'matched']).default('matched'),
})
/** Loss in nats above which every colour is the same. */
const clip = z.number().positive().default(2)
const exit = z.int().nonnegative()

const mapOptions = reading.extend({ clip })
/** `exit`: the mean of the exits (null) or one of them on both paths, or all of them on `path`. */
const curveOptions = reading.extend({
  exit: z
    .union([exit, z.literal('all')])
    .nullable()
    .default(null),
})
/** `by`: every pair by exit, naive and matched; or every regime by every other, of one exit or of the mean, on `path`. */
const matrixOptions = reading.extend({
  by: z.enum(['exits', 'regimes']).default('exits'),
  exit: exit.nullable().default(null),
  clip,
})

export const figures: AnalysisFigures<ModeConnectivityParameters, ModeConnectivityResult> = {
  /** The path of one pair, the barriers of several. */
  connectivity(found) {
    const options = { path: found.parameters.matched ? 'matched' : 'naive' }
    return figures[found.answers.length === 1 ? 'connectivity-map' : 'barrier-matrix']!(found, options)
  },

  'connectivity-map'(found, options) {
    const { clip, ...reading } = parsed(mapOptions, options)
    if (reading.path === 'matched') checkMatched(found)
    const pairs = foundPairs(found)
    const split = chosenSplit(pairs, found.subjects, reading.split)
    const data = { pairs, reading: { ...reading, split }, clip }
    const name = fileStem(found.subjects, `connectivity-map-${reading.path}`)
    return figureOf(name, data, { option: connectivityMapsOption, sentence: connectivityMapsSentence })
  },

  'connectivity-curve'(found, options) {
    const { exit, ...reading } = parsed(curveOptions, options)
    const pair = onePair(foundPairs(found))
    if (exit === 'all' && reading.path === 'matched') checkMatched(found)
    checkExit(pair, exit)
    const data = { pair, exit, ...reading, split: chosenSplit([pair], found.subjects, reading.split) }
    const name = fileStem([...found.subjects, pair.ends.map(({ label }) => label).join(' ')], 'connectivity-curve')
    return figureOf(name, data, { option: connectivityCurveOption, sentence: connectivityCurveSentence })
  },

  'barrier-matrix'(found, options) {
    const { by, ...reading } = parsed(matrixOptions, options)
    const pairs = foundPairs(found)
    checkExit(pairs[0]!, reading.exit)
    if (by === 'regimes' && reading.path === 'matched') checkMatched(found)
    const data = { pairs, ...reading, split: chosenSplit(pairs, found.subjects, reading.split) }
    return figureOf(fileStem(found.subjects, `barriers-by-${by}`), data, barrierDrawings[by])
  },
}

function onePair([pair, ...others]: readonly RunPair[]): RunPair {
  if (others.length === 0) return pair!
  throw new ExitlabError(
    'usage',
    'These analyses are of several pairs: a curve shows one pair of runs, or one pair of regimes with several seeds.',
  )
}

function checkMatched({ answers }: Subject): void {
  if (answers.every(({ result }) => result.matched !== null)) return
  throw new ExitlabError(
    'conflict',
    'The matched path of these runs was not measured: compute it with `matched` set to true, or choose the naive path.',
  )
}

function checkExit(pair: RunPair, exit: number | 'all' | null): void {
  const exitCount = exitCountOf(pair)
  if (typeof exit !== 'number' || exit < exitCount) return
  throw new ExitlabError('usage', `There is no exit ${exit}: these networks have exits 0 to ${exitCount - 1}.`)
}
