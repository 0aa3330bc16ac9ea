import { join, posix } from 'node:path'
import { firstOf } from '../../../../../shared/format/lists.ts'
import { exitFamilies, isMeant, isMetric, namesExit, onlyOrTest, type ExitFamily } from '../exit-pattern.ts'
import { ChoiceNeeded, listed, type FoundName, type ImportChoice } from '../import-choice.ts'
import { runsIn, type LoggedFolders, type LoggedRun } from './runs.ts'

/** The tags of a metric in one training. */
export interface FoundRun extends LoggedRun {
  metric: ExitFamily
}

/** The tags of trainings, to choose from. */
export function namesOf(runs: readonly LoggedRun[]): FoundName[] {
  const all = runs.flatMap(({ tracks }) => [...tracks])
  return all.map(([name, { count, last }]) => ({ name, values: count, last: last.value }))
}

interface Logged {
  path: string
  folders: LoggedFolders
}

/** The trainings, each with the tags of the metric: those that are asked for, else the only ones that speak of it, of each exit or of the network alone. */
export function chosenRuns(logged: Logged, choice: ImportChoice): FoundRun[] {
  const { path, folders } = logged
  const asked = choice.map.metric
  const refuse = (problem: string, families = anyFamilies(folders)) => needed(problem, { ...logged, families })
  const runsWith = (candidates: (run: LoggedRun) => ExitFamily[]) =>
    runsIn(folders, (run) => candidates(run).length > 0).map((run) => ({ run, found: candidates(run) }))
  if (asked !== undefined) {
    const runs = runsWith((run) => askedFamily(run, asked))
    if (runs.length > 0) return runs.map(({ run, found }) => ({ ...run, metric: found[0]! }))
    throw refuse(`There are no tags ${asked} in ${path}.`)
  }
  const ofExits = runsWith((run) => setsOf(run).filter((each) => speaks(each, choice)))
  const runs = ofExits.length > 0 ? ofExits : runsWith((run) => singleTags(run).filter((each) => speaks(each, choice)))
  if (runs.length === 0) throw refuse(`No tags speak of the metric of each exit in ${path}.`)
  return runs.map(({ run, found }) => {
    const metric = onlyOrTest(found)
    if (metric) return { ...run, metric }
    const where = run.folder === '.' ? path : join(path, run.folder)
    throw refuse(`Several sets of tags may hold the metric of the exits in ${where}.`, found)
  })
}

const speaks = ({ pattern }: ExitFamily, choice: ImportChoice) => isMetric(pattern, choice)
const familiesOf = ({ tracks }: LoggedRun) => exitFamilies([...tracks.keys()])
/** Sets of several exits. */
const setsOf = (run: LoggedRun) => familiesOf(run).filter((each) => each.members.length > 1 && isOfExits(run, each))
const single = (name: string): ExitFamily => ({ pattern: name, members: [{ name, exit: 'final' }] })
const singleTags = ({ tracks }: LoggedRun) => [...tracks.keys()].map(single)

/**
 * Whether tags differ in an exit, also where it is in the name of a folder: one that speaks of an exit, or one that `add_scalars` makes,
 * `acc_0` with the tag `acc`. Other numbered folders, such as `version_0` and `seed1`, are trainings.
 */
function isOfExits({ folder, folders }: LoggedRun, { pattern, members: [member] }: ExitFamily): boolean {
  const { name } = member!
  const parts = folders.map((each) => posix.relative(folder, each)).filter((part) => name.startsWith(`${part}/`))
  const part = parts.toSorted((a, b) => b.length - a.length)[0] ?? ''
  if (pattern.indexOf('*') >= part.length) return true
  const tag = name.slice(part.length + 1)
  return namesExit(part) || posix.basename(part).startsWith(`${tag.replaceAll('/', '_')}_`)
}

/** Tags are asked for as they are called in their training, or in the folder of all. */
function askedFamily(run: LoggedRun, asked: string): ExitFamily[] {
  const here = asked.startsWith(`${run.folder}/`) ? asked.slice(run.folder.length + 1) : asked
  const family = familiesOf(run).find(({ pattern }) => isMeant(pattern, here))
  if (family && family.members.length > 1) return [family]
  if (run.tracks.has(here)) return [single(here)]
  return family ? [family] : []
}

/** Sets of tags of every training, as they are called there. */
function anyFamilies(folders: LoggedFolders): ExitFamily[] {
  const all = runsIn(folders, (run) => setsOf(run).length > 0).flatMap(setsOf)
  return [...new Map(all.map((each) => [each.pattern, each])).values()]
}

/** Exits of a set that are named at most. */
const mostNamed = 30

function needed(problem: string, { path, folders, families }: Logged & { families: ExitFamily[] }): ChoiceNeeded {
  const found = runsIn(folders, () => true)
  const names = namesOf(found)
  const sets = families.map(({ pattern, members }) => {
    const exits = members.map(({ exit }) => exit)
    return exits.length > 1 ? `  ${pattern}  (exits ${firstOf(exits, mostNamed)})` : `  ${pattern}`
  })
  const all = [...new Set(names.map(({ name }) => `  ${name}`))]
  const lines = [
    `${problem} Choose the tags of the metric; * stands for the exit:`,
    ...listed(sets.length > 0 ? sets : all),
  ]
  const example = families[0]?.pattern ?? 'TAGS'
  return new ChoiceNeeded(lines.join('\n'), { names, path, missing: 'metric', example })
}
