import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { Transform } from 'node:stream'
import { z } from 'zod'
import { refuse } from './responses.ts'
import type { Sessions } from './sessions.ts'
import { isFromOurPage } from './visitors.ts'
import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { ExitlabError } from '../../../shared/error.ts'
import type { Workspace } from '../../store/workspace.ts'

const largestBody = 1024
const body = z.strictObject({ token: z.string().min(1) })

/**
 * POST `{"token"}` opens a session; GET says whether there is one and prolongs it. 204 where there is a session now, 401
 * where there is none.
 */
export async function answerSession(
  sessions: Sessions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method === 'GET') return answer(response, sessions.prolong(request.headers.cookie))
  if (request.method !== 'POST') {
    response.setHeader('Allow', 'GET, POST')
    return refuse(response, 405, 'Sessions are opened by POST.')
  }
  if (!isFromOurPage(request)) return refuse(response, 403, 'Only the page of this server can open a session.')
  const given = await tokenIn(request)
  if (given === null) {
    response.setHeader('Connection', 'close')
    return refuse(response, 400, 'Expected {"token": "…"}.')
  }
  answer(response, sessions.open(given))
}

function answer(response: ServerResponse, cookie: string | null): void {
  if (cookie === null) return refuse(response, 401, 'Open the address that this server printed when it started.')
  response.writeHead(204, { 'Set-Cookie': cookie }).end()
}

/** The token in the body of a request; null where that is something else, or too large. */
async function tokenIn(request: IncomingMessage): Promise<string | null> {
  try {
    return body.parse(JSON.parse(await text(request.pipe(atMost(largestBody))))).token
  } catch {
    return null
  }
}

function atMost(limit: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      done(bytes > limit ? new Error('too large') : null, chunk)
    },
  })
}

const secretBytes = 32

/**
 * What the sessions of a workspace are signed with; it stays, so that a page finds its way back after the host was started
 * anew. Made where there is none, or where others could have read it. Removing the file ends every session.
 */
export function sessionSecret({ sessionSecret: path }: Workspace): Buffer {
  return read(path) ?? create(path)
}

function read(path: string): Buffer | null {
  try {
    const isPrivate = process.platform === 'win32' || (statSync(path).mode & 0o077) === 0
    const secret = Buffer.from(readFileSync(path, 'utf8'), 'base64url')
    return isPrivate && secret.length === secretBytes ? secret : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Written atomically and durably. @throws ExitlabError `disk`, with nothing left behind. */
function create(path: string): Buffer {
  const secret = randomBytes(secretBytes)
  const partial = `${path}.partial`
  try {
    writeFileSync(partial, secret.toString('base64url'), { mode: 0o600, flush: true })
    renameSync(partial, path)
    return secret
  } catch (error) {
    rmSync(partial, { force: true })
    throw unwritable(path, error as NodeJS.ErrnoException)
  }
}

function unwritable(path: string, error: NodeJS.ErrnoException): ExitlabError {
  const { code } = error
  const full = code === 'ENOSPC' || code === 'EDQUOT'
  return new ExitlabError(
    'disk',
    `${path}, which signs the sessions of browsers, cannot be written: ${full ? 'the disk is full' : code}. ` +
      (full ? 'Free some space, then try again.' : 'Check the permissions of the folder.'),
    { cause: error },
  )
}
