import { baseOption, defineAnalysis, defineExtension, numberCell, z } from 'exitlab/extension'

/** ‖w‖ₚ of every parameter of a run. */
const analysis = defineAnalysis({
  info: {
    title: 'Weight norm',
    sentence: 'How large the parameters of a network are.',
    paper: 'none',
    runs: 1,
    version: 1,
  },
  parameters: z.strictObject({ order: z.int().min(1).max(2).default(2).describe('p of the norm.') }),
  result: z.object({ norms: z.array(z.object({ name: z.string(), norm: z.number() })), caveats: z.array(z.string()) }),
  compute: async () => ({
    async compute({ parameters: { order }, models, plan, part, preview }) {
      const [model] = models
      const norms: { name: string; norm: number }[] = []
      const result = () => ({ norms: [...norms], caveats: ['Larger is not better.'] })
      plan(model!.network.parameters.length)
      for (const { name } of model!.network.parameters) {
        const [norm] = await part(name, async () => [normOf(model!.weights[name]!.values, order)])
        norms.push({ name, norm: norm! })
        preview(result)
      }
      return result()
    },
  }),
  tables: async () => ({
    tables: {
      norms: ({ answers, subjects }) => ({
        name: 'norms',
        caption: `Norm of every parameter of ${subjects.join(', ')}.`,
        keys: [{ name: 'parameter' }],
        heads: [{ title: 'Parameter', align: 'left' }],
        dimensions: ['run'],
        measures: [{ name: 'norm', suffix: '' }],
        columns: answers.map(({ runs: [run] }) => ({
          ids: [run!.name],
          name: run!.name,
          title: run!.name,
          kind: 'number',
        })),
        blocks: [
          {
            title: null,
            rows: answers[0]!.result.norms.map(({ name }, index) => ({
              keys: [name],
              heads: [name],
              cells: answers.map(({ result }) => numberCell(result.norms[index]?.norm, 2)),
            })),
          },
        ],
      }),
    },
  }),
  figures: async () => ({
    figures: {
      norms: ({ answers }) => ({
        name: 'norms',
        sentence: 'Norm of every parameter.',
        option: (frame) => ({
          ...baseOption(frame),
          grid: { left: 40, right: 10, top: 10, bottom: 30 },
          xAxis: { type: 'category' },
          yAxis: { type: 'value' },
          series: answers.map(({ result }) => ({ type: 'line', data: result.norms.map(({ norm }) => norm) })),
        }),
      }),
    },
  }),
})

function normOf(values: ArrayLike<number>, order: number): number {
  const sum = Array.from(values).reduce((total, value) => total + Math.abs(value) ** order, 0)
  return sum ** (1 / order)
}

export default defineExtension({ name: 'weight-norm', analyses: { 'weight-norm': analysis } })
