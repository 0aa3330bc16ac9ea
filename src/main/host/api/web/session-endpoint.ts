import type { IncomingMessage, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { Transform } from 'node:stream'
import { z } from 'zod'
import { refuse } from './responses.ts'
import type { Sessions } from './sessions.ts'
import { isFromOurPage } from './visitors.ts'

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
