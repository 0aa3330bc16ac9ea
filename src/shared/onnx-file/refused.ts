import type { OnnxNode } from './model.ts'

/** That a file is none that ONNX allows; its message is the end of a sentence that begins with the file. */
export class Refused extends Error {}

export const exportAgain = 'export it again with export_backbone.py (exitlab export-backbone --help)'

/** What is wrong, what was expected, what to do. */
export const refused = (what: string, expected: string, remedy = exportAgain): Refused =>
  new Refused(`${what}; expected ${expected}: ${remedy}`)

/** A node as a part of a sentence: `Conv “/layer1/conv/Conv” of module layer1.conv`. */
export function nodeInWords({ operator, name, module }: Partial<OnnxNode>): string {
  return [operator, name && `“${name}”`, module && `of module ${module}`].filter(Boolean).join(' ')
}
