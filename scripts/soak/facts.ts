import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { eventIn, eventsName } from '../../src/main/execution/depot/events.ts'
import { isOwnerFile } from '../../src/main/execution/depot/owner-file.ts'
import { jobName } from '../../src/main/execution/depot/phase-job.ts'
import { openStoreReadOnly, type Store } from '../../src/main/store/open.ts'
import { workspaceAt } from '../../src/main/store/workspace.ts'

/** What has to be the same in a workspace however often its work was interrupted, by what each fact is about. */
export type Facts = Record<string, string>

/** The facts of a workspace that no host has open: of every file its hash, of the store what does not depend on time. */
export function factsOf(workspace: string): Facts {
  const store = openStoreReadOnly(workspace)
  if (store === null) throw new Error(`${workspace} has no store`)
  try {
    return { ...factsOfStore(store), ...factsOfFiles(workspace) }
  } finally {
    store.close()
  }
}

/** One sentence for each fact that differs. */
export function differencesOf(expected: Facts, found: Facts): string[] {
  return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
    .filter((key) => expected[key] !== found[key])
    .map((key) => `${key}: expected ${shown(expected[key])}, found ${shown(found[key])}`)
}

function shown(fact: string | undefined): string {
  if (fact === undefined) return 'nothing'
  return fact.length > 400 ? `${fact.slice(0, 400)}…` : fact
}

function factsOfStore(store: Store): Facts {
  const facts: Facts = { store: JSON.stringify(store.integrityProblems()) }
  for (const { id, name, status, error, scores, phases } of store.summaries.all()) {
    const evaluation = store.evaluations.get(phases.at(-1)!.id)?.sha256
    facts[`run ${name}`] = JSON.stringify({ id, status, error, scores, evaluation })
    for (const phase of phases) facts[`phase ${phase.id}`] = factOfPhase(store, phase.id)
  }
  for (const { id, kind, status, error, done, total, sha256 } of store.analyses.all()) {
    facts[`analysis ${kind} ${id}`] = JSON.stringify({ status, error, done, total, sha256 })
  }
  return facts
}

function factOfPhase(store: Store, id: string): string {
  const { status, epochs, ended, keptEpoch, checkpoint, error } = store.phases.get(id)!
  return JSON.stringify({
    status,
    error,
    epochs,
    ended,
    keptEpoch,
    checkpoint,
    metrics: store.epochs.metricsAfter(id, 0),
    dominance: store.dominance.after(id, 0),
  })
}

function factsOfFiles(workspace: string): Facts {
  // The reserve is random, so that it takes its space on every file system.
  const { database, reserve } = workspaceAt(workspace)
  const entries = readdirSync(workspace, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  // A job names the folder of the round, an owner its process.
  const differs = (file: string) =>
    file === database || file === reserve || basename(file) === jobName || isOwnerFile(basename(file))
  const compared = files.filter((file) => !differs(file))
  return Object.fromEntries(compared.map((file) => [`file ${relative(workspace, file)}`, factOfFile(file)]))
}

function factOfFile(file: string): string {
  return basename(file) === eventsName ? factOfEvents(file) : hashOf(file)
}

/** Of events, which are told again after a kill, what the last ones say of each epoch. */
function factOfEvents(file: string): string {
  const lasting = new Map<string, object>()
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const event = eventIn(line)
    if (event?.type === 'epoch') {
      const { epoch, learningRate, improved, epochsWithoutImprovement, metrics, dominance } = event
      lasting.set(`epoch ${epoch}`, { learningRate, improved, epochsWithoutImprovement, metrics, dominance })
    } else if (event?.type === 'failed') lasting.set('failed', { message: event.message })
  }
  return JSON.stringify([...lasting].sort(([a], [b]) => a.localeCompare(b)))
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
