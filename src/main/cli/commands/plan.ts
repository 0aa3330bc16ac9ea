import type { Command } from 'commander'
import type { Plan } from '../../../contract/experiments.ts'
import type { ExperimentFile } from '../../../contract/experiment/experiment.ts'
import { plainText } from '../../../shared/text/plain-text.ts'
import { type Context, print, printJson, viewOf } from '../context.ts'
import { type JsonOption, withDevice, withExamples, withJson, withWorkspace, type WorkspaceOption } from '../options.ts'
import { startNotes, weightsSentence } from '../../../shared/network/weights-sentence.ts'
import { bytes, count, multiplyAdds, percent, plural } from '../../../shared/format/numbers.ts'
import { roughly } from '../../../shared/format/times.ts'
import type { View } from '../output/style.ts'
import { right, table } from '../output/table.ts'
import { tellingActivity } from '../progress/activity.ts'

interface PlanOptions extends WorkspaceOption, JsonOption {
  calibrate: boolean
  device?: string
}

export function addPlan(program: Command, context: Context): void {
  const command = program
    .command('plan')
    .description('print runs, phases, costs, time and memory of an experiment without training')
    .argument('<FILE>', 'experiment file')
    .option('--no-calibrate', 'do not time steps; omit the estimate of the time')
    .action((file: string, options: PlanOptions) => plan(context, file, options))
  withExamples(withJson(withWorkspace(withDevice(command))), [
    ['exitlab plan examples/quickstart.yaml', 'runs, phases, cost of each exit, time'],
    ['exitlab plan experiment.yaml --json', 'for scripts'],
  ])
}

async function plan(context: Context, file: string, options: PlanOptions): Promise<void> {
  const [{ readExperiment }, { locatedProblems, throwLocated }] = await Promise.all([
    import('../../host/experiments/file/read-experiment.ts'),
    import('../../host/experiments/file/locate-refusal.ts'),
  ])
  const experiment = await readExperiment(file)
  const { workspace, device } = options
  await using connection = await context.connect({ purpose: 'read', workspace, ...(device && { device }) })
  const { client } = connection
  const ask = () => client.experiments.plan({ ...experiment, calibrate: options.calibrate })
  const say = (text: string) => print(context.stderr, text)
  const planned = await tellingActivity(client, say, ask).catch((error: unknown) => throwLocated(error, experiment))
  const view = { ...experiment.file, ...viewOf(context) }
  if (options.json) printJson(context.stdout, plannedJson(planned))
  else print(context.stdout, planLines(planned, view))
  if (planned.obstacles.length > 0) throw locatedProblems(planned.obstacles, experiment)
}

/** The answer of `plan --json`. */
export function plannedJson(plan: Plan) {
  const { runs, phases, phasesUnshared, backboneMacs, exits, series, estimatedSeconds, memoryBytes, threads, starts } =
    plan
  const swept = isSwept(plan) ? { series, phasesUnshared } : {}
  const started = starts.length > 0 ? { starts } : {}
  return { runs, phases, backboneMacs, exits, estimatedSeconds, memoryBytes, threads, ...swept, ...started }
}

type PlanView = View & Pick<ExperimentFile, 'name' | 'training' | 'initial' | 'network' | 'regimes'>

function planLines(plan: Plan, view: PlanView): string[] {
  const { strong, faint } = view.style
  const done = plan.phasesDone === 0 ? '' : `, ${plan.phasesDone} of them trained`
  return [
    `${strong(plainText(view.name))}: ${plural(plan.runs, 'run')}, ${plural(plan.phases, 'distinct phase')}${done}`,
    '',
    ...(isSwept(plan) ? seriesTable(plan, view) : costTable(plan, view)),
    faint('Multiply-adds of one sample; each exit includes the heads before it.'),
    '',
    ...starts(plan, view),
    ...phaseLines(plan, view),
    estimate(plan, view),
    ...(plan.phases === plan.phasesDone
      ? []
      : [`Memory: about ${bytes(plan.memoryBytes)}. ${plural(plan.threads, 'thread')} for each run.`]),
    ...plan.caveats.map((caveat) => `Note: ${caveat}`),
  ]
}

function isSwept({ series }: Plan): boolean {
  return series.some(({ name, regime }) => name !== regime)
}

/** A line a series, and what of their phases is shared. */
function seriesTable({ series, phases, phasesUnshared }: Plan, { style, width }: PlanView): string[] {
  const rows = series.map(({ name, backboneMacs, exits }) => {
    const { macs: cost, fraction } = exits.at(-1)!
    return [name, String(exits.length), multiplyAdds(backboneMacs), multiplyAdds(cost), percent(fraction, 2)]
  })
  return [
    ...table(
      [{ header: 'series' }, right('exits'), right('backbone'), right('all exits'), right('% of backbone')],
      rows,
      { header: style.faint, width },
    ),
    ...(phases < phasesUnshared
      ? [`${count(phases)} phases are trained instead of ${count(phasesUnshared)}: series share equal phases.`]
      : []),
  ]
}

function costTable({ backboneMacs, exits }: Plan, { style, width }: PlanView): string[] {
  return table(
    [{ header: 'exit' }, right('after block'), right('cost'), right('% of backbone')],
    [
      ...exits.map(({ exit, block, macs: cost, fraction }) => [
        block === null ? 'final' : String(exit),
        block === null ? 'classifier' : String(block),
        multiplyAdds(cost),
        percent(fraction, 2),
      ]),
      ['backbone alone', '', multiplyAdds(backboneMacs), percent(1, 2)],
    ],
    { header: style.faint, width },
  )
}

/** Each phase in words, once: where another series has it as well, the first one says what it is. */
function phaseLines({ words }: Plan, { style }: PlanView): string[] {
  const said = new Set<string>()
  const lines = words.flatMap(({ series, phases }) => [
    style.strong(series),
    ...phases.map(({ name, sentence, own, shared, isUsed }, index) => {
      const first = shared.find((other) => said.has(other))
      const notes = [
        first === undefined ? sentence : `The same as in ${first}.`,
        ...(own === '' || first !== undefined ? [] : [`Of its own: ${own}.`]),
        ...(isUsed ? [] : ['No later phase starts from it.']),
      ]
      if (index === phases.length - 1) said.add(series)
      return `  ${index + 1} ${name}: ${notes.join(' ')}`
    }),
  ])
  return lines.length === 0 ? [] : [...lines, '']
}

/** What the file of weights gives, for each kind of first phase. */
function starts({ starts, series }: Plan, { initial, network }: PlanView): string[] {
  const file = initial?.weights ?? String(network['file'])
  const sentences = starts.map((start) => {
    const whose = start.series.length === series.length ? '' : `${start.series.join(', ')}: `
    const names = `${file} (names of ${start.title})`
    return `Starts from ${names}: ${whose}${weightsSentence(start)}.`
  })
  return [...sentences, ...startNotes(starts).map((note) => `Note: ${note}`)]
}

function estimate({ estimatedSeconds, phases, phasesDone }: Plan, { training, regimes }: PlanView): string {
  if (estimatedSeconds === null) return 'The time was not estimated.'
  if (phases === phasesDone) return 'All phases are trained.'
  const { totalEpochs, epochs, earlyStopping } = training
  const time = `Training takes ${roughly(estimatedSeconds)} on this machine`
  // Phases of regimes that the file writes may have epochs of their own.
  const differ = regimes.some((regime) => typeof regime !== 'string')
  const alike = differ ? 'each phase with its own epochs' : `${plural(epochs, 'epoch')} in each phase`
  const each = totalEpochs ? `${plural(totalEpochs, 'epoch')} in each regime` : alike
  return earlyStopping.patience === null ? `${time}: ${each}.` : `${time} if no phase stops early (${each}).`
}
