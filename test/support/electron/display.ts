import { spawn, type ChildProcess } from 'node:child_process'
import { findProgram } from '../../../scripts/setup/command.mjs'

/** A display that nobody sees. */
export interface Display {
  /** Value of DISPLAY. */
  name: string
  close(): void
}

/** Opens a display of Xvfb; null where that is not installed. */
export async function openDisplay({ width, height }: { width: number; height: number }): Promise<Display | null> {
  const program = findProgram('Xvfb')
  if (program === null) return null
  // It finds a free number by itself, and tells it. Without -noreset it would start over, and refuse clients for a moment,
  // whenever its last client leaves.
  const args = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp', '-noreset']
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  return { name: `:${await numberOf(server)}`, close: () => void server.kill() }
}

function numberOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = ''
    server.stdio[3]!.on('data', (chunk: Buffer) => {
      told += chunk.toString()
      if (told.endsWith('\n')) resolve(told.trim())
    })
    server.once('exit', () => reject(new Error('Xvfb ended before it had a display')))
  })
}
