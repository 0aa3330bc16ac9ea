import type { LatencyAnswer, SeriesLatency } from '../../../src/readings/latency/schema.ts'

/** A time, its share and twice the time as that of 95 % of the rounds. */
const time = (batchSize: number, median: number, share: number) => ({ batchSize, median, p95: 2 * median, share })

/** Two exits of 1 and 5 M multiply-adds in 3 and 6 ms, in batches of 8 in 9 and 45 ms, on a backbone of 4 M in 4 and 36 ms. */
const small: Pick<SeriesLatency, 'exits' | 'backbone'> = {
  exits: [
    { macs: 1e6, macsShare: 0.25, times: [time(1, 3, 0.75), time(8, 9, 0.25)] },
    { macs: 5e6, macsShare: 1.25, times: [time(1, 6, 1.5), time(8, 45, 1.25)] },
  ],
  backbone: { macs: 4e6, macsShare: 1, times: [time(1, 4, 1), time(8, 36, 1)] },
}
/** One exit, measured for single samples and batches of 32. */
const wide: typeof small = {
  exits: [{ macs: 8e6, macsShare: 1, times: [time(1, 12, 1), time(32, 200, 1)] }],
  backbone: { macs: 8e6, macsShare: 1, times: [time(1, 12, 1), time(32, 200, 1)] },
}

const named = (experiment: string, regime: string) => ({ experiment, regime, series: regime, look: null })

export const ofOneNetwork: LatencyAnswer = {
  machine: 'A processor, 2 threads',
  series: [
    { ...named('toy', 'joint'), ...small },
    { ...named('toy', 'mixed'), ...small },
  ],
}
export const ofTwoNetworks: LatencyAnswer = {
  ...ofOneNetwork,
  series: [...ofOneNetwork.series, { ...named('wide', 'mixed'), ...wide }],
}
