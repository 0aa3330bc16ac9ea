import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { answerPage, fileOf, isOwnAddress } from '../../../src/main/shell/app-protocol.ts'

let outer: string
let folder: string

beforeAll(() => {
  outer = mkdtempSync(join(tmpdir(), 'exitlab-page-'))
  folder = join(outer, 'renderer')
  mkdirSync(join(folder, 'assets'), { recursive: true })
  mkdirSync(join(outer, 'renderer-beside'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'assets', 'index.js'), 'export {}')
  writeFileSync(join(folder, '.hidden.json'), 'secret')
  writeFileSync(join(outer, 'secret.json'), 'secret')
  writeFileSync(join(outer, 'renderer-beside', 'secret.json'), 'secret')
})
afterAll(() => rmSync(outer, { recursive: true }))

const get = (url: string, method = 'GET') => answerPage(folder, { method, url })

describe('app://', () => {
  test('gives the page and its files with their types', async () => {
    const page = await get('app://exitlab/')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await page.text()).toBe('<!doctype html>')
    const script = await get('app://exitlab/assets/index.js')
    expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8'])
  })

  test('sends the strict policy with every answer, refusals too', async () => {
    for (const answer of [await get('app://exitlab/'), await get('app://exitlab/none.js')]) {
      const policy = answer.headers.get('content-security-policy')!
      expect(policy).toContain("default-src 'none'")
      expect(policy).toContain("script-src 'self'")
      expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/)
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  test.each([
    ['parent folder', 'app://exitlab/../secret.json'],
    ['parent folder, encoded', 'app://exitlab/%2e%2e/secret.json'],
    ['parent folder behind an encoded slash', 'app://exitlab/assets%2f..%2f..%2fsecret.json'],
    ['parent folder behind a backslash', 'app://exitlab/assets/..%5c..%5csecret.json'],
    ['folder whose name begins alike', 'app://exitlab/..%2frenderer-beside/secret.json'],
    ['absolute path', 'app://exitlab//etc/hosts.json'],
    ['drive', 'app://exitlab/C:/secret.json'],
    ['hidden file', 'app://exitlab/.hidden.json'],
    ['null byte', 'app://exitlab/index.html%00.js'],
    ['bad encoding', 'app://exitlab/%E0%A4%A.js'],
    ['another host', 'app://elsewhere/index.html'],
    ['no host', 'app:index.html'],
    ['another scheme', 'file:///index.html'],
    ['folder', 'app://exitlab/assets'],
    ['file that is not there', 'app://exitlab/assets/none.js'],
    ['type that the page has none of', 'app://exitlab/index.php'],
  ])('gives nothing for a %s', async (_, address) => {
    const answer = await get(address)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('not found')
  })

  test('answers GET requests only', async () => {
    expect((await get('app://exitlab/', 'POST')).status).toBe(405)
  })

  test('maps addresses to files of the folder, without query and fragment', () => {
    expect(fileOf('/page', 'app://exitlab/assets/a%20b.js?x=..#/runs')).toBe('/page/assets/a b.js')
  })

  test('recognises its own addresses', () => {
    expect(isOwnAddress('app://exitlab/#/runs')).toBe(true)
    for (const address of ['', 'about:blank', 'app://exitlab.evil/', 'https://exitlab/', 'app://other/', 'null']) {
      expect(isOwnAddress(address)).toBe(false)
    }
  })
})
