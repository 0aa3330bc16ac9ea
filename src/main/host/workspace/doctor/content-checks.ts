import { relative, join } from 'node:path'
import { readdir } from 'node:fs/promises'
import { distinctBy } from '../../../../shared/basics/distinct.ts'
import { bytes } from '../../../../shared/format/numbers.ts'
import { sum } from '../../../../shared/statistics/statistics.ts'
import { unknownMethodsIn } from '../../../../contract/experiment/stored-methods.ts'
import { methodInWords } from '../../../../shared/methods/unknown-method.ts'
import { leftOutWords } from '../../../../shared/data/left-out-words.ts'
import type { RunSummary } from '../../../../shared/runs/runs.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { withoutPath } from '../../../../contract/experiment/identity.ts'
import { storedDataLocation } from '../../../store/data-location.ts'
import { nullIfMissing } from '../../../../files/missing.ts'
import { damagedStoreRemedy } from '../../../store/json-columns.ts'
import type { Store } from '../../../store/open.ts'
import { damagedSettingRemedy } from '../../../store/settings.ts'
import { phaseIdOf } from '../../../execution/depot/phase-job.ts'
import { analysisResultFile } from '../../../store/workspace.ts'
import { faultOf } from '../../../../files/verified-file.ts'
import type { ExperimentRow } from '../../../store/experiments.ts'
import { phaseFiles, type PhaseFile } from '../../runs/phase-files.ts'
import { analysisTitle } from '../../runs/analysis-title.ts'
import type { WorkspaceServices } from '../services.ts'
import { sizeOf } from '../disk/disk-use.ts'
import { unknownMethod, unknownMethods } from './unknown-methods.ts'
import { type Check, ok, type Outcome, problem, warning } from './check.ts'

/** Whether the file is intact, its rows are valid, and the id of each phase is the hash of its identity. */
export const store: Check = {
  name: 'store',
  run({ store }) {
    const problems = store
      .integrityProblems()
      .map((text) => problem(`${store.workspace.database}: ${text}`, damagedStoreRemedy))
    if (problems.length > 0) return problems
    const damaged = store.damagedPlaces()
    if (damaged.length > 0) return damaged.map((text) => problem(text, damagedStoreRemedy))
    const found = [
      ...alteredPhases(store),
      ...store.settings.damaged().map((text) => warning(text, damagedSettingRemedy)),
      ...unknownMethods(store),
    ]
    return found.length > 0 ? found : [ok(`sound, ${store.summaries.all().length} runs`)]
  },
}

/** An id is the hash of everything that a phase's outcome follows from. */
function alteredPhases({ phases }: Store): Outcome[] {
  return phases
    .all()
    .filter(({ id, definition }) => phaseIdOf(definition) !== id)
    .map(({ id }) =>
      problem(
        `The store exitlab.db was modified: the id of phase ${id} is not the hash of its identity, ` +
          'so its settings may not be those that were trained',
        damagedStoreRemedy,
      ),
    )
}

/** Reads every file that the store refers to, and compares its hash and its metadata. */
export const checkpoints: Check = {
  name: 'checkpoints',
  async run({ store }) {
    const files = filesOf(store)
    const problems: Outcome[] = []
    for (const { file, run, kind, fault } of files) {
      const found = await fault()
      if (found === null) continue
      const again = kind === 'weights' ? 'trained again, with the same weights' : 'evaluated again'
      problems.push(problem(`${file} ${found}`, `Retry ${run.name}: it is ${again}.`, ['retry', run.id]))
    }
    const good = files.length - problems.length
    const sound = problems.length === 0 ? [ok(`${good} files, all checksums correct`)] : problems
    return [
      ...sound,
      ...(await unknownFolders({
        folder: store.workspace.checkpoints,
        known: (name) => store.phases.get(name) !== null,
        owner: 'run',
        remedy: 'Keep them to reuse them when the same experiment is run again, or remove them.',
      })),
    ]
  },
}

/** Each once, with the first run that it belongs to. */
function filesOf(store: Store): (PhaseFile & { run: RunSummary })[] {
  const files = store.summaries.all().flatMap((run) => phaseFiles(store, run.id).map((each) => ({ ...each, run })))
  return distinctBy(files, ({ kind, phase }) => `${kind} ${phase.id}`)
}

/** Reads the result of every analysis that is done, and compares its hash. */
export const analyses: Check = {
  name: 'analyses',
  async run({ store: { workspace, analyses } }) {
    const problems: Outcome[] = []
    const done = analyses.all().filter(({ status }) => status === 'done')
    for (const row of done) {
      const { id, sha256 } = row
      const file = analysisResultFile(workspace, id)
      const fault = await faultOf({ path: file, sha256: sha256! })
      if (fault === null) continue
      const detail = `${relative(workspace.folder, file)} ${fault}`
      const remedy = `Resume ${analysisTitle(row)}: it is computed again, with the same result.`
      problems.push(problem(detail, remedy, ['analyse', 'resume', id.slice(0, 12)]))
    }
    const count = done.length === 1 ? '1 result' : `${done.length} results`
    const sound = problems.length === 0 ? [ok(`${count}, all checksums correct`)] : problems
    return [
      ...sound,
      ...(await unknownFolders({
        folder: workspace.analyses,
        known: (name) => analyses.get(name) !== null,
        owner: 'analysis',
        remedy: 'Keep them to reuse them when the same analysis is requested again, or remove them.',
      })),
    ]
  },
}

/** Looks whether the experiments' data are still where they were, and still the same. */
export const data: Check = {
  name: 'data',
  async run(services) {
    const outcomes: Outcome[] = []
    const places = new Map(
      services.store.experiments.all().map((each) => [`${each.dataPath} ${JSON.stringify(each.file.data)}`, each]),
    )
    for (const experiment of places.values()) outcomes.push(await lookAt(services, experiment))
    return outcomes.length === 0 ? [ok('no experiment yet')] : outcomes
  },
}

async function lookAt(
  { store, trainers }: WorkspaceServices,
  { id, name, dataPath, file }: ExperimentRow,
): Promise<Outcome> {
  const [unknown] = unknownMethodsIn({ data: file.data })
  if (unknown) return unknownMethod(`The data of “${name}” are not checked: the ${methodInWords(unknown)}`)
  try {
    const found = await trainers.describe({
      kind: 'describe',
      data: withoutPath(file.data),
      ...storedDataLocation(store, id),
    })
    const { kind, fingerprint, counts } = found
    const leftOut = kind === 'images' && found.leftOut ? `; ${leftOutWords(found.leftOut)}` : ''
    const run = store.runs.ofExperiment(id)[0]!
    if (store.phases.chain(run.id)[0]!.definition.dataset === fingerprint) {
      return ok(
        `${file.data.source} at ${dataPath}: ${Object.values(counts).join(' + ')} ${kind === 'images' ? 'images' : 'texts'}${leftOut}`,
      )
    }
    return warning(
      `The ${kind === 'images' ? 'images' : 'texts or the tokenizer'} in ${dataPath} differ from those on which “${name}” was trained`,
      'Restore the original files to continue this experiment; changed data make a new experiment.',
    )
  } catch (error) {
    if (!(error instanceof ExitlabError)) throw error
    const missing = error.code === 'engine' ? 'its device is' : 'its data are'
    return problem(error.message, `“${name}” cannot be trained until ${missing} available.`)
  }
}

interface Kept {
  folder: string
  /** Whether the store has an entry for a file name. */
  known: (name: string) => boolean
  /** Owner of each file. */
  owner: string
  remedy: string
}

/** Folders without an entry in the store: from a store that was moved away, or an interrupted purge. */
async function unknownFolders({ folder, known, owner, remedy }: Kept): Promise<Outcome[]> {
  const names = (await readdir(folder).catch(nullIfMissing)) ?? []
  const unknown = names.filter((name) => !known(name))
  if (unknown.length === 0) return []
  const size = bytes(sum(await Promise.all(unknown.map((name) => sizeOf(join(folder, name))))))
  const [count, verb] = unknown.length === 1 ? ['1 folder', 'belongs'] : [`${unknown.length} folders`, 'belong']
  return [warning(`${count} in ${folder} (${size}) ${verb} to no ${owner}`, remedy)]
}
