import { exitCodes } from './exit-codes.ts'

/** What a command does about output that cannot be written any more. */
export interface OutputLoss {
  /** Whether the command has begun a work that does not end with its output, such as a training. */
  isWorking: () => boolean
}

/**
 * Follows stdout and stderr. The reader of a pipe may leave early, as `head` does, and a terminal may be closed: a command
 * that only prints then ends quietly, a training pauses. A log may fill its disk: a training goes on without the lines that
 * are lost; a command that only prints fails.
 */
export function followOutputLoss({ isWorking }: OutputLoss): void {
  let told = false
  const fail = (error: Error) => {
    if (!isWorking()) process.exitCode = exitCodes.disk.code
    if (told) return
    told = true
    const consequence = isWorking() ? ' Lines that cannot be written are left out; the work goes on.' : ''
    process.stderr.write(`exitlab: cannot write to stdout: ${error.message}.${consequence}\n`)
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
