import { isScalar, isSeq, LineCounter, parseDocument, visit } from 'yaml'
import type { Document, Node, Pair, Scalar } from 'yaml'
import { uniqueProblems, type FileProblem, type SourceLocation } from './file-problem.ts'
import { findRange, rangeOf } from './yaml-ranges.ts'

/** A YAML text as a value, with the location of every key and value in it. */
export interface YamlDocument {
  value: unknown
  /** Syntax problems; where there are any, `value` is not to be used. */
  syntax: FileProblem[]
  duplicates: FileProblem[]
  /** Location of a value or of its key; of the nearest enclosing key if the path does not exist. */
  locate(path: readonly PropertyKey[], part: 'key' | 'value'): SourceLocation
}

/** More aliases than any real file needs. Each is searched in the whole text, and its value may contain others. */
const mostAliases = 100

/** Reads YAML 1.2 (no custom tags, no merge keys, string keys only). Never throws: problems are returned. */
export function readYaml(text: string): YamlDocument {
  const counter = new LineCounter()
  const locationAt = (start: number, end: number): SourceLocation => {
    const { line, col } = counter.linePos(start)
    return { line: Math.max(1, line), column: Math.max(1, col), length: Math.max(1, end - start) }
  }
  const document = parseDocument(text, {
    lineCounter: counter,
    uniqueKeys: false,
    stringKeys: true,
    prettyErrors: false,
  })
  const syntax = syntaxProblems(document, locationAt)
  syntax.push(...(tooManyAliases(document, locationAt) ?? unknownAliases(document, locationAt)))
  syntax.push(...mergeKeys(document, locationAt))
  if (syntax.length > 0) return { value: undefined, syntax, duplicates: [], locate: () => locationAt(0, 1) }
  const expanded = expand(document)
  if (typeof expanded === 'string') return broken(locationAt(0, 1), expanded)
  return {
    value: expanded.value,
    syntax: [],
    duplicates: duplicateKeys(document, locationAt),
    locate: (path, part) => {
      const [start, end] = findRange(document, path, part)
      return locationAt(start, end)
    },
  }
}

/** Each problem once: a parser reports the end of a file for every bracket still open there, and anything once it is exhausted. */
function syntaxProblems({ errors, warnings }: Document.Parsed, locationAt: LocationAt): FileProblem[] {
  const exhaustion = errors.find(({ code }) => code === 'RESOURCE_EXHAUSTION')
  const all = exhaustion ? [exhaustion] : [...errors, ...warnings]
  const problems = all.map(({ code, message, pos }): FileProblem => {
    return { ...locationAt(pos[0], pos[1]), path: [], message: explainSyntax(code, message) }
  })
  return uniqueProblems(problems)
}

function broken(location: SourceLocation, message: string): YamlDocument {
  return { value: undefined, syntax: [{ ...location, path: [], message }], duplicates: [], locate: () => location }
}

function explainSyntax(code: string, message: string): string {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'tab used for indentation; YAML requires spaces'
    case 'MULTIPLE_DOCS':
      return 'a second YAML document starts here; expected one experiment in a file'
    case 'TAG_RESOLVE_FAILED':
      return `tags such as !name or !!name are not supported in experiment files (${message})`
    case 'RESOURCE_EXHAUSTION':
      return 'nested too deeply to be an experiment'
    case 'NON_STRING_KEY':
      return 'a key must be a plain word'
    default:
      return `not valid YAML: ${message}`
  }
}

/** The document as plain data; aliases are expanded as far as any honest file needs, else the refusal. */
function expand(document: Document.Parsed): { value: unknown } | string {
  try {
    return { value: document.toJS({ maxAliasCount: mostAliases }) }
  } catch (error) {
    if (error instanceof ReferenceError) return `aliases expand to too much: ${error.message}`
    throw error
  }
}

type LocationAt = (start: number, end: number) => SourceLocation

/** The first alias above the limit, as the only problem; null if there is none. */
function tooManyAliases(document: Document.Parsed, locationAt: LocationAt): FileProblem[] | null {
  const problems: FileProblem[] = []
  let seen = 0
  visit(document, {
    Alias: (_key, alias) => {
      if (++seen <= mostAliases) return undefined
      const message = `more than ${mostAliases} aliases; write out their values`
      problems.push({ ...locationAt(...(rangeOf(alias) ?? [0, 1])), path: [], message })
      return visit.BREAK
    },
  })
  return problems.length > 0 ? problems : null
}

function unknownAliases(document: Document.Parsed, locationAt: LocationAt): FileProblem[] {
  const problems: FileProblem[] = []
  visit(document, {
    Alias: (_key, alias) => {
      const range = rangeOf(alias)
      if (range === undefined || alias.resolve(document) !== undefined) return
      const message = `no anchor &${alias.source} before the alias *${alias.source}`
      problems.push({ ...locationAt(...range), path: [], message })
    },
  })
  return problems
}

/** Merge keys are of YAML 1.1, and would hide from form and messages where a setting stands. */
function mergeKeys(document: Document.Parsed, locationAt: LocationAt): FileProblem[] {
  const problems: FileProblem[] = []
  visit(document, {
    Pair: (_key, { key }) => {
      const range = isScalar(key) && key.value === '<<' ? rangeOf(key) : undefined
      if (range === undefined) return
      const message = 'merge keys (<<) are not of YAML 1.2; write out the keys, or name a whole value by an alias'
      problems.push({ ...locationAt(...range), path: [], message })
    },
  })
  return problems
}

function duplicateKeys(document: Document.Parsed, locationAt: LocationAt): FileProblem[] {
  const problems: FileProblem[] = []
  visit(document, {
    Map: (_key, map, ancestors) => {
      const first = new Map<string, number>()
      for (const pair of map.items) {
        const range = isScalar(pair.key) ? rangeOf(pair.key) : undefined
        if (range === undefined) continue
        const name = String((pair.key as Scalar).value)
        const location = locationAt(...range)
        const line = first.get(name)
        if (line === undefined) first.set(name, location.line)
        else
          problems.push({
            ...location,
            path: [...pathOf(ancestors), name],
            message: `key repeated from line ${line}; expected each key once`,
          })
      }
    },
  })
  return problems
}

/** Path of a node from its ancestors as `visit` gives them: document, collections and pairs, outermost first. */
function pathOf(ancestors: readonly (Document | Node | Pair)[]): (string | number)[] {
  return ancestors.flatMap((ancestor, index): (string | number)[] => {
    const next = ancestors[index + 1]
    if (isSeq(ancestor) && next !== undefined) return [(ancestor.items as unknown[]).indexOf(next)]
    return 'key' in ancestor && isScalar(ancestor.key) ? [String(ancestor.key.value)] : []
  })
}
