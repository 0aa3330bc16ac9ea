import { type Document, type Node, visit } from 'yaml'

/** Puts a copy of what it stands for in place of every alias, in a document whose aliases do not expand to too much. */
export function writeOutAliases(document: Document): void {
  const written = new Set<string>()
  visit(document, {
    Alias(_, alias) {
      written.add(alias.source)
      return Object.assign(alias.resolve(document)!.clone(), { comment: alias.comment }) as Node
    },
  })
  visit(document, {
    Value(_, node) {
      if (written.has(node.anchor ?? '')) delete node.anchor
    },
  })
}
