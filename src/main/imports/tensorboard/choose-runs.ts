import { join } from 'node:path'
import { firstOf } from '../../../shared/format/lists.ts'
import { exitFamilies, isMeant, isMetric, onlyOrTest, type ExitFamily } from '../exit-pattern.ts'
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
  const ofExits = runsWith((run) => familiesOf(run).filter((each) => each.members.length > 1 && speaks(each, choice)))
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
const single = (name: string): ExitFamily => ({ pattern: name, members: [{ name, exit: 'final' }] })
const singleTags = ({ tracks }: LoggedRun) => [...tracks.keys()].map(single)

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
  const several = (run: LoggedRun) => familiesOf(run).filter(({ members }) => members.length > 1)
  const all = runsIn(folders, (run) => several(run).length > 0).flatMap(several)
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
