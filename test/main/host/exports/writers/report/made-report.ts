import type { DrawnPanel } from '../../../../../../src/main/host/exports/writers/report/html-page.ts'
import { pdfFigure } from '../../../../../../src/main/host/exports/writers/figure-pdf.ts'
import { readPublishedTables } from '../../../../../../src/main/host/comparison/evaluation/published.ts'
import { evaluateClaims } from '../../../../../../src/main/host/paper/claims/evaluate.ts'
import { readClaims } from '../../../../../../src/main/host/paper/claims/read-claims.ts'
import type { OwnValues, PaperReport, PaperTable } from '../../../../../../src/shared/paper/paper-report.ts'
import { mean, standardDeviation } from '../../../../../../src/shared/statistics/statistics.ts'

/** Text that means something to LaTeX, HTML and spreadsheets. */
export const hostile = `a<b>&amp; "x" \\input{/etc/passwd} $1_2^3$ 50 % #1 ~ {} =1+1 ’é中 </style><script>alert(1)</script>`

/** Tables with the published values and, as own values of seeds 1 to 3, nine tenths of them, more or less. */
async function madeTables({ name = 'Desk: network' }: { name?: string | undefined } = {}): Promise<PaperTable[]> {
  const tables = await readPublishedTables()
  return tables.map(({ id, title, task, budgets, network, data, rows }) => ({
    item: id.replace(/[a-f]$/, ''),
    id,
    title,
    task,
    budgets,
    publishedSetting: `${network}, ${data}`,
    ownSetting: name,
    sameSetting: false,
    experiments: [name],
    rows: rows.map(({ regime, variant, cells }, index) => {
      const ownSeeds = [1, 2, 3].map((seed) => ({
        seed,
        phase: `${id}-${index}-${seed}`,
        values: cells.map(
          (cell, column) => cell && cell.mean * (0.9 + 0.005 * Math.sin(7 * seed + 3 * index + column)),
        ),
      }))
      const own = cells.map((_, column) => {
        const values = ownSeeds.flatMap(({ values: all }) => all[column] ?? [])
        return values.length === 0 ? null : { mean: mean(values), std: standardDeviation(values), n: values.length }
      })
      return { regime, variant, published: cells, own, ownSeeds, equalEpochs: equalEpochsOf(id, own, ownSeeds) }
    }),
  }))
}

/** The same values, of other weights, in table 8. */
function equalEpochsOf(id: string, own: OwnValues['own'], seeds: OwnValues['ownSeeds']): OwnValues | null {
  return id === 'table-8' ? { own, ownSeeds: seeds.map((each) => ({ ...each, phase: `equal-${each.phase}` })) } : null
}

/** A report made by hand: one item of each kind, one experiment. */
export async function madeReport({ name = 'Desk: network' }: { name?: string | undefined } = {}): Promise<PaperReport> {
  const tables = await madeTables({ name })
  const { claims, sha256 } = await readClaims()
  const experiment = { file: 'resnet34-cifar100', name, id: 'abc', items: ['table-8', 'figure-7'] }
  const [runs, phases] = [
    { all: 14, done: 14 },
    { all: 24, done: 24 },
  ]
  return {
    scale: 'desk',
    createdAt: Date.UTC(2026, 10, 27),
    tables,
    claims: evaluateClaims(claims, tables),
    claimsHash: sha256,
    testRule: { since: Date.UTC(2026, 10, 26), firstRun: { by: Date.UTC(2026, 10, 25), isRecorded: true } },
    status: {
      scale: 'desk',
      items: [
        {
          id: 'table-8',
          kind: 'table',
          number: 8,
          title: 'ResNet-34, CIFAR-100',
          ownSetting: 'Residual network, Fashion-MNIST',
          experiments: [experiment.file],
          rule: null,
          state: 'done',
          runs,
          analyses: null,
          note: `Note: ${name}`,
        },
        {
          id: 'figure-3',
          kind: 'figure',
          number: 3,
          title: 'Mode connectivity',
          ownSetting: null,
          experiments: [experiment.file],
          rule: 'entropy',
          state: 'partial',
          runs,
          analyses: { kind: 'mode-connectivity', all: 3, done: 1 },
          note: null,
        },
      ],
      experiments: [
        {
          ...experiment,
          state: 'done',
          runs: { done: 14 },
          phases,
          remainingSeconds: 0,
          trainedSeconds: 4000,
          bytes: 5e6,
          problem: null,
        },
      ],
      total: { runs, phases, remainingSeconds: null, bytes: null },
    },
    figures: [
      {
        item: 'figure-7',
        title: 'Figure 7: ResNet-34',
        caption: `Accuracy of ${name}.`,
        panels: [{ name: 'figure-7', sentence: `A curve of ${name}.` }],
        missing: null,
      },
      { item: 'figure-3', title: 'Figure 3', caption: 'Paths.', panels: [], missing: '2 of 3 analyses are not done.' },
    ],
    settings: [
      {
        file: experiment.file,
        name,
        seeds: [1, 2],
        seconds: 4000,
        values: [{ key: 'network', value: `resnet, widths 6, 16, 32, ${name}` }],
      },
    ],
    environment: {
      exitlab: ['0.1.0'],
      node: ['v24.21.0'],
      tensorflow: ['2.20.0'],
      processors: ['AMD EPYC'],
      threads: [1],
      devices: ['cpu'],
      precisions: ['float32'],
      systems: ['linux x64'],
      trainedSeconds: 4000,
      phases: 24,
    },
    checklist: [{ question: 'Are seeds given?', answer: 'yes', where: name }],
  }
}

const drawing =
  '<svg xmlns="http://www.w3.org/2000/svg" width="72" height="44"><title>A square</title><defs><clipPath id="c0"><rect width="72" height="44"/></clipPath></defs><g clip-path="url(#c0)"><rect width="30" height="20" fill="#0072b2"/></g></svg>'

/** The panel of the made report. */
export async function madePanel(): Promise<DrawnPanel> {
  const drawn = { width: 72, height: 44 }
  return { name: 'figure-7', svg: drawing, pdf: await pdfFigure(drawing, { drawn, paper: null }) }
}
