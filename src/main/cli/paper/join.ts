import { resolve } from 'node:path'
import { ExitlabError } from '../../../shared/basics/error.ts'
import type { Context } from '../context.ts'
import type { JsonOption, WorkspaceOption } from '../options.ts'
import { saveReport } from '../report/save-report.ts'

/** Writes one report of the paper of several, none of which may be the one that is written. */
export async function joinReports(
  context: Context,
  folder: string,
  { reports, workspace, json }: WorkspaceOption & JsonOption & { reports: readonly string[] },
): Promise<void> {
  const pieces = reports.map((each) => resolve(context.workingFolder, each))
  if (pieces.includes(resolve(context.workingFolder, folder)))
    throw new ExitlabError(
      'usage',
      `${folder} is one of the reports to join, and would be replaced. Choose another folder for the joined one.`,
    )
  await saveReport(context, { folder, json }, async () => {
    await using connection = await context.connect({ purpose: 'read', workspace })
    return await connection.client.paper.join({ folders: pieces })
  })
}
