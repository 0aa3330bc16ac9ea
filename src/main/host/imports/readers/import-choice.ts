import { ExitlabError } from '../../../../shared/basics/error.ts'
import { count } from '../../../../shared/format/numbers.ts'
import {
  importedResult,
  importRoles,
  longestSourceName,
  type ImportedContent,
  type ImportedSplit,
  type ImportFormat,
  type ImportRole,
  type LoggedValue,
} from '../../../../shared/runs/imported.ts'
import type { OfTask } from '../../../../shared/methods/task.ts'
import type { PaperRegime } from '../../../../shared/methods/regime-names.ts'

type ImportMap = Partial<Record<ImportRole, string>>

/** How a file is read; what is left out is recognised. */
export interface ImportChoice extends OfTask {
  format?: ImportFormat | undefined
  map: ImportMap
  logged: LoggedValue
  /** Costs of the exits in the order of depth: multiply-adds with `backboneMacs`, else fractions of the backbone's cost. */
  costs?: readonly number[] | undefined
  backboneMacs?: number | undefined
  split?: ImportedSplit | undefined
  /** Whether it is read again when more is written. */
  follow?: boolean | undefined
}

/** A tag or column, with how many values it has and the last of them. */
export interface FoundName {
  name: string
  values: number
  last: number | null
}

/** One seed of what a file or folder holds. */
export interface ReadResult {
  /** As the program that wrote it called it; null: it did not. */
  name: string | null
  regime: PaperRegime | null
  seed: number | null
  path: string
  sha256: string
  content: ImportedContent
}

/** What a file or folder holds. */
export interface ReadSource {
  format: ImportFormat
  /** Tags or columns. */
  names: FoundName[]
  results: ReadResult[]
}

/** Whether a number that a file has can be a seed. */
export const isSeed = (value: number): boolean => importedResult.shape.seed.safeParse(value).success

/** A file that is not as it has to be. */
export function badSource(path: string, problem: string): ExitlabError {
  return new ExitlabError('data', `${path} ${problem}`)
}

/** @throws ExitlabError `data` for a tag or column with a name that no program gives. */
export function refuseLong(path: string, name: string): void {
  if (name.length <= longestSourceName) return
  const shown = `${name.slice(0, 40)}…`
  throw badSource(path, `has a name of ${name.length} characters (“${shown}”); expected at most ${longestSourceName}.`)
}

/** @throws ExitlabError `usage` where a choice is made that a format does not have. */
export function refuseRoles(map: ImportMap, has: readonly ImportRole[], path: string): void {
  const odd = importRoles.find((role) => map[role] !== undefined && !has.includes(role))
  if (odd === undefined) return
  const expected = has.length === 0 ? 'nothing has to be chosen' : `expected ${has.join(' or ')}`
  throw new ExitlabError('usage', `“${odd}=${map[odd]}” cannot be chosen for ${path}: ${expected}.`)
}

/** What can be chosen. */
export type MissingChoice = ImportRole | 'costs'

/** A file that can be read in several ways, or in none, before something is chosen; `example`: of it, on the command line. */
export class ChoiceNeeded extends ExitlabError {
  readonly missing: MissingChoice
  /** Tags or columns, to choose from. */
  readonly names: readonly FoundName[]

  constructor(
    message: string,
    {
      names,
      path,
      missing,
      example,
    }: { names: readonly FoundName[]; path: string; missing: MissingChoice; example: string },
  ) {
    const argument = missing === 'costs' ? ['--costs', example] : ['--map', `${missing}=${example}`]
    super('usage', message, { command: ['import', path, ...argument] })
    this.names = names
    this.missing = missing
  }
}

/** Lines that a refusal has at most. */
const mostListed = 30

/** The first lines of a list of any length, with how many more there are. */
export const listed = (lines: readonly string[]): string[] =>
  lines.length <= mostListed
    ? [...lines]
    : [...lines.slice(0, mostListed), `  and ${count(lines.length - mostListed)} more`]
