import { defineExtension, type Regime } from 'exitlab/extension'

/** The backbone, then the heads alone, then everything at a tenth of the learning rate. */
const regime: Regime = {
  info: {
    title: 'Freeze–thaw',
    sentence: 'Trains the backbone, then the heads on the frozen backbone, then all of it more slowly.',
    paper: 'none',
  },
  phases: [
    { trains: 'backbone' },
    { trains: 'heads' },
    { trains: 'all', learningRates: { backbone: 0.1, heads: 0.1 } },
  ],
}

export default defineExtension({ name: 'freeze-thaw', regimes: { 'freeze-thaw': regime } })
