import { readFileSync } from 'node:fs'
import { connect } from './connect.ts'
import { processContext } from './context.ts'
import { exitCodes } from '../../shared/exit-codes.ts'
import { runCommandLine } from './program.ts'

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const exitCode = await runCommandLine(process.argv.slice(2), processContext(connect), version)
// Output that was lost has set another one.
if (exitCode !== exitCodes.success.code) process.exitCode = exitCode
