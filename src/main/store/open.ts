import { accessSync, constants, existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { ExitlabError } from '../../shared/basics/error.ts'
import { makeFolders } from '../../files/make-folders.ts'
import { refuseOddPath } from '../../files/odd-path.ts'
import { analyses } from './analyses.ts'
import { dominance } from './dominance.ts'
import { epochs } from './epochs.ts'
import { storeError, type StoreAccess } from './error.ts'
import { evaluations } from './evaluations.ts'
import { evaluationSummaries } from './evaluation-summaries.ts'
import { latencies } from './latencies.ts'
import { experiments } from './experiments.ts'
import { extensionUses } from './extension-uses.ts'
import { imports } from './imports.ts'
import { refuseNetworkFileSystem } from './file-system.ts'
import { damagedPlaces } from './json-columns.ts'
import { logLines } from './log-lines.ts'
import { isOfThisVersion, migrate, otherTables } from './migrate.ts'
import { notes } from './notes.ts'
import { openUnwritable } from './open-unwritable.ts'
import { phases } from './phases.ts'
import { withReserve } from './reserve.ts'
import { runs } from './runs.ts'
import { searches } from './searches.ts'
import { series } from './series.ts'
import { settings } from './settings.ts'
import { stepSamples } from './step-samples.ts'
import { summaries } from './summaries.ts'
import { tags } from './tags.ts'
import { workspaceAt, type Workspace } from './workspace.ts'

/** Everything a workspace remembers, one member a table or query family. */
export type Store = ReturnType<typeof queries> & {
  workspace: Workspace
  readonly: boolean
  /** Runs the body in one transaction: all of it is on disk afterwards, or none. */
  transaction<T>(body: () => T): T
  /** The same for what frees space, which a full disk must not refuse. */
  freeing<T>(body: () => T): T
  /** An error of SQLite as an ExitlabError; other errors unchanged. */
  explain(error: unknown): unknown
  /** Lists what SQLite finds wrong with the file; empty when it is sound. */
  integrityProblems(): string[]
  /** Rows and columns that do not hold what was written there, as sentences. */
  damagedPlaces(): string[]
  close(): void
}

/** Opens a workspace's store for its host: makes the folder, brings the store to this version. The caller holds the host lock. */
export function openStore(folder: string): Store {
  const workspace = prepareWorkspace(folder)
  const database = openDatabase(workspace, false)
  return guarded({ workspace, readonly: false }, database, () => {
    migrate(workspace, database)
    return store(workspace, database, false)
  })
}

/** Opens a store for reading, beside a running host or without one. Null if there is no store of this version. */
export function openStoreReadOnly(folder: string): Store | null {
  const workspace = workspaceAt(folder)
  if (!existsSync(workspace.database)) return null
  refuseOthers(workspace)
  const database = openUnwritable(workspace) ?? openDatabase(workspace, true)
  return guarded({ workspace, readonly: true }, database, () => {
    if (!isOfThisVersion(workspace, database)) {
      database.close()
      return null
    }
    return store(workspace, database, true)
  })
}

/** An empty store in memory, for a workspace that has none yet and shall get none. */
export function openEmptyStore(folder: string): Store {
  const workspace = workspaceAt(folder)
  const database = new Database(':memory:')
  migrate(workspace, database)
  return store(workspace, database, true)
}

/** Makes the folders of a workspace, where it may be. */
export function prepareWorkspace(folder: string): Workspace {
  const workspace = workspaceAt(folder)
  try {
    const { checkpoints, evaluations, analyses } = workspace
    for (const path of [folder, checkpoints, evaluations, analyses]) makeFolders(path)
    accessSync(folder, constants.W_OK)
  } catch (error) {
    refuseOddPath(folder, error)
    throw new ExitlabError(
      'disk',
      `The workspace ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}). ` +
        `Give this user write permission, or choose another folder with --workspace DIR or EXITLAB_WORKSPACE.`,
      { cause: error },
    )
  }
  refuseNetworkFileSystem(folder)
  return workspace
}

/** SQLite would wait for a pipe for ever. */
function refuseOthers({ database }: Workspace): void {
  if (!existsSync(database) || statSync(database).isFile()) return
  throw new ExitlabError(
    'workspace-damaged',
    `The store ${database} is a folder, a device or a pipe, not a file. Nothing was changed. Move it away, or choose another folder with --workspace DIR.`,
  )
}

function openDatabase(workspace: Workspace, readonly: boolean): Database.Database {
  // better-sqlite3's binary ends the process with a segmentation fault below Node-API 10.
  if (Number(process.versions.napi) < 10) {
    throw new ExitlabError('internal', `Node ${process.version} is too old for the store: 22.14 or newer is needed.`)
  }
  refuseOthers(workspace)
  return guarded({ workspace, readonly }, null, () => new Database(workspace.database, { readonly, timeout: 5000 }))
}

function store(workspace: Workspace, database: Database.Database, readonly: boolean): Store {
  const transaction = <T>(body: () => T): T =>
    guarded({ workspace, readonly }, null, () => database.transaction(body).immediate())
  return {
    ...queries(database),
    workspace,
    readonly,
    transaction,
    freeing: (body) => withReserve(workspace, () => transaction(body)),
    explain: (error) => storeError({ workspace, readonly }, error),
    integrityProblems: () =>
      (database.pragma('integrity_check') as { integrity_check: string }[])
        .map((row) => row.integrity_check)
        .filter((text) => text !== 'ok'),
    damagedPlaces: () => damagedPlaces(database),
    close: () => database.close(),
  }
}

function queries(database: Database.Database) {
  return {
    analyses: analyses(database),
    dominance: dominance(database),
    epochs: epochs(database),
    evaluations: evaluations(database),
    evaluationSummaries: evaluationSummaries(database),
    latencies: latencies(database),
    experiments: experiments(database),
    extensionUses: extensionUses(database),
    imports: imports(database),
    logLines: logLines(database),
    notes: notes(database),
    phases: phases(database),
    runs: runs(database),
    searches: searches(database),
    series: series(database),
    settings: settings(database),
    stepSamples: stepSamples(database),
    summaries: summaries(database),
    tags: tags(database),
  }
}

function guarded<T>(access: StoreAccess, database: Database.Database | null, body: () => T): T {
  try {
    return body()
  } catch (error) {
    database?.close()
    if (database !== null && error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR')
      throw otherTables(access.workspace, error)
    throw storeError(access, error)
  }
}
