import { createHash } from 'node:crypto'
import { dirname } from 'node:path'
import { contentOf } from '../content.ts'
import { exitFamilies, isCost, isMeant, isMetric, onlyOrTest, splitOf, type ExitFamily } from '../exit-pattern.ts'
import {
  badSource,
  ChoiceNeeded,
  listed,
  refuseLong,
  refuseRoles,
  type FoundName,
  type ImportChoice,
  type ReadSource,
} from '../import-choice.ts'
import { commonSha256, piecesOf, type SourceFiles } from '../source-files.ts'
import { addTo, isConsecutive, valueOf, type Track } from '../track.ts'
import { trainingOf } from '../training.ts'
import { scalarsOf } from './events.ts'
import { tfRecords } from './records.ts'

/** More than any program logs: a tag for each step, perhaps. */
const mostTags = 20_000

interface Log {
  tracks: Map<string, Track>
  sha256: string
  notes: string[]
}

/** Reads event files of TensorBoard: the scalars of each exit as they were last, or at their best. */
export async function readTensorboard(source: SourceFiles, choice: ImportChoice): Promise<ReadSource> {
  const { path } = source
  refuseRoles(choice.map, ['metric', 'cost'], path)
  const log = await readLog(source)
  const names = [...log.tracks].map(([name, { count, last }]): FoundName => ({ name, values: count, last: last.value }))
  const metric = chosenFamily({ path, names }, choice)
  const costs = costsOf({ path, ...log }, choice)
  const value = (name: string) => valueOf(log.tracks.get(name)!, choice.logged, choice)
  const exits = metric.members.map(({ name, exit }) => ({
    name: exit,
    value: value(name),
    cost: costs.get(exit) ?? null,
  }))
  const tracks = metric.members.map(({ name }) => log.tracks.get(name)!)
  const axis = tracks.every(isConsecutive) ? 'epoch' : 'step'
  const training = trainingOf(tracks, axis)
  const notes = [
    ...log.notes,
    `${choice.logged === 'last' ? 'Last' : 'Best'} values of ${metric.pattern}.`,
    ...unevenSteps(log, metric),
    ...(training?.axis === 'epoch' ? ['Steps were read as epochs: they follow one another.'] : []),
  ]
  const content = contentOf(
    { path, names, split: splitOf(metric.pattern), rule: null, exits, curve: null, training, notes },
    choice,
  )
  const { sha256 } = log
  return { format: 'tensorboard', names, results: [{ name: null, regime: null, seed: null, path, sha256, content }] }
}

/** Every tag of every file; a tag of a file in a folder below has that folder in front, as `add_scalars` makes them. */
async function readLog({ files, path, say }: SourceFiles): Promise<Log> {
  const log = { tracks: new Map<string, Track>(), notes: [] as string[] }
  const hashes: { name: string; sha256: string }[] = []
  for (const file of files) {
    say(file.path)
    const hash = createHash('sha256')
    const folder = dirname(file.name)
    await using records = tfRecords(piecesOf(file.path, hash))
    for (;;) {
      const { done, value } = await records.next()
      if (!done) {
        for (const { tag, step, value: number } of scalarsIn(file.path, value)) {
          refuseLong(file.path, tag)
          addTo(log.tracks, folder === '.' ? tag : `${folder}/${tag}`, { step, value: number })
        }
        if (log.tracks.size > mostTags) throw badSource(path, `has more than ${mostTags} tags.`)
        continue
      }
      if (value?.cutOff) log.notes.push(`${file.name} is cut off at byte ${value.at}: the records before were read.`)
      else if (value)
        throw badSource(
          file.path,
          `is damaged: the checksum of the record at byte ${value.at} is wrong. Copy the file again, or import its values as CSV.`,
        )
      break
    }
    hashes.push({ name: file.name, sha256: hash.digest('hex') })
  }
  if (log.tracks.size === 0) throw badSource(path, 'has no scalars: expected the accuracy of each exit.')
  return { ...log, sha256: commonSha256(hashes) }
}

function scalarsIn(path: string, record: Uint8Array) {
  try {
    return scalarsOf(record)
  } catch (error) {
    throw badSource(path, `has a record that is no event of TensorBoard (${(error as Error).message}).`)
  }
}

/** The tags of the metric: those that are asked for, else the only ones that speak of it. */
function chosenFamily({ path, names }: { path: string; names: FoundName[] }, choice: ImportChoice): ExitFamily {
  const families = exitFamilies(names.map(({ name }) => name))
  const asked = choice.map.metric
  if (asked !== undefined) {
    const found = families.find(({ pattern }) => isMeant(pattern, asked))
    if (found) return found
    throw needed(`There are no tags ${asked} in ${path}.`, { path, names, families })
  }
  const speaking = families.filter(({ pattern, members }) => members.length > 1 && isMetric(pattern, choice))
  const only = onlyOrTest(speaking)
  if (only) return only
  const what =
    speaking.length === 0
      ? 'No tags speak of the metric of each exit'
      : 'Several sets of tags may hold the metric of the exits'
  throw needed(`${what} in ${path}.`, { path, names, families: speaking.length === 0 ? families : speaking })
}

function needed(problem: string, found: { path: string; names: FoundName[]; families: ExitFamily[] }): ChoiceNeeded {
  const { path, names, families } = found
  const sets = families.map(
    ({ pattern, members }) => `  ${pattern}  (exits ${members.map(({ exit }) => exit).join(', ')})`,
  )
  const single = names.map(({ name }) => `  ${name}`)
  const lines = [
    `${problem} Choose the tags of the metric; * stands for the exit:`,
    ...listed(sets.length > 0 ? sets : single),
  ]
  const example = families[0]?.pattern ?? 'TAGS'
  return new ChoiceNeeded(lines.join('\n'), { names, path, argument: ['--map', `metric=${example}`] })
}

/** By exit, where there are tags of costs. */
function costsOf({ path, tracks }: Log & { path: string }, { map }: ImportChoice): Map<string, number> {
  const isOne = (pattern: string) => (map.cost === undefined ? isCost(pattern) : isMeant(pattern, map.cost))
  const families = exitFamilies([...tracks.keys()]).filter(({ pattern }) => isOne(pattern))
  if (families.length === 0 && map.cost !== undefined) throw badSource(path, `has no tags ${map.cost}.`)
  if (families.length !== 1) return new Map()
  return new Map(families[0]!.members.map(({ name, exit }) => [exit, tracks.get(name)!.last.value]))
}

function unevenSteps({ tracks }: Log, { members }: ExitFamily): string[] {
  const steps = members.map(({ name }) => tracks.get(name)!.last.step)
  const [first, last] = [Math.min(...steps), Math.max(...steps)]
  return first === last ? [] : [`Exits have their last values at different steps, ${first} to ${last}.`]
}
