import { createHash } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { existsSync } from 'node:fs'
import { firstOf } from '../../../../../shared/format/lists.ts'
import type { PaperRegime } from '../../../../../shared/methods/regime-names.ts'
import { contentOf, type RawContent } from '../content.ts'
import {
  badSource,
  refuseRoles,
  type FoundName,
  type ImportChoice,
  type ReadResult,
  type ReadSource,
} from '../import-choice.ts'
import { wholeFile, type SourceFiles } from '../source-files.ts'
import { readResultsPickle, type PickledResults } from './results-pickle.ts'

interface Result extends PickledResults {
  path: string
  sha256: string
}

/** Reads results of the paper's public code: `final.pth` of networks with exits, and of the backbones that they were built on. */
export async function readPublicCode({ path, files, say }: SourceFiles, choice: ImportChoice): Promise<ReadSource> {
  refuseRoles(choice.map, [], path)
  const [results, names] = [[] as ReadResult[], new Map<string, FoundName>()]
  const others: string[] = []
  for (const file of files) {
    say(file.path)
    const found = await readResult(file.path)
    for (const name of found.keys.slice(0, mostNames))
      names.set(name, { name, values: found.numbers(name)?.length ?? 0, last: found.number(name) })
    if (found.numbers('head_scores') === null) others.push(`${file.path} holds ${keysInWords(found.keys)}`)
    else results.push(await resultOf(found, choice))
  }
  if (results.length === 0)
    throw badSource(
      path,
      `has no results of a network with exits: expected head_scores and head_flops, but ${firstOf(others, mostInWords, '; ')}.`,
    )
  return { format: 'public-code', names: [...names.values()], results }
}

/** Keys that can be chosen from. Results have some twenty. */
const mostNames = 1000
const mostInWords = 10

const keysInWords = (keys: readonly string[]) => firstOf(keys, mostInWords) || 'nothing'

async function readResult(path: string): Promise<Result> {
  const bytes = await wholeFile(path)
  return { path, sha256: createHash('sha256').update(bytes).digest('hex'), ...readResultsPickle(path, bytes) }
}

async function resultOf(found: Result, choice: ImportChoice): Promise<ReadResult> {
  const { path, sha256 } = found
  const args = found.below('args')
  const folder = basename(dirname(path))
  const [, name = folder, number] = /^(.*)_(\d+)$/.exec(folder) ?? []
  const base = await baseOf(found, args)
  const backboneMacs = choice.backboneMacs ?? base?.macs ?? null
  if (backboneMacs === null && choice.costs === undefined) throw noBackbone(path, args)
  const regime = regimeOf(args, base?.epochs ?? null)
  const notes = [
    regime === null ? 'The regime was not recognised.' : `Regime ${regime}: recognised by its settings.`,
    'Exits and thresholds were measured on test samples.',
  ]
  return {
    name,
    regime,
    path,
    sha256,
    seed: args.number('exp_id') ?? (number === undefined ? null : Number(number)),
    content: contentOf(rawContent(found, { args, notes }), { ...choice, backboneMacs: backboneMacs ?? undefined }),
  }
}

function rawContent(found: Result, { args, notes }: { args: PickledResults; notes: string[] }): RawContent {
  const { path } = found
  const [scores, flops] = [found.numbers('head_scores')!, found.numbers('head_flops')]
  if (flops?.length !== scores.length)
    throw badSource(path, `has ${scores.length} head_scores but ${flops?.length ?? 'no'} head_flops.`)
  const last = scores.length - 1
  const isPatience = args.text('model_class') === 'pbee'
  return {
    path,
    names: [],
    split: 'test',
    rule: isPatience ? 'patience' : 'confidence',
    notes,
    exits: scores.map((value, exit) => ({ name: exit === last ? 'final' : String(exit), cost: flops[exit]!, value })),
    curve: curveOf(found),
    training: null,
  }
}

/** For PBEE the file has the thresholds of the confidence; those of the patience are 0, 1, … */
function curveOf(found: Result): RawContent['curve'] {
  const [values, costs] = [found.numbers('threshold_scores'), found.numbers('threshold_flops')]
  if (values === null || costs === null) return null
  if (values.length !== costs.length)
    throw badSource(found.path, `has ${values.length} threshold_scores but ${costs.length} threshold_flops.`)
  const thresholds = found.numbers('thresholds')
  const at = (index: number) => (thresholds?.length === values.length ? thresholds[index]! : index)
  return values.map((value, index) => ({ threshold: at(index), cost: costs[index]!, value }))
}

interface Base {
  macs: number
  epochs: number | null
}

/** Networks are built on one another; the first has no exits. */
const longestChain = 10

/** The backbone that a network was built on, whose results lie in a folder beside its own; null where they are missing. */
async function baseOf({ path }: Result, args: PickledResults): Promise<Base | null> {
  let settings = args
  const epochs: (number | null)[] = []
  for (let step = 0; step < longestChain; step++) {
    const [base, seed] = [settings.text('base_on'), settings.number('exp_id')]
    if (base === null || seed === null || basename(base) !== base) return null
    const place = join(dirname(dirname(path)), `${base}_${seed}`, 'final.pth')
    if (!existsSync(place)) return null
    const found = await readResult(place)
    settings = found.below('args')
    epochs.push(settings.number('epochs'))
    const macs = found.number('model_flops')
    if (macs !== null) return { macs, epochs: epochs.length === 1 ? epochs[0]! : null }
  }
  return null
}

/** Without the backbone its heads alone are trained; with it, the backbone has been trained before, or for no epoch. */
function regimeOf(args: PickledResults, baseEpochs: number | null): PaperRegime | null {
  const withBackbone = args.boolean('with_backbone')
  if (withBackbone === false) return baseEpochs === 0 ? null : 'disjoint'
  if (withBackbone === null || baseEpochs === null) return null
  return baseEpochs === 0 ? 'joint' : 'mixed'
}

function noBackbone(path: string, args: PickledResults) {
  const [base, seed] = [args.text('base_on'), args.number('exp_id')]
  const where =
    base === null
      ? ''
      : ` The results of its backbone, ${base}_${seed}, are not beside it: copy that folder as well, or`
  const otherwise = where === '' ? ' Give' : ' give'
  return badSource(
    path,
    `does not say what its bare backbone costs, of which budgets are fractions.${where}${otherwise} the multiply-adds of the backbone.`,
  )
}
