import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { printResult, type Context } from '../context.ts'
import { withExamples } from '../options.ts'

const script = () => readFileSync(new URL('../../../../resources/export_backbone.py', import.meta.url), 'utf8')

/** `export-backbone`: the Python program that exports a network of the user's own from PyTorch. */
export function addExportBackbone(program: Command, context: Context): void {
  const command = program
    .command('export-backbone')
    .description('print export_backbone.py, which exports a PyTorch network with its weights as an ONNX file')
    .action(() => printResult(context.stdout, script()))
  command.addHelpText('after', () => `\n${introduction(script())}`)
  withExamples(command, [
    ['exitlab export-backbone > export_backbone.py', 'save it'],
    ['python export_backbone.py timm:mobilenetv3_small_100 mobilenet.onnx --size 64', 'export a network'],
    ['exitlab network mobilenet.onnx', 'look at it'],
  ])
}

/** What the program says of itself. */
const introduction = (text: string) => text.split('"""')[1]!.trim()
