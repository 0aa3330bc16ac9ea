import { accessSync, constants, realpathSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import sirv from 'sirv'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import { refuse } from './responses.ts'

/** Location of the built page, in a checkout and in the published package. */
export const builtPage = fileURLToPath(new URL('../../../../../out/renderer/', import.meta.url))

/** Files with a hash of their content in their name, which never change. */
const lasting = '/assets/'

/** Serves the files of the built page, and nothing outside its folder. @throws ExitlabError if it is not built. */
export function openSite(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const root = realFolder(folder)
  const send = sirv(root, {
    dev: true,
    etag: true,
    extensions: [],
    setHeaders: (response, path) =>
      response.setHeader('Cache-Control', path.startsWith(lasting) ? 'max-age=31536000, immutable' : 'no-store'),
  })
  return (request, response) => {
    const path = fileOf(request.url ?? '/')
    if (path === null || !liesWithin(root, path)) return refuse(response, 404, 'There is nothing here.')
    request.url = encodeURI(path)
    // No part of a file is worth a program's wrong numbers.
    delete request.headers.range
    send(request, response, () => refuse(response, 404, 'There is nothing here.'))
  }
}

function realFolder(folder: string): string {
  try {
    const root = realpathSync(folder)
    accessSync(join(root, 'index.html'), constants.R_OK)
    return root
  } catch (error) {
    throw new ExitlabError(
      'not-found',
      `The workbench's page cannot be read: ${join(folder, 'index.html')} ` +
        `(${(error as NodeJS.ErrnoException).code}). Create it with: npm run build`,
      { cause: error },
    )
  }
}

/** The file of an address, relative to the page's folder; null if it is not served. */
function fileOf(url: string): string | null {
  const path = decoded(url.replace(/[?#].*$/s, ''))
  if (path === null || !path.startsWith('/') || /[\\\0]|\/\.|\/\//.test(path)) return null
  return path === '/' ? '/index.html' : path
}

function decoded(path: string): string | null {
  try {
    return decodeURI(path)
  } catch {
    return null
  }
}

/** Also where a link leads. */
function liesWithin(root: string, path: string): boolean {
  try {
    return realpathSync(join(root, path)).startsWith(root + sep)
  } catch {
    return false
  }
}
