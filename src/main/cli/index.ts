import { readFileSync } from 'node:fs'
import { connect } from './connect.ts'
import { processContext } from './context.ts'
import { exitCodes } from './exit-codes.ts'
import { runCommandLine } from './program.ts'

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

// The reader of a pipe may leave early, as `head` does, and a terminal may be closed: a command that only prints then ends
// quietly, a training pauses.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EIO' && stream.isTTY) return void process.emit('SIGHUP', 'SIGHUP')
    if (error.code !== 'EPIPE') throw error
    if (process.listenerCount('SIGTERM') === 0) process.exit(exitCodes.success.code)
    else if (stream === process.stdout) process.emit('SIGTERM', 'SIGTERM')
  })
}

process.exitCode = await runCommandLine(process.argv.slice(2), processContext(connect), version)
