import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { parseCookie, stringifySetCookie } from 'cookie'

const sessionDays = 30
const ticketMilliseconds = 60_000

/** Sessions of browsers that showed the token and have had the cookie since. */
export interface Sessions {
  /** A token that opens any number of sessions while this process lives. */
  token: string
  /** A token that opens one session within a minute, since arguments of a program are visible to others on this machine. */
  ticket(): string
  /** @returns the `Set-Cookie` of a new session; null for an invalid token. */
  open(token: string): string | null
  /** @returns the `Set-Cookie` that prolongs the session of a `Cookie`; null where that has none. */
  prolong(cookies: string | undefined): string | null
}

/** Sessions of a workspace, signed with its secret. */
export function createSessions(
  { secret, workspace }: { secret: Buffer; workspace: string },
  now: () => number,
): Sessions {
  // Cookies ignore ports: parallel workbenches need different names.
  const name = `exitlab-${hash('sha256', workspace).slice(0, 12)}`
  const token = randomToken()
  const tickets = new Map<string, number>()
  const sign = (until: string) => createHmac('sha256', secret).update(`session until ${until}`).digest('base64url')

  function setCookie(): string {
    const maxAge = sessionDays * 86_400
    const until = String(now() + maxAge * 1000)
    return stringifySetCookie({
      name,
      value: `${until}.${sign(until)}`,
      maxAge,
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
    })
  }

  function useTicket(given: string): boolean {
    const [ticket, until = 0] = [...tickets].find(([each]) => isEqual(each, given)) ?? ['']
    return tickets.delete(ticket) && now() <= until
  }

  return {
    token,
    ticket() {
      for (const [each, until] of tickets) if (now() > until) tickets.delete(each)
      const ticket = randomToken()
      tickets.set(ticket, now() + ticketMilliseconds)
      return ticket
    },
    open: (given) => (isEqual(given, token) || useTicket(given) ? setCookie() : null),
    prolong(cookies = '') {
      const [until = '', signature = ''] = parseCookie(cookies)[name]?.split('.') ?? []
      return isEqual(signature, sign(until)) && now() < Number(until) ? setCookie() : null
    },
  }
}

const randomToken = () => randomBytes(24).toString('base64url')

/** Comparison in constant time. */
function isEqual(a: string, b: string): boolean {
  const digest = (text: string) => hash('sha256', text, 'buffer')
  return timingSafeEqual(digest(a), digest(b))
}
