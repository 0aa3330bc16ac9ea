import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants as modes, realpathSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import { shareLocks } from './lock.mjs'

/**
 * The file of a program on PATH, or null.
 * @param {string} name
 * @returns {string | null}
 */
export function findProgram(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : ['']
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const files = folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending)))
  return files.find(isExecutable) ?? null
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, modes.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether a short command ends well; its output is dropped. @param {string} program @param {readonly string[]} args */
export function succeeds(program, args) {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0
}

/**
 * Runs a program to its end; what it prints goes to stderr.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, hear?: (text: string) => void, signal?: AbortSignal }} [options]
 *   hear: what it prints to stderr goes there · signal: ends it early
 * @returns {Promise<boolean>} whether it ended well
 * @throws Interruption when this process was told to end meanwhile
 */
export async function run(program, args, { cwd, env, quiet = false, hear, signal } = {}) {
  const output = quiet ? 'ignore' : process.stderr
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, hear ? 'pipe' : output],
  })
  if (hear) child.stderr?.setEncoding('utf8').on('data', hear)
  signal?.addEventListener('abort', () => child.kill('SIGKILL'), { once: true })
  const { code, interruptedBy } = await finish(child, { graceMilliseconds: 2_000 })
  if (interruptedBy) throw new Interruption(interruptedBy)
  return code === 0
}

/**
 * Runs a program in this one's place, with its streams.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function become(program, args, { cwd, env } = {}) {
  const { code } = await finish(spawn(program, args, { cwd, env: { ...process.env, ...env }, stdio: 'inherit' }))
  return code
}

/** Set-up was told to end while a program worked for it. */
export class Interruption extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(`interrupted by ${signal}; run this again to go on`)
    this.exitCode = exitCodeOf(signal)
  }
}

/** Whether this was started under nohup or the like: the terminal may close, the work goes on. */
export const isHangUpIgnored = process.env.EXITLAB_SIGHUP === 'ignored'

/**
 * The end of a child: its exit code, and the signal that this process got meanwhile. A terminal sends Ctrl-C to the
 * child as well, so that is left to it; the other signals are passed on.
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ graceMilliseconds?: number }} [options] how long it may take to end then: npm undoes its work for a minute
 * @returns {Promise<{ code: number, interruptedBy: NodeJS.Signals | null }>}
 */
function finish(child, { graceMilliseconds } = {}) {
  if (child.pid !== undefined) shareLocks(child.pid)
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', ...(isHangUpIgnored ? [] : ['SIGHUP'])])
  /** @type {NodeJS.Signals | null} */
  let interruptedBy = null
  const pass = (/** @type {NodeJS.Signals} */ signal) => {
    interruptedBy = signal
    if (signal !== 'SIGINT') child.kill(signal)
    if (graceMilliseconds !== undefined) setTimeout(() => child.kill('SIGKILL'), graceMilliseconds).unref()
  }
  for (const signal of signals) process.on(signal, pass)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => resolve({ code: code ?? exitCodeOf(signal ?? 'SIGKILL'), interruptedBy }))
  }).finally(() => {
    for (const signal of signals) process.off(signal, pass)
  })
}

/** What a shell reports of a program that a signal ended. @param {NodeJS.Signals} signal */
const exitCodeOf = (signal) => 128 + constants.signals[signal]

/**
 * npm's script, so that it can be run under any Node: the npm that runs us, else the one on PATH.
 * @returns {string | null}
 */
export function findNpm() {
  const running = process.env.npm_execpath
  if (running !== undefined && running.endsWith('npm-cli.js')) return running
  const program = findProgram('npm')
  const script = program && realpathSync(program)
  return script !== null && script.endsWith('.js') ? script : null
}
