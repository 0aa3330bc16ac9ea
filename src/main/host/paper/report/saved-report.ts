import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ExitlabError } from '../../../../shared/basics/error.ts'
import type { z } from 'zod'
import { paperReport } from '../../../../shared/paper/paper-report.ts'
import type { DrawnPanel } from '../../exports/writers/report/html-page.ts'

/** Claims are tested anew on its tables; earlier versions did not write when its runs began. */
const savedData = paperReport.omit({ claims: true }).partial({ testRule: true })

/** A report of the paper in the folder that it was written into. */
export interface SavedReport {
  folder: string
  data: z.infer<typeof savedData>
}

/** @throws ExitlabError `not-found` where the folder has no such report */
export async function savedReport(folder: string): Promise<SavedReport> {
  const file = join(folder, 'report.json')
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) throw noReport(folder, 'it has no report.json that can be read')
  const parsed = savedData.safeParse(jsonOf(text))
  if (!parsed.success)
    throw noReport(folder, `its report.json differs at ${parsed.error.issues[0]!.path.join('.') || 'its beginning'}`)
  return { folder, data: parsed.data }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const noReport = (folder: string, why: string) =>
  new ExitlabError(
    'not-found',
    `${folder} is no report of the paper as this version writes it: ${why}. Write it with \`paper report\`, in the workspace of its runs.`,
  )

/** A panel of one of its figures, as it was drawn. */
export async function savedPanel({ folder }: SavedReport, name: string): Promise<DrawnPanel> {
  const pathOf = (ending: 'svg' | 'pdf') => join(folder, 'figures', `${name}.${ending}`)
  try {
    const [svg, pdf] = await Promise.all([readFile(pathOf('svg'), 'utf8'), readFile(pathOf('pdf'))])
    return { name, svg, pdf: new Blob([pdf], { type: 'application/pdf' }) }
  } catch {
    throw noReport(folder, `it lacks ${name}.svg or ${name}.pdf in its folder figures`)
  }
}
