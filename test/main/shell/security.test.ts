import { EventEmitter } from 'node:events'
import type { Session, WebContents } from 'electron'
import { describe, expect, test } from 'vitest'
import { confine, isAllowed, isFromPage, mayOpenOutside, restrict } from '../../../src/main/shell/security.ts'

/** A page that has nothing of Electron's but what is asked of it. */
function confined() {
  const contents = Object.assign(new EventEmitter(), {
    open: (_: { url: string }) => ({ action: 'allow' }),
    setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
      contents.open = handler
    },
  })
  const opened: string[] = []
  confine(contents as unknown as WebContents, (address) => opened.push(address))
  /** Whether an event was prevented. */
  const prevented = (name: string, details: object) => {
    let isPrevented = false
    contents.emit(name, { ...details, preventDefault: () => (isPrevented = true) })
    return isPrevented
  }
  return { contents, opened, prevented }
}

describe('the window', () => {
  test('opens no other window; a paper goes to the browser, other addresses nowhere', () => {
    const { contents, opened } = confined()
    const addresses = [
      'https://arxiv.org/abs/2407.14320',
      'http://arxiv.org/abs/1',
      'https://evil.example/',
      'https://arxiv.org.evil.example/',
      'https://user@arxiv.org/',
      'https://arxiv.org:8443/',
      'file:///etc/passwd',
      'app://exitlab/',
      'javascript:alert(1)',
    ]
    expect(addresses.map((url) => contents.open({ url }).action)).toEqual(addresses.map(() => 'deny'))
    expect(opened).toEqual(['https://arxiv.org/abs/2407.14320'])
    expect(mayOpenOutside('https://github.com/x/y')).toBe(true)
  })

  test('stays on its page, and has no frames and no other pages within', () => {
    const { prevented } = confined()
    expect(prevented('will-navigate', { url: 'https://arxiv.org/' })).toBe(true)
    expect(prevented('will-navigate', { url: 'app://exitlab/' })).toBe(false)
    expect(prevented('will-frame-navigate', { url: 'app://exitlab/', isMainFrame: true })).toBe(false)
    expect(prevented('will-frame-navigate', { url: 'app://exitlab/', isMainFrame: false })).toBe(true)
    expect(prevented('will-frame-navigate', { url: 'file:///etc/passwd', isMainFrame: true })).toBe(true)
    expect(prevented('will-redirect', { url: 'app://exitlab/' })).toBe(true)
    expect(prevented('will-attach-webview', {})).toBe(true)
  })
})

describe('the session', () => {
  function restricted() {
    const handlers: Record<string, (...given: never[]) => unknown> = {}
    const take = (name: string) => (handler: (...given: never[]) => unknown) => void (handlers[name] = handler)
    const session = Object.assign(new EventEmitter(), {
      setPermissionRequestHandler: take('request'),
      setPermissionCheckHandler: take('check'),
      setDevicePermissionHandler: take('device'),
      webRequest: {
        onBeforeRequest: (_: object, handler: (...given: never[]) => unknown) => void (handlers.load = handler),
      },
    })
    restrict(session as unknown as Session)
    return { session, handlers: handlers as Record<string, (...given: unknown[]) => unknown> }
  }

  test('lets the page copy, and grants no other permission', () => {
    const { handlers } = restricted()
    const requested = (permission: string, requestingUrl: string) => {
      let granted: unknown
      handlers.request!(null, permission, (answer: unknown) => (granted = answer), { requestingUrl })
      return granted
    }
    expect(requested('clipboard-sanitized-write', 'app://exitlab/#/compare')).toBe(true)
    expect(requested('notifications', 'app://exitlab/#/runs')).toBe(true)
    expect(requested('notifications', 'https://evil.example/')).toBe(false)
    expect(requested('clipboard-sanitized-write', 'https://evil.example/')).toBe(false)
    for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'usb']) {
      expect(requested(permission, 'app://exitlab/')).toBe(false)
      expect(handlers.check!(null, permission, 'app://exitlab/')).toBe(false)
      expect(isAllowed(permission, 'app://exitlab/')).toBe(false)
    }
    expect(handlers.device!({})).toBe(false)
  })

  test('loads nothing from elsewhere and downloads nothing', () => {
    const { session, handlers } = restricted()
    let answer: unknown
    handlers.load!({}, (given: unknown) => (answer = given))
    expect(answer).toEqual({ cancel: true })
    let prevented = false
    session.emit('will-download', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
  })
})

describe('a message to the shell', () => {
  const page = { url: 'app://exitlab/#/runs' }

  test('is accepted from the page', () => {
    expect(isFromPage({ senderFrame: page }, page)).toBe(true)
  })

  test('is ignored from a frame in it, from a page that left the application, or from one that is gone', () => {
    expect(isFromPage({ senderFrame: { url: 'app://exitlab/' } }, page)).toBe(false)
    const elsewhere = { url: 'https://evil.example/' }
    expect(isFromPage({ senderFrame: elsewhere }, elsewhere)).toBe(false)
    expect(isFromPage({ senderFrame: null }, page)).toBe(false)
  })
})
