import { nodeInWords } from '../../../../shared/onnx-file/refused.ts'
import { ExitlabError } from '../../../../shared/basics/error.ts'

/** That a file cannot be used; `what`: the end of a sentence, and others that say what to do. */
export const fileRefused = (file: string, what: string): ExitlabError =>
  new ExitlabError('data', `The file ${file}: ${what}.`)

const rewrite =
  'Export with export_backbone.py (exitlab export-backbone --help), which writes operator set 17; ' +
  'where that is not enough, rewrite that part of the network with other operators.'

interface Refusal {
  node: { operator: string; module: string; name?: string }
  what: string
  remedy?: string | undefined
}

/** That a file cannot be used for one of its nodes: names the operator and its module, and says what to do. */
export function nodeRefused(file: string, { node, what, remedy = rewrite }: Refusal): ExitlabError {
  return new ExitlabError(
    'data',
    `The file ${file}: ${nodeInWords(node)}: ${[`${what}.`, remedy].filter(Boolean).join(' ')}`,
  )
}
