import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:net'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { bind, defaultPort } from '../../../../../src/main/host/api/web/bind.ts'
import { createSessions } from '../../../../../src/main/host/api/web/sessions.ts'
import { bench, temporaryFolder } from '../../support.ts'
import { ask, knock, openSession, originOf, serveWeb, showToken, tokenOf, webClient } from './support.ts'

test('the page is sent with its security policy, and its first file is not cached', async () => {
  const { web } = await serveWeb()
  const page = await ask(web, '/')
  expect(page).toMatchObject({ status: 200, text: expect.stringContaining('app-1a2b.js') as string })
  expect(page.headers).toMatchObject({
    'content-type': 'text/html;charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  })
  const policy = page.headers['content-security-policy']!
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe-eval')
  const script = await ask(web, '/assets/app-1a2b.js')
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript',
    'cache-control': 'max-age=31536000, immutable',
  })
})

test('a request for a part of a file is answered with the whole file', async () => {
  const { web } = await serveWeb()
  for (const range of ['bytes=9-2', 'bytes=0-4', 'bytes=-1']) {
    expect(await ask(web, '/assets/app-1a2b.js', { headers: { range } })).toMatchObject({
      status: 200,
      text: 'document.title = "page"',
    })
  }
})

test('a token is exchanged for a cookie that scripts and other sites do not get', async () => {
  const { web } = await serveWeb()
  const { status, headers, text } = await showToken(web, tokenOf(web.address))
  expect([status, text]).toEqual([204, ''])
  expect(headers['set-cookie']).toEqual([
    expect.stringMatching(/^exitlab-\w{12}=\S+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/),
  ])
  const cookie = await openSession(web)
  expect((await ask(web, '/session', { headers: { cookie } })).status).toBe(204)
  expect((await ask(web, '/session')).status).toBe(401)
})

test('a page speaks with the host over its web socket', async () => {
  const { web, workspace } = await serveWeb()
  const { client } = await webClient(web)
  expect((await client.system.info()).workspace).toBe(workspace)
})

test('a page reconnects after the host was restarted', async () => {
  const opened = bench()
  const first = await serveWeb({}, opened)
  const cookie = await openSession(first.web)
  const oldToken = tokenOf(first.web.address)
  await first.host.close()
  const { web } = await serveWeb({}, opened)
  expect((await ask(web, '/session', { headers: { cookie } })).status).toBe(204)
  expect(await knock(web, { cookie, origin: originOf(web) })).toBeTypeOf('object')
  expect((await showToken(web, oldToken)).status).toBe(401)
})

test.skipIf(process.platform === 'win32')(
  'the secret is the user’s alone; one that others could read is replaced',
  async () => {
    const opened = bench()
    const secret = join(opened.workspace, 'session-secret')
    const { host, web } = await serveWeb({}, opened)
    const cookie = await openSession(web)
    expect(statSync(secret).mode & 0o777).toBe(0o600)
    await host.close()
    const text = readFileSync(secret, 'utf8')
    rmSync(secret)
    writeFileSync(secret, text, { mode: 0o644 })
    const again = await serveWeb({}, opened)
    expect(readFileSync(secret, 'utf8')).not.toBe(text)
    expect((await ask(again.web, '/session', { headers: { cookie } })).status).toBe(401)
    expect(readdirSync(opened.workspace).filter((name) => name.startsWith('session-secret'))).toEqual([
      'session-secret',
    ])
  },
)

test('an address made for a program to open is valid once', async () => {
  const { web } = await serveWeb()
  const ticket = tokenOf(web.ticketAddress())
  expect(ticket).not.toBe(tokenOf(web.address))
  expect((await showToken(web, ticket)).status).toBe(204)
  expect((await showToken(web, ticket)).status).toBe(401)
})

test('tickets and sessions expire', () => {
  let now = 1_000_000
  const sessions = createSessions({ secret: Buffer.alloc(32, 1), workspace: '/w' }, () => now)
  const cookie = sessions.open(sessions.token)!.split(';')[0]!
  const [late, early] = [sessions.ticket(), sessions.ticket()]
  now += 60_000
  expect(sessions.open(early)).not.toBeNull()
  now += 1
  expect(sessions.open(late)).toBeNull()
  now = 1_000_000 + 30 * 86_400_000 - 1
  expect(sessions.prolong(cookie)).not.toBeNull()
  now += 1
  expect(sessions.prolong(cookie)).toBeNull()
})

test('a public address is refused unless it is asked for', async () => {
  await expect(serveWeb({ host: '0.0.0.0' })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringMatching(/^--host 0\.0\.0\.0 would let other machines.+ssh -L.+--public/) as string,
  })
  const { web } = await serveWeb({ host: '0.0.0.0', public: true })
  expect(web.address).toMatch(/^http:\/\/localhost:\d+\/#token=/)
})

test('without a port the usual one is taken, or the next that is free; one that was asked for is not replaced', async () => {
  const other = createServer().listen(defaultPort, '127.0.0.1')
  // Another workbench of this machine may have it, which is as good.
  await once(other, 'listening').catch(() => {})
  onTestFinished(() => void other.close())
  const { web } = await serveWeb({ port: null })
  expect(web.port).toBeGreaterThan(defaultPort)
  await expect(serveWeb({ port: defaultPort })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(`port ${defaultPort}: the port is in use`) as string,
  })
})

test('a port that the system keeps for itself is refused, with those that are free to choose', async () => {
  const server = createServer()
  server.listen = () => {
    process.nextTick(() => server.emit('error', Object.assign(new Error('listen EACCES'), { code: 'EACCES' })))
    return server
  }
  await expect(bind(server as Server, { host: '127.0.0.1', port: 80 })).rejects.toThrow(
    'Exitlab cannot listen at 127.0.0.1, port 80: no permission. Choose a port above 1023 with --port.',
  )
})

test('without the built page there is nothing to serve, and the message says how to make it', async () => {
  const folder = temporaryFolder()
  await expect(serveWeb({ page: folder })).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringMatching(/index\.html \(ENOENT\)\. Create it with: npm run build$/) as string,
  })
})

test('a workspace that another host has open is refused with its process', async () => {
  const opened = bench()
  await opened.open()
  const page = vi.fn()
  await expect(opened.open({ entrances: [page] })).rejects.toMatchObject({
    code: 'workspace-in-use',
    message: expect.stringContaining(`process ${process.pid}`) as string,
  })
  expect(page).not.toHaveBeenCalled()
})

test('pages are notified when the host closes', async () => {
  const { web, host, workspace } = await serveWeb()
  const { socket } = await webClient(web)
  const closed = once(socket, 'close')
  await host.close()
  expect((await closed)[0]).toBe(1001)
  expect(existsSync(join(workspace, 'host.json'))).toBe(false)
})
