import { Refused } from './link.ts'

let token = takeToken()

/** Takes the token out of the address that `exitlab serve` printed, so that it is neither bookmarked nor taken for a place. */
function takeToken(): string | null {
  const match = /^#(token=[^&]+)/.exec(location.hash)
  if (match === null) return null
  history.replaceState(null, '', location.pathname + location.search)
  return new URLSearchParams(match[1]!.replaceAll('+', '%2B')).get('token')
}

/** Exchanges the token, which works once, for the cookie that the socket is opened with. @throws Refused */
export async function openSession(): Promise<void> {
  if (token === null) return
  const answer = await fetch('session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  })
  if (answer.ok) token = null
  else if (isRefusal(answer)) throw new Refused('the token in this address is invalid or expired')
  else throw new Error(`the host answered ${answer.status} to a new session`)
}

/** A socket that does not open says nothing about why: this asks. @throws Refused where the session is not known. */
export async function checkSession(): Promise<void> {
  if (isRefusal(await fetch('session'))) throw new Refused('the session of this page is unknown to the host')
}

const isRefusal = ({ status }: Response) => status === 401 || status === 403
