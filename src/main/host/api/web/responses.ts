import type { ServerResponse } from 'node:http'
import { pageHeaders } from '../../../../shared/window/page-headers.ts'

export function setSafetyHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value)
}

/** Responds with a sentence for a person. */
export function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${sentence}\n`)
}
