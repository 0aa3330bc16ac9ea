import type { z } from 'zod'
import type { Figure } from '../figures/figure.ts'
import { ExitlabError } from '../shared/basics/error.ts'
import { readOnSentences, type ReadOn, type ReadSamples } from '../shared/evaluation/read-on.ts'
import type { Table } from '../shared/tables/table.ts'
import { problemsInWords, problemsOf } from '../shared/text/issue-words.ts'
import { aboutJson, aboutOf, aboutSentences } from './about.ts'
import type { ReadingSources } from './sources.ts'

/** Description of a reading, known before it is asked. */
interface ReadingInfo {
  title: string
  /** What it says, as the help of `exitlab compare --table` lists it. */
  sentence: string
  /** Why imported results have no place in it, as a clause: `this table needs samples`; null: they are read too. */
  withoutImports: string | null
  /** Whether it is of classifications alone: there is nothing of it to ask of a regression. */
  needsClasses: boolean
  /** Whether a screen has a panel of its own for it; default: its table and figure stand in Compare as they are exported. */
  placed?: boolean
  /**
   * `comparison` (default): of evaluated series beside one another; answers are kept while the evaluations are the same, and reports
   * have it. `runs`: of single runs or series, of what changes while they are trained, or asked anew with every move of a slider.
   */
  of?: 'comparison' | 'runs'
  /** On which samples its values are and thresholds were chosen, where that is not what it reads off the sources and what the protocol of its question says. */
  samples?: 'none' | { readOn?: 'asked'; thresholdsOn?: ReadSamples['thresholdsOn'] }
}

/** The parts of a reading, each loaded where it is needed. */
interface ReadingParts<Question extends z.ZodObject, Answer extends z.ZodType> {
  info: ReadingInfo
  /** Each with its default. */
  question: Question
  answer: Answer
  /** Reads what it needs off the sources; the rest is a pure function of it. */
  compute: () => Promise<{
    compute: (sources: ReadingSources, question: z.output<Question>) => Promise<z.input<Answer>>
  }>
  table?: () => Promise<{ table: (answer: z.output<Answer>, question: z.output<Question>) => Table }>
  figure?: () => Promise<{ figure: (answer: z.output<Answer>, question: z.output<Question>) => Figure }>
  /** The answer as `--json` prints it; default: as it is. */
  json?: (answer: z.output<Answer>) => unknown
}

/** What is said of evaluated runs, as host and command line use it: questions and answers are parsed by its schemas. */
export interface Reading {
  info: ReadingInfo
  question: z.ZodObject
  answer: z.ZodType
  hasTable: boolean
  hasFigure: boolean
  /** The question with its defaults. @throws ExitlabError `usage` for one that does not fit. */
  parse(question: unknown): unknown
  compute(sources: ReadingSources, parsed: unknown): Promise<unknown>
  /** Of an answer, and the parsed question that it is the answer to. @throws ExitlabError `usage` if it has none. */
  table(answer: unknown, parsed: unknown): Promise<Table>
  /** The same. @throws ExitlabError `usage` if it has none. */
  figure(answer: unknown, parsed: unknown): Promise<Figure>
  json(answer: unknown): unknown
}

export function defineReading<Question extends z.ZodObject, Answer extends z.ZodType>(
  parts: ReadingParts<Question, Answer>,
): Reading & { question: Question; answer: Answer } {
  const { info, question, answer } = parts
  const none = (noun: string) => new ExitlabError('usage', `${info.title} has no ${noun}.`)
  return {
    info,
    question,
    answer,
    hasTable: parts.table !== undefined,
    hasFigure: parts.figure !== undefined,
    parse(asked) {
      const { data, error } = question.safeParse(asked)
      if (error) throw refused(info, error)
      return data
    },
    async compute(sources, parsed) {
      const given = await (await parts.compute()).compute(sources, parsed as z.output<Question>)
      const { data, error } = answer.safeParse(given)
      if (error) throw new Error(`its answer does not fit its schema: ${problemsInWords(error, 'the answer')}`)
      return data
    },
    async table(given, parsed) {
      if (!parts.table) throw none('table')
      const made = (await parts.table()).table(given as z.output<Answer>, parsed as z.output<Question>)
      return { ...made, about: aboutSentences(given) }
    },
    async figure(given, parsed) {
      if (!parts.figure) throw none('figure')
      const made = (await parts.figure()).figure(given as z.output<Answer>, parsed as z.output<Question>)
      const said = [...readOnSentences(given as ReadOn), ...aboutSentences(given)]
      return { ...made, sentence: [made.sentence, ...said].join(' ') }
    },
    json: (given) => aboutJson(parts.json ? parts.json(answer.parse(given)) : given, aboutOf(given)),
  }
}

/** Says where the question does not fit, as the contract says it of a request. */
function refused({ title }: ReadingInfo, error: z.ZodError): ExitlabError {
  return new ExitlabError('usage', `${title}: ${problemsInWords(error, 'the question')}`, {
    problems: problemsOf(error),
  })
}
