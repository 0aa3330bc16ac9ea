import { ExitlabError } from '../../../shared/error.ts'
import {
  barrierMatrixOption,
  barrierMatrixSentence,
} from '../../../analyses/mode-connectivity/figure/barrier-matrix.ts'
import {
  barrierRegimesOption,
  barrierRegimesSentence,
} from '../../../analyses/mode-connectivity/figure/barrier-regimes.ts'
import { connectivityCurveOption, connectivityCurveSentence } from '../../../analyses/mode-connectivity/figure/curve.ts'
import { connectivityMapsOption, connectivityMapsSentence } from '../../../analyses/mode-connectivity/figure/maps.ts'
import type { ExportFigure } from '../../exports/figure-file.ts'
import { fileStem } from '../../../shared/file-name.ts'
import type { ExportTable } from '../../../shared/table.ts'
import { barrierTable } from '../../../analyses/mode-connectivity/table/barriers.ts'
import { connectivityTable } from '../../../analyses/mode-connectivity/table/paths.ts'
import { connectivity } from '../analyses/connectivity.ts'
import type { Connectivity } from '../analyses/connectivity.ts'
import type { FigureOf, TableOf } from './query.ts'
import type { HostServices } from '../services.ts'

export async function connectivityMap(
  services: HostServices,
  { analyses, clip, ...reading }: FigureOf<'connectivity-map'>,
): Promise<ExportFigure> {
  const found = await connectivity(services, analyses)
  if (reading.path === 'matched') checkMatched(found)
  const data = { pairs: found.pairs, reading, clip }
  return {
    name: fileStem(found.subjects, `connectivity-map-${reading.path}`),
    option: (frame) => connectivityMapsOption(data, frame),
    sentence: connectivityMapsSentence(data),
  }
}

export async function connectivityCurve(
  services: HostServices,
  { analyses, exit, ...reading }: FigureOf<'connectivity-curve'>,
): Promise<ExportFigure> {
  const found = await connectivity(services, analyses)
  const [pair, ...others] = found.pairs
  if (others.length > 0) {
    throw new ExitlabError(
      'usage',
      'These analyses are of several pairs: a curve is of one pair of runs, or of one pair of regimes with several seeds.',
    )
  }
  if (exit === 'all' && reading.path === 'matched') checkMatched(found)
  checkExit(found, exit)
  const data = { pair: pair!, exit, ...reading }
  return {
    name: fileStem([...found.subjects, pair!.ends.map(({ label }) => label).join(' ')], 'connectivity-curve'),
    option: (frame) => connectivityCurveOption(data, frame),
    sentence: connectivityCurveSentence(data),
  }
}

export async function barrierMatrix(
  services: HostServices,
  { analyses, by, ...reading }: FigureOf<'barrier-matrix'>,
): Promise<ExportFigure> {
  const found = await connectivity(services, analyses)
  checkExit(found, reading.exit)
  if (by === 'regimes' && reading.path === 'matched') checkMatched(found)
  const data = { pairs: found.pairs, ...reading }
  return {
    name: fileStem(found.subjects, `barriers-by-${by}`),
    option: (frame) => (by === 'exits' ? barrierMatrixOption(data, frame) : barrierRegimesOption(data, frame)),
    sentence: by === 'exits' ? barrierMatrixSentence(data) : barrierRegimesSentence(data),
  }
}

export async function barriersOf(services: HostServices, query: TableOf<'barriers'>): Promise<ExportTable> {
  const { pairs, subjects } = await connectivity(services, query.analyses)
  return barrierTable(subjects, pairs, query.metric)
}

export async function pathsOf(services: HostServices, query: TableOf<'connectivity'>): Promise<ExportTable> {
  const { pairs, subjects } = await connectivity(services, query.analyses)
  return connectivityTable(subjects, pairs, query)
}

function checkMatched({ pairs }: Connectivity): void {
  if (pairs.every(({ members }) => members.every(({ result }) => result.matched !== null))) return
  throw new ExitlabError(
    'conflict',
    'The matched path of these runs was not measured: compute it with `matched` set to true, or ask for the naive one.',
  )
}

function checkExit({ pairs }: Connectivity, exit: number | 'all' | null): void {
  const exitCount = pairs[0]!.members[0]!.result.naive.test.barriers.length
  if (typeof exit !== 'number' || exit < exitCount) return
  throw new ExitlabError('usage', `There is no exit ${exit}: these networks have exits 0 to ${exitCount - 1}.`)
}
