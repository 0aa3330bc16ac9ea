import { ORPCError } from '@orpc/client'
import { ExitlabError } from '../../../../shared/error.ts'
import { contractRevision } from '../contract-revision.ts'
import { connectToHost, type SocketClient } from './client.ts'
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
    const revision = await revisionOf(host)
    const theirs = await host.client.system.info().then((info) => info.version)
    if (theirs === version && revision === contractRevision()) return error
    return otherVersion(running, { theirs, version, cause: error })
  } finally {
    await host.close()
  }
}

/** Null of a host from before there was one. */
function revisionOf({ client }: Pick<SocketClient, 'client'>): Promise<string | null> {
  return client.system.revision().catch((error: unknown) => {
    if (error instanceof ORPCError && error.code === 'NOT_FOUND') return null
    throw error
  })
}

function otherVersion(
  { pid }: RunningHost,
  { theirs, version, cause }: { theirs: string; version: string; cause: unknown },
): ExitlabError {
  const which = theirs === version ? `another build of Exitlab ${version}` : `Exitlab ${theirs}, and this is ${version}`
  return new ExitlabError(
    'workspace-in-use',
    `Process ${pid} has this workspace open with ${which}: they do not understand each other. Nothing was changed by this command. ` +
      'End that process, which keeps its runs, and run the command again; or use the program that it was started with.',
    { cause },
  )
}
