import { Document, isScalar, LineCounter, parseDocument, visit } from 'yaml'

interface YamlToken {
  kind: 'key' | 'text' | 'value' | 'comment' | 'plain'
  text: string
}

/** A configuration as YAML, with lists of numbers or words in one line. */
export function yamlText(configuration: unknown): string {
  const document = new Document(configuration)
  visit(document, {
    Seq(_, list) {
      list.flow = list.items.every((item) => isScalar(item))
    },
  })
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}

/** A YAML text in lines, each in the pieces that are coloured, with the keys that lead to the setting that begins there; null: none. */
export function yamlLines(text: string) {
  const paths = pathsOf(text)
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line, index) => ({ path: paths.get(index) ?? null, tokens: tokensOf(line) }))
}

/** Paths of the settings by the line that they begin on. */
function pathsOf(text: string): Map<number, string> {
  const lines = new LineCounter()
  const paths = new Map<number, string>()
  visit(parseDocument(text, { lineCounter: lines }), {
    Pair(_, pair, parents) {
      if (!isScalar(pair.key) || !pair.key.range) return
      const keys = [...parents, pair].flatMap((node) =>
        'key' in node && isScalar(node.key) ? [String(node.key.value)] : [],
      )
      paths.set(lines.linePos(pair.key.range[0]).line - 1, keys.join('.'))
    },
  })
  return paths
}

function tokensOf(line: string): YamlToken[] {
  const comment = line.slice(commentStart(line))
  const code = line.slice(0, line.length - comment.length)
  const key = /^(\s*(?:- )?)([^\s:#'"[{-][^:#]*)(:)(?=\s|$)/.exec(code)
  const tokens: YamlToken[] = []
  if (key) tokens.push({ kind: 'plain', text: key[1]! }, { kind: 'key', text: key[2]! }, { kind: 'plain', text: ':' })
  const rest = code.slice(key?.[0].length ?? 0)
  if (rest !== '') tokens.push({ kind: valueKind(rest.trim()), text: rest })
  tokens.push({ kind: 'comment', text: comment })
  return tokens.filter(({ text }) => text !== '')
}

/** Where a `#` begins a comment: behind a space, outside of quotes. */
function commentStart(line: string): number {
  const code = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#|[^#"']|(?<=\w)["'])*/.exec(line)![0]
  return code.length
}

function valueKind(value: string): YamlToken['kind'] {
  return /^(- )?(\[|\{|[-+.\d]+(e[-+]?\d+)?$|null$|true$|false$|~$)/i.test(value) ? 'value' : 'text'
}
