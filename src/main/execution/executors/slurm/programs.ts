import { execFile, type ExecFileException } from 'node:child_process'
import { ExitlabError } from '../../../../shared/basics/error.ts'

export interface Call {
  environment: NodeJS.ProcessEnv
  limitMilliseconds: number
  /** Ends it. */
  stop: AbortSignal | undefined
}

/** What a program printed, and how it ended. */
export interface Answer {
  exitCode: number
  stdout: string
  stderr: string
}

/** Calls a program of Slurm. @throws ExitlabError where it is not there, or does not end within the limit. */
export function answerOf(program: string, args: readonly string[], call: Call): Promise<Answer> {
  const { environment, limitMilliseconds: timeout, stop: signal } = call
  const options = { env: plain(environment), maxBuffer: 1 << 28, timeout, killSignal: 'SIGKILL', signal } as const
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code
      if (typeof exitCode === 'number') resolve({ exitCode, stdout, stderr })
      else reject(noAnswer(program, error!, timeout))
    })
    child.stdin?.end()
  })
}

/** What a program printed. @throws ExitlabError where it failed. */
export function outputOf(program: string, { exitCode, stdout, stderr }: Answer): string {
  if (exitCode === 0) return stdout
  const why = stderr.trim() || stdout.trim() || `exit code ${exitCode}`
  throw new ExitlabError('engine', `${program} failed: ${why}`)
}

/** Refuses what a program printed. */
export function refuseOutput(program: string, text: string, expected: string): never {
  const printed = text.trim() === '' ? 'nothing' : `“${text.trim().slice(0, 200)}”`
  throw new ExitlabError('engine', `${program} printed ${printed} instead of ${expected}.`)
}

/** Without settings of the user's own listings, such as SQUEUE_STATES, and with the indices of long arrays in full. */
function plain(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const others = Object.entries(environment).filter(([name]) => !name.startsWith('SQUEUE_'))
  return { ...Object.fromEntries(others), SLURM_BITSTR_LEN: '0' }
}

function noAnswer(program: string, error: ExecFileException, limit: number): ExitlabError {
  const what =
    error.code === 'ENOENT'
      ? `Slurm is not installed on this machine: there is no ${program}. Run this on a login node of the cluster.`
      : error.killed === true
        ? `${program} did not answer within ${limit / 1000} s.`
        : `${program} failed: ${error.message}`
  return new ExitlabError('engine', what, { cause: error })
}
