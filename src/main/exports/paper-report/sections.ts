import { bytes, plural } from '../../../shared/format/numbers.ts'
import { duration } from '../../../shared/format/times.ts'
import { answersTable, claimsTable, testsTable } from '../../../shared/paper-claim-tables.ts'
import type { PaperFigure, PaperReport } from '../../../shared/paper-report.ts'
import { valueTable } from '../../../shared/paper-value-table.ts'
import { claimRule, itemName, otherSettingMark, panelCaptions, verdictCounts } from '../../../shared/paper-words.ts'
import type { Table } from '../../../shared/table.ts'
import { textRow, textTable } from '../../../shared/text-table.ts'
import { paragraph, tablePart, type Part, type Section } from './content.ts'

export const reportTitle = 'How to Train Your Multi-Exit Model? Tables, figures and claims, published and reproduced'

/** The report from beginning to end. Its summary takes a page. */
export function reportSections(report: PaperReport): Section[] {
  return [
    { id: 'summary', title: 'Summary', parts: summary(report) },
    { id: 'claims', title: 'Claims', parts: claimParts(report) },
    { id: 'tables', title: 'Tables', parts: tables(report) },
    { id: 'figures', title: 'Figures', parts: report.figures.flatMap((figure) => figureParts(report, figure)) },
    { id: 'state', title: 'What is done', parts: [tablePart(stateTable(report))] },
    { id: 'settings', title: 'Settings', parts: settings(report) },
    { id: 'environment', title: 'Environment', parts: [tablePart(environmentTable(report))] },
    { id: 'checklist', title: 'Reproducibility checklist', parts: [tablePart(checklistTable(report))] },
    {
      id: 'tests',
      title: 'Tests of the claims',
      parts: report.claims.map((claim) => ({ ...tablePart(testsTable(claim)), folded: true })),
    },
  ]
}

export const scaleWords = {
  paper: 'at the scale of the paper: its networks, data and settings',
  desk: 'at desk scale: the same experiments with narrow networks, small data sets and few epochs',
} as const

function summary({ scale, status, claims, environment }: PaperReport): Part[] {
  const done = (kind: 'table' | 'figure') => {
    const items = status.items.filter((item) => item.kind === kind)
    return `${items.filter(({ state }) => state === 'done').length} of ${plural(items.length, kind)}`
  }
  const { runs } = status.total
  return [
    paragraph(
      '“How to Train Your Multi-Exit Model?” (ICML 2025) compares regimes for training a network with early exits: the backbone and then its exits (disjoint), all at once (joint), the backbone and then all (mixed), and four others. ' +
        `This report puts own runs beside its published values. The own runs are ${scaleWords[scale]}. ` +
        `Complete are ${done('table')} and ${done('figure')}, with ${runs.done} of ${plural(runs.all, 'run')}, trained for ${duration(environment.trainedSeconds)} in sum.`,
    ),
    paragraph(
      `Of ${plural(claims.length, 'claim')} on own runs: ${verdictCounts(claims.map(({ ownVerdict }) => ownVerdict))}. ` +
        'A claim holds, or does not, where its difference is clear of chance over seeds, corrected for the number of claims; the interval says how large it may be. ' +
        'Percentages are budgets: the mean cost of a sample, of the backbone’s.',
    ),
    ...(claims.length === 0 ? [] : [tablePart(answersTable(claims))]),
  ]
}

function claimParts({ claims, scale }: PaperReport): Part[] {
  if (claims.length === 0) return [paragraph('None of the tables of this report has a claim.')]
  const ofPaper =
    scale === 'paper' ? '' : ' Other numbers of points are those of the paper, whose networks and data are larger.'
  return [
    paragraph(
      `The claims were written down before the runs, in resources/paper-claims.yaml, of which “Environment” has the hash. ${claimRule}${ofPaper}`,
    ),
    tablePart(claimsTable(claims)),
  ]
}

function tables({ tables, status }: PaperReport): Part[] {
  return tables.flatMap((table): Part[] => {
    const isLast = tables.findLast(({ item }) => item === table.item) === table
    const note = isLast ? status.items.find(({ id }) => id === table.item)?.note : null
    return [tablePart(valueTable(table)), ...(note ? [paragraph(note)] : [])]
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

const rowsOf = (rows: readonly (readonly string[])[]): Table['blocks'] => [
  { title: null, rows: rows.map((row) => textRow(row)) },
]

function stateTable({ status }: PaperReport): Table {
  const rows = status.items.map(({ title, state, runs, analyses, rule, ...item }) => [
    itemName(item),
    title,
    state,
    `${runs.done} of ${runs.all}`,
    analyses === null ? '' : `${analyses.done} of ${analyses.all}`,
    rule ?? 'default',
  ])
  return textTable({
    name: 'state-table',
    caption: 'What is trained and analysed for each table and figure; several of them share runs.',
    heads: [{ title: 'Item', width: 0.12 }],
    columns: [
      { title: 'Shows', width: 0.38 },
      { title: 'State', width: 0.1 },
      { title: 'Runs', width: 0.12 },
      { title: 'Analyses', width: 0.12 },
      { title: 'Exit rule', width: 0.16 },
    ],
    blocks: rowsOf(rows),
  })
}

function settings({ settings, status }: PaperReport): Part[] {
  const experiments = new Map(status.experiments.map((each) => [each.file, each]))
  return [
    paragraph('Settings as the experiment files have them, with every default filled in.'),
    ...settings.map(({ file, name, values, seeds, seconds }) => {
      const { phases, bytes: size = null } = experiments.get(file) ?? {}
      const rows = [
        ...values.map(({ key, value }) => [key, value]),
        ['seeds', seeds.join(', ')],
        ...(phases ? [['phases', `${phases.done} of ${phases.all} trained, in ${duration(seconds)}`]] : []),
        ...(size === null ? [] : [['checkpoints', bytes(size)]]),
      ]
      return tablePart(
        textTable({
          name: `settings-${file}`,
          caption: `${name} (${file}.yaml)`,
          heads: [{ title: 'Setting', width: 0.18 }],
          columns: [{ title: 'Values', width: 0.82 }],
          blocks: rowsOf(rows),
        }),
      )
    }),
  ]
}

function environmentTable({ environment, claimsHash }: PaperReport): Table {
  const { trainedSeconds, phases, threads, precisions, processors, devices, systems, node, tensorflow, exitlab } =
    environment
  const row = (name: string, values: readonly (string | number)[]) => [name, values.join('; ') || 'not recorded']
  return textTable({
    name: 'environment-table',
    caption:
      'Where and with what the runs were trained, as recorded beside the weights of each phase. Several values mean that phases differ.',
    heads: [{ title: 'What', width: 0.25 }],
    columns: [{ title: 'Values', width: 0.75 }],
    blocks: rowsOf([
      row('Processor', processors),
      row('Device of TensorFlow', devices),
      row('Threads of a run', threads),
      row('Precision', precisions),
      row('System', systems),
      row('Exitlab', exitlab),
      row('TensorFlow', tensorflow),
      row('Node.js', node),
      row('SHA-256 of the claims', [claimsHash]),
      row('Training time', [`${duration(trainedSeconds)} for ${plural(phases, 'phase')}, wall time of their epochs`]),
    ]),
  })
}

function checklistTable({ checklist }: PaperReport): Table {
  return textTable({
    name: 'checklist-table',
    caption:
      'The machine-learning reproducibility checklist (Pineau et al. 2021), filled in, and two questions about the paper itself.',
    heads: [{ title: 'Question', width: 0.36 }],
    columns: [
      { title: 'Answer', width: 0.1 },
      { title: 'Where', width: 0.54 },
    ],
    blocks: rowsOf(checklist.map(({ question, answer, where }) => [question, answer, where])),
  })
}
