import { bytes, plural } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import type { PaperFigure, PaperReport } from '../../../shared/paper-report.ts'
import { itemName, otherSettingMark, panelCaptions, verdictCounts } from '../../../shared/paper-words.ts'
import { claimParts, testParts } from './claim-parts.ts'
import { paragraph, type Part, type Section, type TextTable } from './content.ts'
import { valueTable } from './value-table.ts'

export const reportTitle = 'How to Train Your Multi-Exit Model? Tables, figures and claims, published and reproduced'

/** The report from beginning to end. */
export function reportSections(report: PaperReport): Section[] {
  return [
    { id: 'summary', title: 'Summary', parts: summary(report) },
    { id: 'claims', title: 'Claims', parts: claimParts(report) },
    { id: 'tables', title: 'Tables', parts: tables(report) },
    { id: 'figures', title: 'Figures', parts: report.figures.flatMap((figure) => figureParts(report, figure)) },
    { id: 'state', title: 'What is done', parts: [paragraph(stateIntroduction), stateTable(report)] },
    { id: 'settings', title: 'Settings', parts: settings(report) },
    { id: 'environment', title: 'Environment', parts: [paragraph(environmentIntroduction), environmentTable(report)] },
    {
      id: 'checklist',
      title: 'Reproducibility checklist',
      parts: [paragraph(checklistIntroduction), checklistTable(report)],
    },
    { id: 'tests', title: 'Tests of the claims', parts: testParts(report) },
  ]
}

const stateIntroduction = 'What is trained and analysed for each table and figure; several of them share runs.'
const environmentIntroduction =
  'Where and with what the runs were trained, as recorded beside the weights of each phase. Several values mean that phases differ.'
const checklistIntroduction =
  'The machine-learning reproducibility checklist (Pineau et al. 2021), filled in, and two questions about the paper itself.'

export const scaleWords = {
  paper: 'at the scale of the paper: its networks, data and settings',
  desk: 'at desk scale: the same experiments with narrow networks, small data sets and few epochs',
} as const

function summary({ scale, status, claims, environment }: PaperReport): Part[] {
  const done = (kind: 'table' | 'figure') => {
    const items = status.items.filter((item) => item.kind === kind)
    return `${items.filter(({ state }) => state === 'done').length} of ${plural(items.length, kind)}`
  }
  const verdicts = (of: 'published' | 'own') => verdictCounts(claims.map((claim) => claim[of]))
  const { runs, phases } = status.total
  return [
    paragraph(
      `This report puts own runs beside the published values of “How to Train Your Multi-Exit Model?” (ICML 2025). The own runs are ${scaleWords[scale]}. ` +
        `Complete are ${done('table')} and ${done('figure')}, with ${runs.done} of ${plural(runs.all, 'run')} and ${phases.done} of ${plural(phases.all, 'distinct phase')}.`,
    ),
    paragraph(
      `Of ${plural(claims.length, 'claim')}, on the published values: ${verdicts('published')}; on own runs: ${verdicts('own')}.`,
    ),
    paragraph(
      `Training took ${duration(environment.trainedSeconds)} over ${plural(environment.phases, 'phase')}, counted once each where runs share them.`,
    ),
    paragraph(
      `Rows say whether values are published or own. ${otherSettingMark} marks every own value of another setting (network, data or training) than the published one beside it. ` +
        'Thresholds of exit rules are chosen on the test set, as in the paper, so that own values are as optimistic as the published ones.',
    ),
  ]
}

function tables({ tables, status }: PaperReport): Part[] {
  return tables.flatMap((table): Part[] => {
    const isLast = tables.findLast(({ item }) => item === table.item) === table
    const note = isLast ? status.items.find(({ id }) => id === table.item)?.note : null
    return [{ kind: 'table', title: table.title, table: valueTable(table) }, ...(note ? [paragraph(note)] : [])]
  })
}

function figureParts({ scale }: PaperReport, { title, caption, panels, missing }: PaperFigure): Part[] {
  const why = missing === null ? [] : [paragraph(`${title}: ${missing}`)]
  if (panels.length === 0) return why
  const whose = scale === 'paper' ? 'Own runs' : `${otherSettingMark} Own runs of another setting than in the paper`
  const captions = panelCaptions(panels)
  const described = panels.map(({ name }, index) => ({ name, sentence: captions[index] ?? null }))
  return [{ kind: 'picture', title, caption: `${whose}: ${caption}`, panels: described }, ...why]
}

function stateTable({ status }: PaperReport): TextTable {
  return {
    kind: 'texts',
    caption: 'Tables and figures of the paper.',
    columns: [
      { title: 'Item', width: 0.12 },
      { title: 'Shows', width: 0.38 },
      { title: 'State', width: 0.1 },
      { title: 'Runs', width: 0.12 },
      { title: 'Analyses', width: 0.12 },
      { title: 'Exit rule', width: 0.16 },
    ],
    rows: status.items.map(({ title, state, runs, analyses, rule, ...item }) => [
      itemName(item),
      title,
      state,
      `${runs.done} of ${runs.all}`,
      analyses === null ? '' : `${analyses.done} of ${analyses.all}`,
      rule ?? 'default',
    ]),
  }
}

function settings({ settings, status }: PaperReport): Part[] {
  const experiments = new Map(status.experiments.map((each) => [each.file, each]))
  return [
    paragraph('Settings as the experiment files have them, with every default filled in.'),
    ...settings.map(({ file, name, values, seeds, seconds }): TextTable => {
      const { phases, bytes: size = null } = experiments.get(file) ?? {}
      return {
        kind: 'texts',
        caption: `${name} (${file}.yaml)`,
        columns: [
          { title: 'Setting', width: 0.18 },
          { title: 'Values', width: 0.82 },
        ],
        rows: [
          ...values.map(({ key, value }) => [key, value]),
          ['seeds', seeds.join(', ')],
          ...(phases ? [['phases', `${phases.done} of ${phases.all} trained, in ${duration(seconds)}`]] : []),
          ...(size === null ? [] : [['checkpoints', bytes(size)]]),
        ],
      }
    }),
  ]
}

function environmentTable({ environment }: PaperReport): TextTable {
  const { trainedSeconds, phases, threads, precisions, processors, devices, systems, node, tensorflow, exitlab } =
    environment
  const row = (name: string, values: readonly (string | number)[]) => [name, values.join('; ') || 'not recorded']
  return {
    kind: 'texts',
    caption: 'Machines, software and time.',
    columns: [
      { title: 'What', width: 0.25 },
      { title: 'Values', width: 0.75 },
    ],
    rows: [
      row('Processor', processors),
      row('Device of TensorFlow', devices),
      row('Threads of a run', threads),
      row('Precision', precisions),
      row('System', systems),
      row('Exitlab', exitlab),
      row('TensorFlow', tensorflow),
      row('Node.js', node),
      row('Training time', [`${duration(trainedSeconds)} for ${plural(phases, 'phase')}, wall time of their epochs`]),
    ],
  }
}

function checklistTable({ checklist }: PaperReport): TextTable {
  return {
    kind: 'texts',
    caption: 'Questions and answers.',
    columns: [
      { title: 'Question', width: 0.36 },
      { title: 'Answer', width: 0.1 },
      { title: 'Where', width: 0.54 },
    ],
    rows: checklist.map(({ question, answer, where }) => [question, answer, where]),
  }
}
