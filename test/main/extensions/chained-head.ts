import type { ExitHead, Head, HeadEntry, HeadOptions } from '../../../src/engine/heads/head.ts'
import { relu } from '../../../src/engine/layers/activation.ts'
import { linear } from '../../../src/engine/layers/linear.ts'
import { inGroup } from '../../../src/engine/layers/parameter.ts'
import { globalAverage } from '../../../src/engine/layers/pooling.ts'
import { sequential } from '../../../src/engine/layers/composition.ts'
import { tf } from '../../../src/engine/tf.ts'

const stateSize = 4

/** The logits of an exit are one linear layer, the same for all exits, on the sum of its own state and those of earlier heads. */
const head: Head = {
  info: {
    title: 'Chained',
    summary: 'One linear layer on the sum of the states of all heads so far.',
    paper: 'After Liao et al. 2021, a global past-future early exit method',
  },
  create,
}

export const chained: HeadEntry = { notes: '`fc`.', reads: { feature: 'map', states: true }, load: async () => head }

function create(name: string, { input, classes, states }: HeadOptions): ExitHead {
  const average = globalAverage(name, input.shape)
  const options = { inputShape: average.outputShape, features: stateSize, inputUnits: input.units }
  const own = sequential([average, linear(`${name}.state`, options), relu(`${name}.state`, [stateSize])])
  const output = inGroup('chained', linear('chained.output', { inputShape: [stateSize], features: classes }))
  return {
    parameters: own.parameters,
    shared: output.parameters,
    operations: [
      ...own.operations,
      ...states.map(() => ({ module: name, kind: 'add' as const, sizes: { elements: stateSize } })),
      ...output.operations,
    ],
    state: { shape: [stateSize] },
    apply(context, features, earlier) {
      const state = own.apply(context, features)
      return { logits: output.apply(context, tf.addN([...earlier, state])), state }
    },
  }
}
