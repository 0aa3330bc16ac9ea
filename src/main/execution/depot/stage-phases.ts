import { hash } from 'node:crypto'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { evaluationName } from '../../../files/checkpoint-manifest.ts'
import { copyDurably } from '../../../files/durable-file.ts'
import { makeFolders } from '../../../files/make-folders.ts'
import { sha256OfPath } from '../../../files/pieces.ts'
import { isRegularFile, openRegularFile } from '../../../files/regular-file.ts'
import { damageOf, phaseIn } from '../../../files/verified-file.ts'
import { bringFile } from './bring-file.ts'
import { phaseFolder } from './depot.ts'
import { eventsName } from './events.ts'
import { isOwnerFile } from './owner-file.ts'
import { readContent, recordedFiles, stepsIn, type PhaseContent } from './phase-content.ts'
import { findJob, jobName } from './phase-job.ts'
import { ownerInWords } from './watch-owner.ts'

/** Phases of a depot to be brought into a folder of another one. */
export interface Staging {
  source: string
  target: string
  folder: string
  /** Each with whether the target has it. */
  phases: readonly { id: string; isPresent: boolean }[]
}

export interface Staged {
  /** Phases of which something is in the folder. */
  ids: string[]
  /** Phases that were left as they are, and why. */
  left: string[]
}

/** Brings what the target lacks of some phases into a folder, each file verified. */
export async function stagePhases({ source, target, folder, phases }: Staging): Promise<Staged> {
  const staged: Staged = { ids: [], left: [] }
  for (const { id, isPresent } of phases) {
    // Else the owner of the depot could not show in time that it is alive.
    await setImmediate()
    const [from, known] = [phaseFolder(source, id), phaseFolder(target, id)]
    const there = isPresent ? readContent(known) : null
    const owner = there?.names.some(isOwnerFile) ? await ownerInWords(known) : null
    if (owner !== null) {
      staged.left.push(`${id} was left as it is in ${target}, as its owner may be training it: ${owner}`)
      continue
    }
    const content = readContent(from)
    const { files, left } = missingFiles(content, { from, known: there })
    const differs = files.length > 0 || left !== null
    const fault =
      (differs ? await misplacement(content, { depot: source, id }) : null) ??
      (files.length > 0 ? stage(files, { from, to: join(folder, id) }) : null)
    if (files.length > 0 && fault === null) staged.ids.push(id)
    const reason = fault ?? left
    if (reason !== null) staged.left.push(`${id} ${reason}`)
  }
  return staged
}

/**
 * Copies what a folder of a phase has and another lacks, each file verified and flushed; nothing if one is damaged. Large files keep
 * nobody else waiting.
 */
export async function copyPhase(from: string, to: string): Promise<void> {
  if (!existsSync(from)) return
  const { files } = missingFiles(readContent(from), { from, known: readContent(to) })
  makeFolders(to)
  for (const file of files) if (!(await isSound(from, file))) return
  for (const { name } of files) {
    await using file = await openRegularFile(join(from, name))
    await copyDurably(file, join(to, name))
  }
}

async function isSound(folder: string, { name, sha256 }: MissingFile): Promise<boolean> {
  const path = join(folder, name)
  return sha256 === null ? isRegularFile(path) : (await damageOf({ path, sha256 })) === null
}

/** Names of what a folder of a phase has and another lacks, in an order in which they can be moved there. */
export const missingNames = (from: string, to: string): string[] =>
  missingFiles(readContent(from), { from, known: readContent(to) }).files.map(({ name }) => name)

interface MissingFile {
  name: string
  /** null: it may hold anything. */
  sha256: string | null
}

interface Missing {
  files: MissingFile[]
  /** Why something is not copied, as the end of a sentence. */
  left: string | null
}

/** Files of a phase that a depot lacks: those that tell of others, then each of these with its record behind it. */
function missingFiles(content: PhaseContent, { from, known }: { from: string; known: PhaseContent | null }): Missing {
  const difference = known && differenceOf(content, known)
  if (difference) return { files: [], left: difference }
  // What says how far the phase is comes last.
  const recorded = recordedFiles(content)
    .toReversed()
    .filter(({ name }) => known === null || isWanted(name, content, known))
  // Its events tell how the weights came about.
  const replaced = recorded.some(({ name }) => name !== evaluationName) ? [eventsName] : []
  const others = [jobName, eventsName].filter(
    (name) => content.names.includes(name) && (replaced.includes(name) || !known?.names.includes(name)),
  )
  const files = [
    ...others.map((name) => ({ name, sha256: null })),
    ...recorded.flatMap(({ name, record, sha256 }) => [
      { name, sha256 },
      { name: record, sha256: hash('sha256', content.texts.get(record)!) },
    ]),
  ]
  const damage = content.damaged.map((name) => join(from, name)).join(', ')
  return { files, left: damage === '' ? null : `is copied without what is damaged: ${damage}` }
}

/** That the folder of a phase has another one's name, by what its files or else its job say, as the end of a sentence. */
async function misplacement(
  content: PhaseContent,
  { depot, id }: { depot: string; id: string },
): Promise<string | null> {
  const files = recordedFiles(content).map(({ name }) => join(phaseFolder(depot, id), name))
  for (const path of files) {
    const phase = phaseIn(path) ?? id
    if (phase !== id) return `is not copied: ${path} belongs to another phase, ${phase}: it is in the wrong folder`
  }
  if (files.length > 0) return null
  return findJob(depot, id).then(() => null, notCopied)
}

function notCopied(error: unknown): string {
  if (error instanceof ExitlabError) return `is not copied: ${error.message}`
  throw error
}

/** Brings files into a folder. @returns the end of a sentence where one is not what it should be; then none is there. */
function stage(files: readonly MissingFile[], { from, to }: { from: string; to: string }): string | null {
  mkdirSync(to)
  for (const { name, sha256 } of files) {
    const path = join(to, name)
    const isThere = bringFile(join(from, name), path, { linked: name !== eventsName })
    if (isThere && (sha256 === null || sha256OfPath(path) === sha256)) continue
    rmSync(to, { recursive: true })
    return `is not copied: ${join(from, name)} is missing or damaged`
  }
  return null
}

function differenceOf(content: PhaseContent, known: PhaseContent): string | null {
  if (content.weights === null || known.weights === null || content.weights.sha256 === known.weights.sha256) return null
  const device = (each: PhaseContent) => each.weights!.versions.device ?? 'an unknown device'
  return `has other weights there: trained on ${device(content)}, and on ${device(known)}, whose are kept`
}

/** Of two states of an unfinished phase, the one with more steps, whole: best and latest checkpoint belong together. */
function isWanted(name: string, content: PhaseContent, known: PhaseContent): boolean {
  if (name === evaluationName) return known.evaluation === null
  if (known.weights !== null) return false
  return content.weights !== null || stepsIn(content) > stepsIn(known)
}
