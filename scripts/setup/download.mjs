import { createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { progress } from './report.mjs'

/**
 * Fetches a file; goes on where an interrupted download of it ended, if the server can.
 * @param {string} url user and password in it are sent as HTTP authorisation
 * @param {string} target
 */
export async function download(url, target) {
  const partial = `${target}.partial`
  const have = await sizeOf(partial)
  const response = await request(url, have > 0 ? { range: `bytes=${have}-` } : {})
  if (response.status === 416) {
    await rm(partial)
    return download(url, target)
  }
  const resumed = response.status === 206
  const bar = progress(
    `Downloading ${new URL(url).pathname.split('/').pop()}`,
    Number(response.headers.get('content-length')),
  )
  const meter = new Transform({
    transform(chunk, _encoding, done) {
      bar.advance(chunk.length)
      done(null, chunk)
    },
  })
  const body = /** @type {import('node:stream/web').ReadableStream} */ (response.body)
  await pipeline(Readable.fromWeb(body), meter, createWriteStream(partial, { flags: resumed ? 'a' : 'w' }))
  bar.end()
  await rename(partial, target)
}

/**
 * @param {string} url
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Response>} of status 2xx, or 416
 */
export async function request(url, headers = {}) {
  const address = new URL(url)
  if (address.username !== '') {
    const login = [address.username, address.password].map(decodeURIComponent).join(':')
    headers.authorization = `Basic ${Buffer.from(login).toString('base64')}`
    address.username = address.password = ''
  }
  const response = await fetch(address, { headers }).catch((error) => {
    throw new Error(`${address} cannot be reached: ${error.cause?.message ?? error.message}`, { cause: error })
  })
  if (!response.ok && response.status !== 416)
    throw new Error(`${address} answers ${response.status} ${response.statusText}`)
  return response
}

/** @param {string} path 0 where there is no file */
const sizeOf = (path) =>
  stat(path).then(
    ({ size }) => size,
    (error) => {
      if (error.code === 'ENOENT') return 0
      throw error
    },
  )
