import { plural } from '../../../../shared/format/numbers.ts'
import { duration } from '../../../../shared/format/times.ts'
import { plainText } from '../../../../shared/text/plain-text.ts'
import { authorOf, paragraph, tablePart, type Part, type Report } from '../../../../shared/tables/report.ts'
import { captionOf, type Table } from '../../../../shared/tables/table.ts'
import { textRows, textTable } from '../../../../shared/tables/text-table.ts'
import { checklistTable } from './checklist.ts'
import { doneOf, type ComparisonReport } from './comparison.ts'
import type { ReportPanel } from './draw-panels.ts'
import { environmentTable } from './environment.ts'
import { settingsTable } from './settings.ts'
import type { Topic } from './topics.ts'

/** The figures of its sections, by the names that the sections have for them. */
export const panelsOf = ({ topics }: ComparisonReport): ReportPanel[] =>
  topics.flatMap(({ name, figures }) => figures.map((figure, at) => ({ name: panelName(name, at), figure })))

const panelName = (topic: string, at: number): string => (at === 0 ? topic : `${topic}-${at + 1}`)

/** The report from beginning to end. */
export function comparisonDocument(report: ComparisonReport): Report {
  const { experiments, createdAt, environment, topics, settings, checklist } = report
  const title = `Comparison of ${plainText(experiments.join(', '), 120)}`
  return {
    title,
    subtitle: `${doneOf(report.runs)}.`,
    author: authorOf(environment.exitlab),
    createdAt,
    sections: [
      { id: 'summary', title: 'Summary', parts: summaryParts(report) },
      ...topics
        .filter(({ tables, figures }) => tables.length + figures.length > 0)
        .map((topic) => ({ id: topic.name, title: topic.title, parts: topicParts(topic) })),
      { id: 'runs', title: 'Runs', parts: [tablePart(runsTable(report))] },
      {
        id: 'settings',
        title: 'Settings',
        parts: settings.map((each, at) =>
          tablePart(settingsTable(each, { name: `settings-${at + 1}`, caption: each.name })),
        ),
      },
      { id: 'environment', title: 'Environment', parts: [tablePart(environmentTable(environment))] },
      {
        id: 'checklist',
        title: 'Reproducibility checklist',
        parts: [tablePart(checklistTable(checklist, checklistCaption))],
      },
    ],
  }
}

const checklistCaption =
  'The machine-learning reproducibility checklist (Pineau et al. 2021), filled in as far as it follows from the runs.'

function summaryParts({ decision, caveats, environment, runs, topics }: ComparisonReport): Part[] {
  const series = new Set(runs.map((run) => `${run.experiment}\n${run.series}`)).size
  const missing = missingRows(topics)
  return [
    paragraph(decision),
    paragraph(
      `${plural(series, 'series', 'series')}; ${doneOf(runs)}, trained for ${duration(environment.trainedSeconds)} in sum. ` +
        'Thresholds, epochs and the best series are chosen on validation samples where a caption does not say otherwise.',
    ),
    ...caveats.map(({ sentence }) => paragraph(sentence)),
    ...(missing.length === 0 ? [] : [tablePart(missingTable(missing))]),
  ]
}

/** What is missing for the same reason stands in one row. */
function missingRows(topics: readonly Topic[]): string[][] {
  const all = topics.flatMap(({ title, missing }) =>
    missing.map(({ part, reason }) => ({ reason, what: part === 'all' ? title : `${title}: ${part}` })),
  )
  const groups = Map.groupBy(all, ({ reason }) => reason)
  return [...groups].map(([reason, members]) => [members.map(({ what }) => what).join('; '), reason])
}

const missingTable = (rows: readonly (readonly string[])[]) =>
  textTable({
    name: 'missing-table',
    caption: 'What this report does not have, and why.',
    heads: [{ title: 'Part', width: 0.25 }],
    columns: [{ title: 'Reason', width: 0.75 }],
    blocks: textRows(rows),
  })

/** Longer tables are files only: they are the data of figures. */
const mostRows = 60

function topicParts({ name, tables, figures }: Topic): Part[] {
  const panels = figures.map(({ sentence }, at) => ({ name: panelName(name, at), sentence }))
  const pictures: Part[] = panels.length === 0 ? [] : [{ kind: 'picture', title: '', caption: '', panels }]
  return [...pictures, ...tables.map(tableOrFile)]
}

function tableOrFile(table: Table): Part {
  const rows = table.blocks.flatMap((block) => block.rows).length
  if (rows <= mostRows) return tablePart(table)
  return paragraph(`${captionOf(table)} Its ${rows} rows are in tables/${table.name}.csv.`)
}

/** Series with their seeds, and those that are not done: none is left out in silence. */
function runsTable({ runs }: ComparisonReport) {
  const groups = Map.groupBy(runs, ({ experiment, series }) => `${experiment}\n${series}`)
  const rows = [...groups.values()].map((members) => {
    const [done, others] = [true, false].map((wanted) => members.filter((run) => (run.status === 'done') === wanted))
    return [
      members[0]!.experiment,
      members[0]!.series,
      done!.map(({ seed }) => seed).join(', '),
      others!.map(({ seed, status }) => `seed ${seed} ${status}`).join(', '),
    ]
  })
  return textTable({
    name: 'runs-table',
    caption: 'Series with the seeds that are read, and those that are not.',
    heads: [{ title: 'Experiment', width: 0.3 }],
    columns: [
      { title: 'Series', width: 0.3 },
      { title: 'Seeds', width: 0.15 },
      { title: 'Not done', width: 0.25 },
    ],
    blocks: textRows(rows),
  })
}
