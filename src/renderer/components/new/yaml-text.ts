import { Document, isCollection, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml'
import type { Node, Scalar, YAMLSeq } from 'yaml'
import { writeOutAliases } from '../../../shared/basics/yaml-aliases.ts'
import { TypedText } from '../setting/setting-value.ts'
import { layoutOf, spliced, unpadded } from './yaml-lines.ts'

export type SettingPath = readonly (string | number)[]

/** An item of a list. */
export type Item = string | number | null | TypedText

/** The values of a text, or the parser's error message. */
type YamlReading = { values: Record<string, unknown> } | { fault: string }

/** The values in a YAML text, without defaults. */
export function readYamlText(text: string): YamlReading {
  const document = parse(text)
  const [fault] = document.errors
  if (fault !== undefined) return { fault: fault.message.split('\n')[0]! }
  const values = plainValue(document)
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    return { fault: 'An experiment file must be a YAML mapping of keys and values' }
  }
  return { values: values as Record<string, unknown> }
}

/** A value as its author wrote it: `5e-4` rather than 0.0005; undefined where nothing is written. */
export function writtenValue(text: string, path: SettingPath): string | undefined {
  const node = writtenOut(parse(text)).getIn(path, true) as Node | undefined
  if (node === undefined) return undefined
  if (isScalar(node)) return node.source ?? String(node.value)
  return new Document(node).toString({ lineWidth: 0, ...style }).trim()
}

/** The text with another value at a path, which is added where there is none. Comments, order and every other line stay. */
export function withValue(text: string, path: SettingPath, value: unknown): string {
  return edited(text, (document) => {
    const node = isScalarValue(value)
      ? scalarNode(document, value)
      : document.createNode(value, { flow: isFlat(value) })
    const before = document.getIn(path, true)
    if (isScalar(before) && isScalar(node)) return replaceScalar(before, node)
    if (isNode(before)) node.comment = before.comment
    makeRoom(document, path)
    document.setIn(path, node)
  })
}

/** The text without a key. A section that is empty then goes too, unless it is one of `kept`. */
export function withoutValue(text: string, path: SettingPath, kept: readonly string[] = []): string {
  return edited(text, (document) => {
    document.deleteIn(path)
    for (let length = path.length - 1; length > 0; length--) {
      const section = document.getIn(path.slice(0, length), true)
      if (!isMap(section) || section.items.length > 0 || kept.includes(path.slice(0, length).join('.'))) return
      document.deleteIn(path.slice(0, length))
    }
  })
}

/** The text with these items in a list; existing items keep their comments and formatting. */
export function withItems(text: string, path: SettingPath, items: readonly Item[]): string {
  return edited(text, (document) => {
    const before = document.getIn(path, true)
    const list = isSeq(before) ? before : (document.createNode([], { flow: true }) as YAMLSeq)
    // A mapping goes by its name.
    const valueOf = (item: unknown) => (isMap(item) ? item.get('name') : isScalar(item) ? item.value : undefined)
    const existing = [...list.items]
    list.items = items.map((item) => {
      const node = scalarNode(document, item)
      return existing.find((each) => valueOf(each) === node.value) ?? node
    })
    if (list === before) return
    makeRoom(document, path)
    document.setIn(path, list)
  })
}

/** Items of a list in another order: existing ones by their index (again: a copy), new ones as mappings. They keep comments and formatting. */
export type Order = readonly (number | Readonly<Record<string, unknown>>)[]

/** The text with a list in this order; mappings stand below one another. */
export function withOrder(text: string, path: SettingPath, order: Order): string {
  return edited(text, (document) => {
    const before = document.getIn(path, true)
    const list = isSeq(before) ? before : (document.createNode([]) as YAMLSeq)
    const existing = [...list.items] as Node[]
    moveFirstComment(list)
    const used = new Set<number>()
    list.items = order.map((item) => {
      if (typeof item !== 'number') return blockNode(document, item)
      const node = used.has(item) ? (existing[item]!.clone() as Node) : existing[item]!
      used.add(item)
      return node
    })
    if (list.items.some((item) => isMap(item))) list.flow = false
    if (list === before) return
    makeRoom(document, path)
    document.setIn(path, list)
  })
}

/** What stands above the first item is of that item, not of the list, and goes where it goes. */
function moveFirstComment(list: YAMLSeq): void {
  const [first] = list.items
  if (!list.commentBefore || !isNode(first)) return
  first.commentBefore = [list.commentBefore, first.commentBefore].filter(Boolean).join('\n')
  list.commentBefore = undefined
}

/** A mapping in lines; lists of words and numbers stay in one. */
function blockNode(document: ReturnType<typeof parse>, value: object): Node {
  const node = document.createNode(value) as Node
  visit(node, {
    Seq(_, list) {
      list.flow = list.items.every((item) => isScalar(item))
    },
  })
  return node
}

const style = { flowCollectionPadding: true } as const

function parse(text: string) {
  return parseDocument(text, { stringKeys: true, uniqueKeys: false, prettyErrors: false })
}

function plainValue(document: ReturnType<typeof parse>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch {
    return null
  }
}

function edited(text: string, edit: (document: ReturnType<typeof parse>) => void): string {
  const document = parse(text)
  const layout = layoutOf(text)
  const before = linesOf(document, layout)
  edit(writtenOut(document))
  const after = linesOf(document, layout)
  const result = spliced(text.split('\n'), before, after).join('\n')
  const meaning = (of: typeof document) => JSON.stringify(plainValue(of))
  // Among lines that are indented in several ways, new ones may mean something else.
  return meaning(parse(result)) === meaning(document) ? result : after.map(unpadded).join('\n')
}

/** An edit of one place shall not be one of another. */
function writtenOut(document: ReturnType<typeof parse>): ReturnType<typeof parse> {
  if (plainValue(document) !== null) writeOutAliases(document)
  return document
}

function linesOf(document: ReturnType<typeof parse>, layout: ReturnType<typeof layoutOf>): string[] {
  return document.toString({ lineWidth: 0, ...style, ...layout }).split('\n')
}

function isScalarValue(value: unknown): value is string | number | boolean | null | TypedText {
  return value === null || typeof value !== 'object' || value instanceof TypedText
}

function isFlat(value: unknown): boolean {
  return Object.values(value as object).every((each) => typeof each !== 'object' || each === null)
}

function scalarNode(document: ReturnType<typeof parse>, value: string | number | boolean | null | TypedText): Scalar {
  if (value instanceof TypedText) return parse(value.text).contents as Scalar
  return document.createNode(value) as Scalar
}

function replaceScalar(before: Scalar, after: Scalar): void {
  before.value = after.value
  before.format = after.format
  before.minFractionDigits = after.minFractionDigits
  before.source = after.source
}

/** Makes a key without a value, or with another value, a section. */
function makeRoom(document: ReturnType<typeof parse>, path: SettingPath): void {
  for (let length = 1; length < path.length; length++) {
    const part = path.slice(0, length)
    const value: unknown = document.getIn(part, true)
    if (value !== undefined && !isCollection(value)) document.deleteIn(part)
  }
}
