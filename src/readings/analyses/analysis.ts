import type { z } from 'zod'
import type { Figure } from '../../figures/figure.ts'
import type { AnalysisRequest, Compute } from '../../engine/analyses/analysis.ts'
import type { AnalysedRun } from '../../shared/evaluation/analysis.ts'
import { ExitlabError } from '../../shared/basics/error.ts'
import { problemsInWords, problemsOf } from '../../shared/text/issue-words.ts'
import { openedIn, readOnSentences, type ReadOn } from '../../shared/evaluation/read-on.ts'
import type { NetworkOutline, NetworkSpec } from '../../shared/network/network.ts'
import type { Table } from '../../shared/tables/table.ts'
import type { AnalysisInfo } from './analysis-info.ts'
import { withParameters } from './parameter-columns.ts'

/** A run with what tables and figures say of it. */
export interface FoundRun extends AnalysedRun, Pick<ReadOn, 'testOpenedAt'> {
  /** Name of its experiment, with its id where another one of those found has the same. */
  experiment: string
  network: NetworkSpec
  outline: NetworkOutline
  /** Its last phase, and the epoch of the analysed weights. */
  phase: string
  keptEpoch: number | null
}

/** Results of one analysis with one setting, of several runs or pairs of runs. */
export interface Found<Parameters, Result> {
  parameters: Parameters
  /** At least one. */
  answers: readonly {
    runs: readonly FoundRun[]
    result: Result
    /** False: it is still being computed. */
    whole: boolean
  }[]
  /** Names of the experiments. */
  subjects: readonly string[]
}

/** `print`: for people, in a terminal or a paper; `data`: for programs. */
export type TableForm = 'print' | 'data'
type MakeTable<Parameters, Result> = (found: Found<Parameters, Result>, options: unknown, form: TableForm) => Table
type MakeFigure<Parameters, Result> = (found: Found<Parameters, Result>, options: unknown) => Figure

/** By name; the first is the one where none is named. */
export type AnalysisTables<Parameters, Result> = Record<string, MakeTable<Parameters, Result>>
export type AnalysisFigures<Parameters, Result> = Record<string, MakeFigure<Parameters, Result>>

/** Fields of every result. */
interface AnalysisAnswer {
  /** Limits of the result; whole sentences. */
  caveats: string[]
}

/** The parts of an analysis, each loaded where it is needed. */
interface AnalysisParts<Parameters extends z.ZodObject, Result extends z.ZodType<AnalysisAnswer>> {
  info: AnalysisInfo
  /** Each with its default and a description. */
  parameters: Parameters
  result: Result
  /** Of an analysis that measures losses of exits: a result without those on test samples. With `split: test` nothing is left of it, with `split: train` all of it. */
  withoutTest?: (result: z.output<Result>) => z.output<Result>
  compute: () => Promise<{ compute: Compute<z.output<Parameters>, z.output<Result>> }>
  tables: () => Promise<{ tables: AnalysisTables<z.output<Parameters>, z.output<Result>> }>
  figures: () => Promise<{ figures: AnalysisFigures<z.output<Parameters>, z.output<Result>> }>
}

/** Which table or figure is made, with options of its own; the first one where none is named. */
export interface Choice {
  name?: string
  options: Readonly<Record<string, unknown>>
}

/** An analysis as host, trainer and command line use it: all inputs are parsed by its schemas. */
export interface Analysis {
  info: AnalysisInfo
  parameters: z.ZodObject
  result: z.ZodType<AnalysisAnswer>
  /** As of its parts, of a result as its schema has it; absent: it measures no losses. */
  withoutTest?: (result: unknown) => AnalysisAnswer
  compute(request: AnalysisRequest<unknown, unknown>): Promise<unknown>
  /** @throws ExitlabError `usage` if there is no such table, or it cannot be made of these results. */
  table(found: Found<unknown, unknown>, choice: Choice, form: TableForm): Promise<Table>
  /** @throws ExitlabError `usage` if there is no such figure, or it cannot be drawn of these results. */
  figure(found: Found<unknown, unknown>, choice: Choice): Promise<Figure>
}

export function defineAnalysis<Parameters extends z.ZodObject, Result extends z.ZodType<AnalysisAnswer>>(
  parts: AnalysisParts<Parameters, Result>,
): Analysis {
  const { info, parameters, result, withoutTest } = parts
  const checked = (found: Found<unknown, unknown>) => ({
    ...found,
    parameters: parameters.parse(found.parameters),
    answers: found.answers.map((answer) => ({ ...answer, result: result.parse(answer.result) })),
  })
  return {
    info,
    parameters,
    result,
    ...(withoutTest && { withoutTest: (found: unknown) => withoutTest(result.parse(found)) }),
    async compute(request) {
      const { compute } = await parts.compute()
      return compute({ ...request, parameters: parameters.parse(request.parameters) })
    },
    async table(found, { name, options }, form) {
      const { tables } = await parts.tables()
      const made = checked(found)
      const table = withParameters(
        named(tables, name, `table of ${info.title.toLowerCase()}`)(made, options, form),
        made,
      )
      return withoutTest ? { ...table, notes: [...(table.notes ?? []), ...openedNotes(found)] } : table
    },
    async figure(found, { name, options }) {
      const { figures } = await parts.figures()
      return named(figures, name, `figure of ${info.title.toLowerCase()}`)(checked(found), options)
    },
  }
}

/** What is said of test losses of sweeps that were opened; nothing of those on training samples. */
function openedNotes({ parameters, answers }: Found<unknown, unknown>): string[] {
  const { split } = parameters as { split?: unknown }
  return split === 'train' ? [] : readOnSentences(openedIn(answers.flatMap(({ runs }) => runs)))
}

function named<Entry>(entries: Readonly<Record<string, Entry>>, name: string | undefined, noun: string): Entry {
  const entry = name === undefined ? Object.values(entries)[0] : Object.hasOwn(entries, name) && entries[name]
  if (entry) return entry
  throw new ExitlabError('usage', `There is no ${noun} "${name}". Expected one of ${Object.keys(entries).join(', ')}.`)
}

/** Options as their schema has them. @throws ExitlabError `usage` where they do not fit. */
export function parsed<Options extends z.ZodType>(schema: Options, options: unknown): z.output<Options> {
  const { data, error } = schema.safeParse(options)
  if (error) throw new ExitlabError('usage', problemsInWords(error, 'the options'), { problems: problemsOf(error) })
  return data as z.output<Options>
}
