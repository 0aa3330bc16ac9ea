import { distinctBy } from '../../../../shared/basics/distinct.ts'
import { ExitlabError, keyName, type Problem } from '../../../../shared/basics/error.ts'

/** More would scroll away the first ones, which often cause the others. */
const mostShown = 30
/** More problems do not help, and could be many times as long as the text. */
const mostListed = 1000

/** A range within one line of a file. Lines and columns count from 1. */
export interface SourceLocation {
  line: number
  column: number
  /** Characters to underline. */
  length: number
}

/** One problem of an experiment file; an empty path means the whole file. */
export type FileProblem = Problem & SourceLocation

/** An experiment file that cannot be used. The message lists every problem with its location. */
export class InvalidExperiment extends ExitlabError {
  declare readonly fields: { readonly problems: readonly FileProblem[] }

  constructor(file: string, source: string, problems: readonly FileProblem[]) {
    super('invalid-experiment', describeProblems({ file, source, problems }), {
      problems: problems.slice(0, mostListed),
    })
  }
}

/** Problems without duplicates. */
export function uniqueProblems<Each extends Problem>(problems: readonly Each[]): Each[] {
  return distinctBy(problems, (problem) => JSON.stringify(problem))
}

/** Problems in the order of the file. */
export function sortProblems(problems: readonly FileProblem[]): FileProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column)
}

function describeProblems({
  file,
  source,
  problems,
}: {
  file: string
  source: string
  problems: readonly FileProblem[]
}) {
  const lines = source.split(/\r\n|\n|\r/)
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const shown = problems.slice(0, mostShown).map((problem) => describe(file, problem, lines))
  const hidden = problems.length - shown.length
  return [`${count} in ${file}`, ...shown, ...(hidden === 0 ? [] : [`and ${hidden} more`])].join('\n\n')
}

function describe(file: string, { line, column, length, path, message }: FileProblem, lines: string[]): string {
  const located = `${file}:${line}:${column}: ${path.length === 0 ? '' : `${keyName(path)}: `}${message}`
  const text = lines[line - 1] ?? ''
  if (text.trim() === '' || text.length > 160) return located
  const number = String(line)
  // Tabs before the mark are kept, so that it is aligned at any tab width.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ')
  const mark = '^'.repeat(Math.max(1, Math.min(length, text.length - column + 1)))
  return `${located}\n  ${number} | ${text}\n  ${' '.repeat(number.length)} | ${indent}${mark}`
}
