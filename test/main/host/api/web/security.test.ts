import { once } from 'node:events'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, onTestFinished, test } from 'vitest'
import { experiment, refusal, temporaryFolder, untilStatus } from '../../support.ts'
import { ask, knock, openSession, originOf, serveWeb, showToken, tokenOf, webClient, writePage } from './support.ts'

describe('access that is refused', () => {
  test.each([
    ['without a session', {}, 401],
    ['with a cookie of its own making', { cookie: 'exitlab-0123456789ab=9999999999999.forged' }, 401],
    ['that says nothing of its origin', { origin: undefined }, 403],
    ['from another site', { origin: 'https://evil.example' }, 403],
    ['from another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
    ['from a file', { origin: 'null' }, 403],
    ['from a name that only looks like ours', { origin: 'http://127.0.0.1.evil.example' }, 403],
    ['for a name that was made to point here', { host: 'evil.example', origin: 'http://evil.example' }, 403],
  ])('a web socket %s', async (_, headers, status) => {
    const { web } = await serveWeb()
    const session = status === 401 ? {} : { cookie: await openSession(web) }
    const all = { origin: originOf(web), ...session, ...headers }
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
    expect(await knock(web, sent as Record<string, string>)).toBe(status)
  })

  test('a web socket at another path', async () => {
    const { web } = await serveWeb()
    const headers = { cookie: await openSession(web), origin: originOf(web) }
    expect(await knock(web, headers, '/')).toBe(404)
    expect(await knock(web, headers, '/rpc?x=1')).toBe(404)
  })

  test('a session that is changed by a single character', async () => {
    const { web } = await serveWeb()
    const cookie = await openSession(web)
    const [name, value] = cookie.split('=') as [string, string]
    const [until, signature] = value.split('.') as [string, string]
    const other = (text: string) => (text.endsWith('0') ? '1' : '0')
    const longer = `${name}=${Number(until) + 1}.${signature}`
    const resigned = `${name}=${until}.${signature.slice(0, -1)}${other(signature)}`
    for (const forged of [longer, resigned, `${name}=`, `${name}=.`, `${name}=NaN.${signature}`]) {
      expect((await ask(web, '/session', { headers: { cookie: forged } })).status).toBe(401)
    }
    expect((await ask(web, '/session', { headers: { cookie } })).status).toBe(204)
  })

  test('a token that is wrong, none, or shown by another site', async () => {
    const { web } = await serveWeb()
    const token = tokenOf(web.address)
    expect((await showToken(web, `${token}x`)).status).toBe(401)
    expect((await showToken(web, token.slice(1))).status).toBe(401)
    expect((await showToken(web, '')).status).toBe(400)
    expect((await showToken(web, token, { origin: 'http://evil.example' })).status).toBe(403)
    expect((await showToken(web, token, { host: 'evil.example', origin: 'http://evil.example' })).status).toBe(403)
    const headers = { origin: originOf(web) }
    for (const body of ['', '{', '[]', '{"token":1}', '{"token":"x","more":1}', JSON.stringify([token])]) {
      expect((await ask(web, '/session', { method: 'POST', headers, body })).status).toBe(400)
    }
    expect((await ask(web, '/session', { method: 'PUT', headers })).status).toBe(405)
  })

  test('a body that is too large is not read to its end', async () => {
    const { web } = await serveWeb()
    const body = JSON.stringify({ token: 'x'.repeat(100_000) })
    const headers = { origin: originOf(web) }
    const { status, headers: answered } = await ask(web, '/session', { method: 'POST', headers, body })
    expect([status, answered.connection]).toEqual([400, 'close'])
    expect((await ask(web, '/')).status).toBe(200)
  })

  test('a page under a name that was made to point here', async () => {
    const { web } = await serveWeb()
    const asFor = async (host: string) => (await ask(web, '/', { headers: { host } })).status
    for (const host of [
      'evil.example',
      'localhost.evil.example',
      'evil.example:7140',
      '127.0.0.1@evil.example',
      hostname(),
    ]) {
      expect([host, await asFor(host)]).toEqual([host, 403])
    }
    for (const host of ['localhost', 'LOCALHOST:7140', '127.0.0.1:9999', '[::1]:7140']) {
      expect([host, await asFor(host)]).toEqual([host, 200])
    }
  })

  test('where other machines may reach it, names of this machine are its own and others are not', async () => {
    const { web } = await serveWeb({ host: '0.0.0.0', public: true })
    const asFor = async (host: string) => (await ask(web, '/', { headers: { host } })).status
    for (const host of ['192.0.2.7:7140', hostname(), '[2001:db8::1]:80', 'localhost'])
      expect(await asFor(host)).toBe(200)
    for (const host of ['evil.example', `${hostname()}.evil.example`]) expect(await asFor(host)).toBe(403)
    const origin = `http://192.0.2.7:7140`
    const { headers } = await showToken(web, tokenOf(web.address), { host: '192.0.2.7:7140', origin })
    const cookie = headers['set-cookie']![0]!.split(';')[0]!
    expect(await knock(web, { host: '192.0.2.7:7140', origin, cookie })).toBeTypeOf('object')
  })
})

describe('what lies outside the page', () => {
  const page = temporaryFolderLater()

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/assets/%252e%252e/%252e%252e/secret.txt',
    '//etc/passwd',
    '/etc/passwd',
    '/link.txt',
    '/linked/secret.txt',
    '/.hidden',
    '/index.html%00.txt',
    '/%',
    '/%ff%fe',
    '/assets',
    '/assets/',
    'http://evil.example/index.html',
    '*',
  ])('is not sent: %s', async (path) => {
    const { web } = await serveWeb({ page: page() })
    const { status, text } = await ask(web, path)
    expect([status, text]).toEqual([404, 'There is nothing here.\n'])
  })

  test('methods other than those for reading are refused', async () => {
    const { web } = await serveWeb()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
      expect((await ask(web, '/', { method })).status).toBe(405)
    }
  })
})

/** A page beside a secret, with links to it. */
function temporaryFolderLater(): () => string {
  return () => {
    const outside = temporaryFolder()
    const inside = join(outside, 'page')
    mkdirSync(inside)
    writePage(inside)
    writeFileSync(join(outside, 'secret.txt'), 'secret')
    symlinkSync(join(outside, 'secret.txt'), join(inside, 'link.txt'))
    symlinkSync(outside, join(inside, 'linked'))
    return inside
  }
}

describe('a page that has a session and misbehaves', () => {
  test.each<[string, string | Buffer, number]>([
    ['text that is no JSON', '{"i":"1"', 1006],
    ['JSON that is no message', '[null]', 1006],
    ['a request for no address', '{"i":"1","p":{"u":"http://"}}', 1006],
    ['binary data', Buffer.from('{"i":"1","p":{"u":"/runs/list"}}'), 1006],
    ['a message above the limit', 'x'.repeat((16 << 20) + 1), 1009],
    ['text that is not UTF-8', Buffer.from([0xc3, 0x28]), 1007],
  ])('is disconnected when it sends %s, and the others are served', async (_, sent, code) => {
    const { web } = await serveWeb()
    const { client } = await webClient(web)
    const socket = await knock(web, { cookie: await openSession(web), origin: originOf(web) })
    if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
    const closed = once(socket, 'close')
    socket.send(sent, { binary: code === 1006 && typeof sent !== 'string' })
    expect((await closed)[0]).toBe(code)
    expect(await client.runs.list({})).toEqual([])
  })

  test('is told what is wrong with a request that fits no procedure', async () => {
    const { web } = await serveWeb()
    const { client } = await webClient(web)
    expect((await refusal(client.runs.list({ runs: [{ $ne: '' } as unknown as string] }))).code).toBe('usage')
    const { runs } = client as unknown as { runs: Record<string, () => Promise<unknown>> }
    for (const name of ['none', '__proto__', 'constructor', '..%2fsystem'])
      await expect(runs[name]!()).rejects.toThrow()
    expect(await client.runs.list({})).toEqual([])
  })

  test('does not keep others out by opening more connections than there are', async () => {
    const { web, host } = await serveWeb()
    const { client } = await webClient(web)
    const headers = { cookie: await openSession(web), origin: originOf(web) }
    const knocks = await Promise.all(Array.from({ length: 80 }, () => knock(web, headers)))
    const refused = knocks.filter((each) => typeof each === 'number')
    expect(new Set(refused)).toEqual(new Set([503]))
    expect(refused).toHaveLength(80 - 63)
    expect(await client.runs.list({})).toEqual([])
    const freed = knocks.find((each) => typeof each !== 'number')!
    freed.terminate()
    await expect.poll(async () => typeof (await knock(web, headers))).toBe('object')
    await host.close()
  })
})

test('silent connections do not keep the host from closing', async () => {
  const { web, host } = await serveWeb()
  const mutes = Array.from({ length: 20 }, () => connect(web.port, '127.0.0.1'))
  await Promise.all(mutes.map((each) => once(each, 'connect')))
  mutes[0]!.write('GET / HTTP/1.1\r\nHost: loc')
  await setTimeout(20)
  const ended = mutes.map((each) => new Promise((resolve) => each.once('close', resolve).once('error', () => {})))
  await host.close()
  await Promise.all(ended)
  await expect(fetch(`http://127.0.0.1:${web.port}/`)).rejects.toThrow('fetch failed')
})

test('a request without a host name is not answered', async () => {
  const { web } = await serveWeb()
  for (const request of ['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.1\r\nHost:\r\n\r\n']) {
    const raw = connect(web.port, '127.0.0.1')
    onTestFinished(() => void raw.destroy())
    raw.write(request)
    const [answer] = (await once(raw, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 403/)
  }
})

test('a request that is no HTTP is answered so, and the host goes on', async () => {
  const { web } = await serveWeb()
  const raw = connect(web.port, '127.0.0.1')
  onTestFinished(() => void raw.destroy())
  raw.on('error', () => {})
  raw.write('\x16\x03\x01\x02\x00nonsense\r\n\r\n')
  const [answer] = (await once(raw, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 400/)
  expect((await ask(web, '/')).status).toBe(200)
})

describe('texts of users', () => {
  const hostile = [
    '<script>document.title = "run"</script>',
    '"><img src=x onerror=alert(1)>',
    "'; DROP TABLE runs; --",
    '{{constructor.constructor("return 1")()}}',
    '../../etc/passwd\u202etxt.exe',
    '\u0000\u001b[31mred\u0007 ${7*7} %s %n',
    '=HYPERLINK("http://evil.example")',
    '\ud83d\ude00 ￿ \\u0000 \\',
  ]

  test('are stored and returned unchanged, in notes and tags', async () => {
    const { web } = await serveWeb()
    const { client } = await webClient(web)
    const { runs } = await client.experiments.create(experiment({ regimes: ['joint'] }))
    const run = runs[0]!.id
    await untilStatus(client, run, 'done')
    for (const text of hostile) {
      await client.runs.note({ run, note: text })
      expect((await client.runs.show({ run })).note).toBe(text)
      await client.runs.tag({ runs: [run], add: [text] })
    }
    const [listed] = await client.runs.list({})
    expect(listed!.tags.toSorted()).toEqual(hostile.toSorted())
    expect(listed!.note).toBe(hostile.at(-1))
    await client.runs.tag({ runs: [run], remove: hostile })
    expect((await client.runs.list({}))[0]!.tags).toEqual([])
  })

  test('are stored and returned unchanged, in the names of experiments', async () => {
    const { web } = await serveWeb()
    const { client } = await webClient(web)
    const names = hostile.filter((name) => name.length <= 100)
    for (const name of names) {
      const created = await client.experiments
        .create(experiment({ name, regimes: ['joint'] }))
        .catch((error: unknown) => error as Error)
      if (created instanceof Error) {
        expect(created).toMatchObject({ data: { code: expect.stringMatching(/usage|invalid-experiment/) as string } })
        continue
      }
      const [run] = await client.runs.list({ runs: [created.runs[0]!.id] })
      expect(run!.experiment).toBe(name)
      expect(run!.name).toMatch(/^[\p{L}\p{N}._-]+$/u)
      await untilStatus(client, run!.id, 'done')
    }
    expect((await client.experiments.list()).length).toBe((await client.runs.list({})).length)
  })
})
