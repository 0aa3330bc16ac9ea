import type { Command } from 'commander'
import type { Finding } from '../../../contract/system.ts'
import { commandLine, type Context, print, printJson, type Finish } from '../context.ts'
import { exitCodes } from '../../../shared/basics/exit-codes.ts'
import { type JsonOption, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import type { Style } from '../output/style.ts'
import { messageLines, padRight } from '../output/text.ts'

const marks = {
  ok: { mark: '✓', style: 'good' },
  warning: { mark: '!', style: 'warn' },
  error: { mark: '✗', style: 'bad' },
} as const satisfies Record<Finding['status'], { mark: string; style: keyof Style }>

export function addDoctor(program: Command, context: Context, finish: Finish): void {
  const command = program
    .command('doctor')
    .description('check engine, store, data and disk, and print a remedy for each problem')
    .action((options: WorkspaceOption & JsonOption) => doctor(context, options, finish))
  withExamples(withJson(withWorkspace(command)), [['exitlab doctor', 'exit code 10 if a check failed']])
}

async function doctor(context: Context, options: WorkspaceOption & JsonOption, finish: Finish): Promise<void> {
  await using connection = await context.connect({ purpose: 'read', workspace: options.workspace })
  const findings = await connection.client.system.doctor()
  if (findings.some(({ status }) => status === 'error')) finish(exitCodes.failedRuns.code)
  if (options.json) return printJson(context.stdout, findings)
  print(context.stdout, findingLines(findings, context))
}

function findingLines(findings: readonly Finding[], context: Context): string[] {
  const { style } = context
  const width = Math.max(0, ...findings.map(({ check }) => check.length))
  return findings.flatMap(({ check, status, detail, remedy, command }) => {
    const { mark, style: name } = marks[status]
    const lines = messageLines(`${style[name](mark)} ${padRight(check, width)}  ${detail}`)
    const advice = command === null ? '' : ` ${commandLine(context, command)}`
    return remedy === null
      ? lines
      : [...lines, ...messageLines(`  ${' '.repeat(width)}  ${style.accent('→')} ${remedy}${advice}`)]
  })
}
