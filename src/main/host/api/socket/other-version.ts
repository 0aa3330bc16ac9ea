import { ORPCError } from '@orpc/client'
import type { HostClient } from '../../../../contract/index.ts'
import { loadedExtensions } from '../../../extensions/launch.ts'
import type { MethodOrigin } from '../../../../shared/methods/method-origin.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { contractRevision } from '../contract-revision.ts'
import { connectToHost } from './client.ts'
import type { RunningHost } from './running-host.ts'

/** Beginnings of the messages of a host that was asked, or answers, what it does not expect. */
const misunderstandings = ['This request is not valid', 'The answer is not valid']

/** Whether an error may come from a host that does not understand this program, or is not understood by it. */
function isMisunderstanding(error: unknown): boolean {
  if (error instanceof ExitlabError) return false
  if (!(error instanceof ORPCError)) return error instanceof TypeError
  return error.code === 'NOT_FOUND' || misunderstandings.some((each) => error.message.startsWith(each))
}

/**
 * The error to report instead of one that comes from talking to a running host of another version; the error itself where it does not.
 * `version`: of this program.
 */
export async function explainOtherVersion(
  error: unknown,
  { running, version }: { running: RunningHost; version: string },
): Promise<unknown> {
  if (!isMisunderstanding(error)) return error
  const host = await connectToHost(running).catch(() => null)
  if (host === null) return error
  try {
    return (await refusalOfOther(host.client, { running, version, cause: error })) ?? error
  } catch {
    // It has ended meanwhile.
    return error
  } finally {
    await host.close()
  }
}

interface Refused {
  running: RunningHost
  /** Of this program. */
  version: string
  cause?: unknown
}

/** Why a running host of other code is not talked to; null where it is of this code. */
export async function refusalOfOther(client: HostClient, { running, ...asked }: Refused): Promise<ExitlabError | null> {
  const revision = await ifUnderstood(client.system.revision())
  const info = await ifUnderstood(client.system.info())
  const theirs = info?.version ?? null
  // Schemas have the names of methods, those of extensions too.
  const isComparable = haveSameFiles(info?.host?.extensions ?? [], loadedExtensions())
  const isSame = theirs === asked.version && (!isComparable || revision === contractRevision())
  return isSame ? null : otherVersion(running, { theirs, ...asked })
}

function haveSameFiles(...lists: (readonly Pick<MethodOrigin, 'sha256'>[])[]): boolean {
  const [a, b] = lists.map((list) => list.map(({ sha256 }) => sha256).join())
  return a === b
}

/** An answer; null of a host that does not understand the question, or is not understood. */
function ifUnderstood<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (isMisunderstanding(error)) return null
    throw error
  })
}

function otherVersion(
  { pid }: RunningHost,
  { theirs, version, cause }: { theirs: string | null; version: string; cause?: unknown },
): ExitlabError {
  const other = theirs === null ? 'another version of Exitlab' : `Exitlab ${theirs}`
  const which = theirs === version ? `another build of Exitlab ${version}` : `${other}, and this is ${version}`
  return new ExitlabError(
    'workspace-in-use',
    `Process ${pid} has this workspace open with ${which}: they do not understand each other. Nothing was changed by this command. ` +
      'End that process, which keeps its runs, and run the command again; or use the program that it was started with.',
    { cause },
  )
}
