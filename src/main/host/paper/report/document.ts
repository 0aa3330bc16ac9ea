import { bytes, plural } from '../../../../shared/format/numbers.ts'
import { duration } from '../../../../shared/format/times.ts'
import { answersTable } from '../../../../shared/paper/paper-answers-table.ts'
import { claimsTable, testsTable } from '../../../../shared/paper/paper-claim-tables.ts'
import type { PaperFigure, PaperReport } from '../../../../shared/paper/paper-report.ts'
import { valueTable } from '../../../../shared/paper/paper-value-table.ts'
import { testRuleWords } from '../../../../shared/paper/paper-test-rule.ts'
import {
  claimRule,
  itemName,
  otherSettingMark,
  panelCaptions,
  verdictCounts,
} from '../../../../shared/paper/paper-words.ts'
import type { Table } from '../../../../shared/tables/table.ts'
import { textRows, textTable } from '../../../../shared/tables/text-table.ts'
import { checklistTable } from '../../exports/report/checklist.ts'
import { environmentTable } from '../../exports/report/environment.ts'
import { settingsTable } from '../../exports/report/settings.ts'
import { authorOf, paragraph, tablePart, type Part, type Report } from '../../../../shared/tables/report.ts'

/** The report of the paper from beginning to end. Its summary takes a page. */
export function paperDocument(report: PaperReport): Report {
  return {
    title: 'How to Train Your Multi-Exit Model? Tables, figures and claims, published and reproduced',
    subtitle: `Own runs ${scaleWords[report.scale]}.`,
    author: authorOf(report.environment.exitlab),
    createdAt: report.createdAt,
    sections: sectionsOf(report),
  }
}

function sectionsOf(report: PaperReport): Report['sections'] {
  return [
    { id: 'summary', title: 'Summary', parts: summary(report) },
    { id: 'claims', title: 'Claims', parts: claimParts(report) },
    { id: 'tables', title: 'Tables', parts: tables(report) },
    { id: 'figures', title: 'Figures', parts: report.figures.flatMap((figure) => figureParts(report, figure)) },
    { id: 'state', title: 'What is done', parts: [tablePart(stateTable(report))] },
    { id: 'settings', title: 'Settings', parts: settings(report) },
    { id: 'environment', title: 'Environment', parts: [tablePart(environment(report))] },
    {
      id: 'checklist',
      title: 'Reproducibility checklist',
      parts: [tablePart(checklistTable(report.checklist, checklistCaption))],
    },
    {
      id: 'tests',
      title: 'Tests of the claims',
      parts: [
        paragraph(
          'Letters number the settings of a printed table in its order: 1f is ViT-S on ImageNet-1k, the sixth of table 1.',
        ),
        ...report.claims.map((claim) => ({ ...tablePart(testsTable(claim)), folded: true })),
      ],
    },
  ]
}

const scaleWords = {
  paper: 'at the scale of the paper: its networks, data and settings',
  desk: 'at desk scale: the same experiments with narrow networks, small data sets and at most 20 epochs',
} as const

function summary({ scale, status, claims, testRule, environment }: PaperReport): Part[] {
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
        'A claim holds, or does not, where its difference is clear of chance over seeds, corrected for the number of claims. ' +
        'Percentages are budgets: the mean cost of a sample, of the backbone’s.',
    ),
    ...(claims.length === 0 ? [] : [paragraph(testRuleWords(testRule)), tablePart(answersTable({ claims, testRule }))]),
  ]
}

function claimParts({ claims, testRule, scale }: PaperReport): Part[] {
  if (claims.length === 0) return [paragraph('None of the tables of this report has a claim.')]
  const ofPaper =
    scale === 'paper' ? '' : ' Other numbers of points are those of the paper, whose networks and data are larger.'
  return [
    paragraph(
      `The claims were written down before the runs, in resources/paper-claims.yaml, of which “Environment” has the hash. ${claimRule} ${testRuleWords(testRule)}${ofPaper}`,
    ),
    tablePart(claimsTable({ claims, testRule })),
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
    blocks: textRows(rows),
  })
}

function settings({ settings, status }: PaperReport): Part[] {
  const experiments = new Map(status.experiments.map((each) => [each.file, each]))
  return [
    paragraph('Settings as the experiment files have them, with every default filled in.'),
    ...settings.map((each) => {
      const { file, name } = each
      const { phases, bytes: size = null } = experiments.get(file) ?? {}
      const more = [
        ...(phases ? [['phases', `${phases.done} of ${phases.all} trained, in ${duration(each.seconds)}`]] : []),
        ...(size === null ? [] : [['checkpoints', bytes(size)]]),
      ]
      return tablePart(settingsTable(each, { name: `settings-${file}`, caption: `${name} (${file}.yaml)`, more }))
    }),
  ]
}

const environment = ({ environment, claimsHash }: PaperReport): Table =>
  environmentTable(environment, [['SHA-256 of the claims', claimsHash]])

const checklistCaption =
  'The machine-learning reproducibility checklist (Pineau et al. 2021), filled in, and two questions about the paper itself.'
