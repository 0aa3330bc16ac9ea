import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { PassThrough, type Readable } from 'node:stream'
import { z } from 'zod'
import type { Installable, InstallProgress } from '../../../../contract/system.ts'
import { datasets } from '../../../../datasets/index.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { Environment } from '../../../../files/user-folders.ts'

const report = z.object({ message: z.string(), doneBytes: z.number().nullable(), totalBytes: z.number().nullable() })
const failure = z.object({ failure: z.string() })

interface InstallOptions {
  /** EXITLAB_SCRIPTS is the folder of the set-up scripts. */
  environment: Environment
  signal?: AbortSignal | undefined
}

/**
 * Runs set-up in a process of its own to install something, and yields its progress. An interrupted download is continued by the
 * next attempt. @throws ExitlabError with a remedy if it fails.
 */
export async function* install(
  what: Installable,
  { environment, signal }: InstallOptions,
): AsyncGenerator<InstallProgress, void> {
  const script = join(scriptsFolder(environment), 'setup', 'install.mjs')
  const env = { ...process.env, ...environment, EXITLAB_SETUP_REPORT: 'json', NODE_USE_ENV_PROXY: '1' }
  const child = spawn(process.execPath, [script, what], { env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
  const end = () => child.kill('SIGTERM')
  signal?.addEventListener('abort', end, { once: true })
  const closed = once(child, 'close')
  // One that cannot be started fails before it is waited for.
  closed.catch(() => {})
  let why: string | null = null
  try {
    for await (const line of linesOf(child.stdout, child.stderr)) {
      const told = readLine(line)
      if ('failure' in told) why = told.failure
      else yield told
    }
    const [code] = (await closed) as [number | null]
    if (code !== 0) throw new ExitlabError(datasets.has(what) ? 'data' : 'engine', why ?? interrupted)
  } finally {
    signal?.removeEventListener('abort', end)
    end()
  }
}

function scriptsFolder({ EXITLAB_SCRIPTS: folder }: Environment): string {
  if (folder !== undefined) return folder
  throw new ExitlabError(
    'usage',
    'The set-up scripts were not found: start Exitlab with its launcher, `exitlab` or `npm start`.',
  )
}

const interrupted = 'The installation was interrupted. Start it again to resume.'

/** Lines of both streams as they arrive; other output counts as progress. */
function linesOf(...streams: Readable[]): AsyncIterable<string> {
  const lines = new PassThrough({ objectMode: true })
  let open = streams.length
  for (const input of streams) {
    createInterface({ input })
      .on('line', (line) => line.trim() !== '' && lines.write(line))
      .on('close', () => --open === 0 && lines.end())
  }
  return lines
}

function readLine(line: string): InstallProgress | { failure: string } {
  const value = parsed(line)
  return (
    report.safeParse(value).data ??
    failure.safeParse(value).data ?? { message: line.trim(), doneBytes: null, totalBytes: null }
  )
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
