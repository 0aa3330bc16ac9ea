import {
  comparisonQuestion,
  defineExtension,
  defineReading,
  groupRuns,
  heatMapOption,
  mean,
  numberCell,
  z,
} from 'exitlab/extension'

/** Share of test samples (%) on which exits i and j predict the same class, over the seeds of each series. */
const reading = defineReading({
  info: {
    title: 'Agreement between exits',
    sentence: 'share of samples on which two exits predict the same',
    withoutImports: 'this table needs samples',
    needsClasses: true,
  },
  question: comparisonQuestion.pick({ runs: true }),
  answer: z.array(z.object({ experiment: z.string(), series: z.string(), shares: z.array(z.array(z.number())) })),
  compute: async () => ({
    async compute(sources, { runs: asked }) {
      const answer = []
      for (const { experiment, series, runs } of groupRuns(await sources.runs({ runs: asked, cost: 'macs' }))) {
        const seeds = await sources.outputs({ runs: runs.map(({ id }) => id), split: 'test' })
        const { exitCount, sampleCount } = seeds[0].predictions
        const exits = Array.from({ length: exitCount }, (_, exit) => exit)
        const classOf = (seed: (typeof seeds)[number], exit: number, sample: number) =>
          seed.predictions.classes[exit * sampleCount + sample]
        const shareOf = (seed: (typeof seeds)[number], i: number, j: number) => {
          const samples = Array.from({ length: sampleCount }, (_, sample) => sample)
          return samples.filter((sample) => classOf(seed, i, sample) === classOf(seed, j, sample)).length / sampleCount
        }
        const shares = exits.map((i) => exits.map((j) => 100 * mean(seeds.map((seed) => shareOf(seed, i, j)))))
        answer.push({ experiment, series, shares })
      }
      return answer
    },
  }),
  table: async () => ({
    table: (answer) => ({
      name: 'exit-agreement',
      caption: 'Share (%) of test samples on which two exits predict the same.',
      keys: [{ name: 'series' }, { name: 'exit' }],
      heads: [{ title: 'Exit', align: 'left' }],
      dimensions: ['other'],
      measures: [{ name: 'share', suffix: '' }],
      columns: answer[0]!.shares.map((_, exit) => ({
        ids: [exit],
        name: `exit ${exit}`,
        title: `exit ${exit}`,
        kind: 'number',
      })),
      blocks: answer.map(({ series, shares }) => ({
        title: series,
        rows: shares.map((row, exit) => ({
          keys: [series, exit],
          heads: [`exit ${exit}`],
          cells: row.map((share) => numberCell(share, 1)),
        })),
      })),
    }),
  }),
  figure: async () => ({
    figure: ([first]) => ({
      name: 'exit-agreement',
      sentence: `Exits of ${first!.series} agree on ${first!.shares[0]!.at(-1)!.toFixed(1)} % of samples, the first with the last.`,
      option: (frame) => {
        const names = first!.shares.map((_, exit) => `exit ${exit}`)
        const columns = names.map((label) => ({ label }))
        return heatMapOption({ rows: names, columns, values: first!.shares, low: 0, high: 100, decimals: 0 }, frame)
      },
    }),
  }),
})

export default defineExtension({ name: 'exit-agreement', readings: { 'exit-agreement': reading } })
