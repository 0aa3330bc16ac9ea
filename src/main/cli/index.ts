import { exitlabVersion } from '../../files/version.ts'
import { connect } from './connect.ts'
import { processContext } from './context.ts'
import { exitCodes } from '../../shared/basics/exit-codes.ts'
import { runCommandLine } from './program.ts'

const exitCode = await runCommandLine(process.argv.slice(2), processContext(connect), exitlabVersion)
// Output that was lost has set another one.
if (exitCode !== exitCodes.success.code) process.exitCode = exitCode
