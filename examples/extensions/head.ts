import { defineExtension, engine, type HeadEntry } from 'exitlab/extension'

/** Two linear layers with ReLU between them, on the mean of a map; as many hidden units as the map has channels. */
const head: HeadEntry = {
  reads: { feature: 'map' },
  notes: 'the mean over height and width, `fc1`, ReLU and `fc2`.',
  async load() {
    const { globalAverage, layerHead, linear, relu, sequential } = await engine()
    return {
      info: { title: 'Two layers', summary: 'Two linear layers on the mean of the map.', paper: 'none' },
      create(name, { input, classes }) {
        const average = globalAverage(name, input.shape)
        const [channels] = average.outputShape as [number]
        const hidden = { group: name }
        const first = linear(`${name}.fc1`, {
          inputShape: [channels],
          features: channels,
          inputUnits: input.units,
          outputUnits: hidden,
        })
        const second = linear(`${name}.fc2`, { inputShape: [channels], features: classes, inputUnits: hidden })
        return layerHead(sequential([average, first, relu(name, [channels]), second]))
      },
    }
  },
}

export default defineExtension({ name: 'two-layers', heads: { 'two-layers': head } })
