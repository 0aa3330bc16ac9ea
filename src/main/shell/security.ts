import type { Session, WebContents } from 'electron'
import { isOwnAddress } from './app-protocol.ts'

/** Sites that may be opened in the user's browser: papers and the project. */
const outside = ['arxiv.org', 'doi.org', 'openreview.net', 'proceedings.mlr.press', 'github.com']

export function mayOpenOutside(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url?.protocol === 'https:' && url.port === '' && url.username === '' && outside.includes(url.hostname)
}

/** Permissions of the page: copy to the clipboard, and notifications. */
const allowed = ['clipboard-sanitized-write', 'notifications']

export function isAllowed(permission: string, address: string): boolean {
  return allowed.includes(permission) && isOwnAddress(address)
}

type Contents = Pick<WebContents, 'on' | 'setWindowOpenHandler'>

/** Keeps a page where it is: no other page in its place, beside it or within it. */
export function confine(contents: Contents, openOutside: (address: string) => void): void {
  contents.setWindowOpenHandler(({ url }) => {
    if (mayOpenOutside(url)) openOutside(url)
    return { action: 'deny' }
  })
  contents.on('will-navigate', (details) => {
    if (!isOwnAddress(details.url)) details.preventDefault()
  })
  contents.on('will-frame-navigate', (details) => {
    if (!details.isMainFrame || !isOwnAddress(details.url)) details.preventDefault()
  })
  contents.on('will-redirect', (details) => details.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

type Permissions = Pick<
  Session,
  'on' | 'setPermissionCheckHandler' | 'setPermissionRequestHandler' | 'setDevicePermissionHandler' | 'webRequest'
>

/** Denies what Electron would grant, downloads, and every address that is not the page's own. */
export function restrict(session: Permissions): void {
  session.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) =>
    answer(isAllowed(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_, permission, origin) => isAllowed(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  const elsewhere = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] }
  session.webRequest.onBeforeRequest(elsewhere, (_, answer) => answer({ cancel: true }))
}

/** Sender of a message: the relevant fields of Electron's event. */
interface Sender {
  senderFrame: { url: string } | null
}

/** Whether a message comes from the page itself: not from a frame in it, another page, or a closed one. */
export function isFromPage({ senderFrame }: Sender, mainFrame: { url: string }): boolean {
  return senderFrame !== null && senderFrame === mainFrame && isOwnAddress(senderFrame.url)
}
