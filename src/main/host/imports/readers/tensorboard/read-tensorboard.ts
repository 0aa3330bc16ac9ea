import { createHash } from 'node:crypto'
import { basename, join, posix } from 'node:path'
import { firstOf } from '../../../../../shared/format/lists.ts'
import { extent } from '../../../../../shared/statistics/statistics.ts'
import { contentOf } from '../content.ts'
import { exitFamilies, isCost, isMeant, splitOf } from '../exit-pattern.ts'
import { badSource, refuseLong, refuseRoles, type ImportChoice, type ReadSource } from '../import-choice.ts'
import { commonSha256, piecesOf, type Source, type SourceFiles } from '../source-files.ts'
import { seriesOf } from '../series-name.ts'
import { addTo, isConsecutive, valueOf, type Track } from '../track.ts'
import { trainingOf } from '../training.ts'
import { chosenRuns, namesOf, type FoundRun } from './choose-runs.ts'
import { scalarsOf, type Scalar } from './events.ts'
import { tfRecords } from './records.ts'
import type { LoggedRun } from './runs.ts'

/** More than any program logs: a tag for each step, perhaps. */
const mostTags = 20_000

interface Log {
  folders: Map<string, Map<string, Track>>
  files: { name: string; folder: string; sha256: string; notes: string[] }[]
}

/** Reads event files of TensorBoard: of each training the scalars of each exit as they were last, or at their best. */
export async function readTensorboard(source: SourceFiles, choice: ImportChoice): Promise<ReadSource> {
  const { path } = source
  refuseRoles(choice.map, ['metric', 'cost'], path)
  const log = await readLog(source)
  const runs = chosenRuns({ path, folders: log.folders }, choice)
  const leftOut = [...log.folders.keys()].filter((folder) => !runs.some(({ folders }) => folders.includes(folder)))
  const notes = leftOut.length === 0 ? [] : [`Folders without tags of the metric: ${firstOf(leftOut, 10)}.`]
  // Others that begin later change neither the name nor the seed of one that is followed.
  const isAlone = runs.length === 1 && (!choice.follow || runs[0]!.folder === '.')
  const results = runs.map((run) => ({
    ...(isAlone ? { name: null, seed: null } : seriesOf(run.folder, basename(path))),
    regime: null,
    path: isAlone ? path : join(path, run.folder),
    sha256: commonSha256(log.files.filter(({ folder }) => run.folders.includes(folder))),
    content: contentOfRun({ path: join(path, run.folder), log, run, notes }, choice),
  }))
  return { format: 'tensorboard', names: namesOf(runs), results }
}

function contentOfRun(
  { path, log, run, notes }: { path: string; log: Log; run: FoundRun; notes: string[] },
  choice: ImportChoice,
) {
  const { metric, tracks: all } = run
  const tracks = metric.members.map(({ name }) => all.get(name)!)
  const axis = tracks.every(isConsecutive) ? 'epoch' : 'step'
  const training = trainingOf(tracks, { axis, follow: choice.follow })
  const costs = costsOf({ path, tracks: all }, choice)
  const exits = metric.members.map(({ exit }, index) => ({
    name: exit,
    value: valueOf(tracks[index]!, choice.logged, choice),
    cost: costs.get(exit) ?? null,
  }))
  const split = splitOf(metric.pattern)
  const said = [
    ...log.files.filter(({ folder }) => run.folders.includes(folder)).flatMap((file) => file.notes),
    `${choice.logged === 'last' ? 'Last' : 'Best'} values of ${metric.pattern}.`,
    ...unevenSteps(tracks),
    ...(training?.axis === 'epoch' ? ['Steps were read as epochs: they follow one another.'] : []),
    ...notes,
  ]
  return contentOf(
    { path, names: namesOf([run]), split, rule: null, exits, curve: null, training, notes: said },
    choice,
  )
}

/** The scalars of every file, by its folder. */
async function readLog({ files, path, say }: SourceFiles): Promise<Log> {
  const log: Log = { folders: new Map(), files: [] }
  let tags = 0
  for (const file of files) {
    say(file.path)
    const folder = posix.dirname(file.name)
    const tracks = log.folders.get(folder) ?? new Map<string, Track>()
    /** Of the files before. */
    const reached = new Map([...tracks].map(([tag, { last }]) => [tag, last.step]))
    const again = { first: Infinity, last: -Infinity }
    const read = await readFile(file, ({ tag, step, value }) => {
      if (!tracks.has(tag)) tags++
      if (tags > mostTags) throw badSource(path, `has more than ${mostTags} tags.`)
      if (step <= (reached.get(tag) ?? -Infinity))
        Object.assign(again, { first: Math.min(again.first, step), last: Math.max(again.last, step) })
      addTo(tracks, tag, { step, value })
    })
    log.files.push({ ...file, ...read, folder, notes: [...read.notes, ...loggedAgain(file.name, again)] })
    if (tracks.size > 0) log.folders.set(folder, tracks)
  }
  if (tags === 0) throw badSource(path, 'has no scalars: expected the accuracy of each exit.')
  return log
}

/** As a training does that was resumed, or two that write into one folder. */
function loggedAgain(name: string, { first, last }: { first: number; last: number }): string[] {
  if (first > last) return []
  return [
    `${name} has steps ${first} to ${last}, which a file before it in its folder has too: of each step its value counts, as where a training was resumed. Two trainings need a folder each.`,
  ]
}

async function readFile({ path, name }: Source['files'][number], add: (scalar: Scalar) => void) {
  const hash = createHash('sha256')
  await using records = tfRecords(piecesOf(path, hash))
  for (;;) {
    const { done, value } = await records.next()
    if (!done) {
      for (const scalar of scalarsIn(path, value)) add(scalar)
      continue
    }
    if (value && !value.cutOff)
      throw badSource(
        path,
        `is damaged: the checksum of the record at byte ${value.at} is wrong. Copy the file again, or import its values as CSV.`,
      )
    const notes = value ? [`${name} is cut off at byte ${value.at}: the records before were read.`] : []
    return { notes, sha256: hash.digest('hex') }
  }
}

function scalarsIn(path: string, record: Uint8Array): Scalar[] {
  let scalars
  try {
    scalars = scalarsOf(record)
  } catch (error) {
    throw badSource(path, `has a record that is no event of TensorBoard (${(error as Error).message}).`)
  }
  for (const { tag } of scalars) refuseLong(path, tag)
  return scalars
}

/** By exit, where there are tags of costs. */
function costsOf({ path, tracks }: Pick<LoggedRun, 'tracks'> & { path: string }, { map }: ImportChoice) {
  const isOne = (pattern: string) => (map.cost === undefined ? isCost(pattern) : isMeant(pattern, map.cost))
  const families = exitFamilies([...tracks.keys()]).filter(({ pattern }) => isOne(pattern))
  if (families.length === 0 && map.cost !== undefined) throw badSource(path, `has no tags ${map.cost}.`)
  if (families.length !== 1) return new Map<string, number>()
  return new Map(families[0]!.members.map(({ name, exit }) => [exit, tracks.get(name)!.last.value]))
}

function unevenSteps(tracks: readonly Track[]): string[] {
  const [first, last] = extent(tracks.map(({ last }) => last.step)) as [number, number]
  return first === last ? [] : [`Exits have their last values at different steps, ${first} to ${last}.`]
}
