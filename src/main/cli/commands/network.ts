import { resolve } from 'node:path'
import type { Command } from 'commander'
import { ExitlabError } from '../../../shared/basics/error.ts'
import { count, multiplyAdds, percent } from '../../../shared/format/numbers.ts'
import { skipInWords, type NetworkReport } from '../../../shared/network/network-file.ts'
import { type Context, print, printJson, viewOf } from '../context.ts'
import {
  type JsonOption,
  positiveInteger,
  withExamples,
  withJson,
  withWorkspace,
  type WorkspaceOption,
} from '../options.ts'
import type { View } from '../output/style.ts'
import { right, table } from '../output/table.ts'

interface NetworkOptions extends WorkspaceOption, JsonOption {
  size?: number
  sites?: string[]
}

/** `network FILE`: a network of the user's own, before an experiment names it. */
export function addNetwork(program: Command, context: Context): void {
  const command = program
    .command('network')
    .description('show a network of your own: operators, exit sites and their costs, or why it cannot be used')
    .argument('<FILE>', 'ONNX file (exitlab export-backbone)')
    .option('--size <PIXELS>', 'height and width of the images (default: as exported)', positiveInteger)
    .option(
      '--sites <MODULES>',
      'modules that blocks end with, such as layer1,layer2 (default: repeated modules)',
      (text) => text.split(','),
    )
    .action((file: string, options: NetworkOptions) => showNetwork(context, file, options))
  withExamples(withJson(withWorkspace(command)), [
    ['exitlab network mobilenet.onnx', 'blocks, shapes and costs'],
    ['exitlab network mobilenet.onnx --size 96', 'with images of 96 × 96 pixels'],
    ['exitlab network mobilenet.onnx --json', 'all fields'],
  ])
}

async function showNetwork(context: Context, file: string, { size, sites, json, workspace }: NetworkOptions) {
  if (sites?.length === 1) throw new ExitlabError('usage', 'Expected two or more modules in --sites.')
  await using connection = await context.connect({ purpose: 'read', workspace })
  const report = await connection.client.networks.describe({
    path: resolve(context.workingFolder, file),
    ...(size !== undefined && { side: [size, size] }),
    ...(sites && { sites }),
  })
  if (json) return printJson(context.stdout, report)
  print(context.stdout, reportLines(report, { file, ...viewOf(context) }))
}

function reportLines(report: NetworkReport, { file, style, width }: View & { file: string }): string[] {
  const {
    title,
    inputShape,
    vocabulary,
    classes,
    parameters,
    operators,
    feature,
    matchedShare,
    noEquilibrium,
    notes,
    skips,
  } = report
  const counts = Object.entries(operators).map(([name, nodes]) => `${name} ${nodes}`)
  return [
    style.strong(title),
    `Input          ${vocabulary === null ? inputShape.join(' × ') : `${inputShape[0]} tokens of ${count(vocabulary)}`}`,
    `Outputs        ${count(classes)}`,
    `Parameters     ${count(parameters)}`,
    `Multiply-adds  ${multiplyAdds(report.backboneMacs)}`,
    `Heads read     ${feature}`,
    `Operators      ${counts.join(', ')}`,
    `Weight matching permutes units in arrays of ${percent(matchedShare)} % of the parameters.`,
    ...(noEquilibrium === null ? [] : [`Gradient equilibrium cannot be used: ${noEquilibrium}.`]),
    ...notes,
    '',
    style.strong('Blocks'),
    ...siteTable(report, { style, width }),
    ...skips.map(skipInWords),
    '',
    `In an experiment: network: { family: onnx, file: ${file}, exits: all }`,
  ]
}

function siteTable({ sites, backboneMacs }: NetworkReport, { style, width }: View): string[] {
  const columns = [
    right('Block'),
    { header: 'Ends with module' },
    right('Shape'),
    right('Multiply-adds'),
    right('Of all'),
  ]
  const rows = sites.map(({ module, shape, macs }, block) => [
    String(block),
    module,
    shape.join(' × '),
    multiplyAdds(macs),
    percent(macs / backboneMacs),
  ])
  return table(columns, rows, { header: style.strong, indent: 2, width })
}
