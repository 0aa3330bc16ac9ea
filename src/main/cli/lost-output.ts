import { exitCodes } from '../../shared/basics/exit-codes.ts'
import { visible } from '../../shared/text/visible.ts'

interface OutputLoss {
  /** Whether the command does more than print, for example trains. */
  isWorking: () => boolean
}

/**
 * Handles output that cannot be written. If the reader of a pipe ends early (`head`) or the terminal is closed, a command that
 * only prints ends with success, and a training pauses. If the disk of a log is full, a command that only prints fails, and a
 * training continues without the lost lines.
 */
export function followOutputLoss({ isWorking }: OutputLoss): void {
  let told = false
  const fail = (error: Error) => {
    if (!isWorking()) process.exitCode = exitCodes.disk.code
    if (told) return
    told = true
    const consequence = isWorking() ? ' Lines that cannot be written are dropped; training continues.' : ''
    process.stderr.write(`exitlab: cannot write to stdout: ${visible(error.message)}.${consequence}\n`)
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') return leave(stream)
      if (error.code === 'EIO' && stream.isTTY) return void process.emit('SIGHUP', 'SIGHUP')
      if (stream === process.stdout) fail(error)
    })
  }
}

function leave(stream: NodeJS.WriteStream): void {
  if (process.listenerCount('SIGTERM') === 0) process.exit(exitCodes.success.code)
  else if (stream === process.stdout) process.emit('SIGTERM', 'SIGTERM')
}
