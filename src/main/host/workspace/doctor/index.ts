import type { Finding } from '../../../../contract/system.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { WorkspaceServices } from '../services.ts'
import { analyses, checkpoints, data, store } from './content-checks.ts'
import { type Check, type Outcome, problem } from './check.ts'
import { cards, disk, node, processor, tensorflow, workspace } from './machine-checks.ts'

/** Every check, in the order in which its findings are shown. */
const checks = [
  node,
  processor,
  cards,
  tensorflow,
  workspace,
  store,
  disk,
  checkpoints,
  analyses,
  data,
] as const satisfies readonly Check[]

/** Checks everything that Exitlab needs, with remedies for problems. */
export async function diagnose(services: WorkspaceServices): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const { name, run } of checks) {
    const outcomes = await outcomesOf(run, services)
    findings.push(...outcomes.map((outcome) => ({ check: name, ...outcome })))
  }
  return findings
}

/** An unreadable file or folder, or a damaged row, is a finding; the other checks continue. */
async function outcomesOf(run: Check['run'], services: WorkspaceServices): Promise<Outcome[]> {
  try {
    return await run(services)
  } catch (error) {
    if (error instanceof ExitlabError && error.code === 'workspace-damaged')
      return [problem(error.message, 'This check needs the previous ones to pass.')]
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    return [
      problem(
        (error as Error).message,
        'Give this user read permission, and check that it is a regular file or folder.',
      ),
    ]
  }
}
