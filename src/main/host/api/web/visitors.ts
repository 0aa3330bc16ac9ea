import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import { hostname } from 'node:os'

/** Whether only this machine can reach a host of that name or address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host)
}

/**
 * Whether a request is meant for us: its `Host` is this machine's own, at whatever port, as a tunnel may change that. A
 * foreign name that was made to point here (DNS rebinding) would let a foreign page speak as ours.
 */
export function isForUs({ headers }: IncomingMessage, boundTo: string): boolean {
  const address = addressOf(`http://${headers.host ?? ''}`)
  if (address === null) return false
  const name = address.hostname.replace(/^\[|\]$/g, '')
  if (isLoopback(name)) return true
  if (isLoopback(boundTo)) return false
  return isIP(name) !== 0 || name === boundTo.toLowerCase() || name === hostname().toLowerCase()
}

/** Whether a page that we sent asks, as far as its browser says; a program must say so itself. */
export function isFromOurPage({ headers }: IncomingMessage): boolean {
  const origin = addressOf(headers.origin ?? '')
  return origin !== null && origin.host === addressOf(`${origin.protocol}//${headers.host ?? ''}`)?.host
}

/** An address that is nothing but a scheme, a name and a port. */
function addressOf(text: string): URL | null {
  const url = URL.parse(text)
  const bare = url !== null && /^https?:$/.test(url.protocol) && !/[/@?#\\\s]/.test(text.slice(url.protocol.length + 2))
  return bare ? url : null
}
