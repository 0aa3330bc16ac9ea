import { readFile } from 'node:fs/promises'
import { extname, resolve, sep } from 'node:path'
import { pageHeaders } from '../../shared/window/page-headers.ts'

/** Origin of the page. A custom scheme avoids the rights of files. */
export const appScheme = 'app'
export const appAddress = 'app://exitlab/'

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Answers a request of the page with a file of the folder that it was built to, and with nothing else. */
export async function answerPage(folder: string, { method, url }: Pick<Request, 'method' | 'url'>): Promise<Response> {
  if (method !== 'GET') return refuse(405, 'only GET is allowed')
  const file = fileOf(folder, url)
  const type = file && contentTypes[extname(file)]
  if (!file || !type) return refuse(404, 'not found')
  try {
    return new Response(new Uint8Array(await readFile(file)), { headers: { ...pageHeaders, 'Content-Type': type } })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EISDIR' && code !== 'ENOTDIR') throw error
    return refuse(404, 'not found')
  }
}

function refuse(status: number, sentence: string): Response {
  return new Response(sentence, { status, headers: { ...pageHeaders, 'Content-Type': 'text/plain; charset=utf-8' } })
}

/** The file of an address; null outside the folder or for hidden files. */
export function fileOf(folder: string, address: string): string | null {
  if (!isOwnAddress(address)) return null
  const path = decoded(new URL(address).pathname)
  if (path === null || /[\\\0]|\/\.|\/\/|:/.test(path)) return null
  const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`)
  return file.startsWith(resolve(folder) + sep) ? file : null
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

/** Whether an address is the page's. Its origin would say `null` in places, as the scheme is our own. */
export function isOwnAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : null
  return url?.protocol === `${appScheme}:` && url.host === new URL(appAddress).host
}
