import ts from 'typescript'
import { parse as parseComponent } from 'vue/compiler-sfc'
import type { ImportKind } from './architecture.ts'

export interface Import {
  specifier: string
  kind: ImportKind
}

/** Every import and re-export of a module. */
export function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const here = importAt(node)
    if (here) found.push(here)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The module in a file; a single-file component's is its scripts. */
export function parse(file: string, text: string): ts.SourceFile {
  const code = file.endsWith('.vue') ? scriptsOf(text) : text
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
}

function scriptsOf(component: string): string {
  const { script, scriptSetup } = parseComponent(component).descriptor
  return [script, scriptSetup].map((block) => block?.content ?? '').join('\n')
}

function importAt(node: ts.Node): Import | null {
  if (ts.isImportDeclaration(node)) {
    return named(node.moduleSpecifier, isTypeOnly(node.importClause) ? 'type' : 'value')
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return named(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value')
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return named(node.argument.literal, 'type')
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isDynamic && node.arguments[0] ? named(node.arguments[0], 'lazy') : null
}

const isTypeOnly = (clause: ts.ImportClause | undefined) => clause?.phaseModifier === ts.SyntaxKind.TypeKeyword

const named = (node: ts.Node, kind: ImportKind): Import | null =>
  ts.isStringLiteralLike(node) ? { specifier: node.text, kind } : null

/** Whether a module has a default export. */
export function hasDefaultExport(source: ts.SourceFile): boolean {
  return source.statements.some(
    (statement) =>
      ts.isExportAssignment(statement) ||
      (ts.canHaveModifiers(statement) &&
        ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) ||
      (ts.isExportDeclaration(statement) &&
        statement.exportClause !== undefined &&
        ts.isNamedExports(statement.exportClause) &&
        statement.exportClause.elements.some(({ name }) => name.text === 'default')),
  )
}
