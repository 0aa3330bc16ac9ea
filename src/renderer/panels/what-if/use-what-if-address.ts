import { watch } from 'vue'
import { useAddress } from '../../composables/use-address.ts'
import { watchStill } from '../../composables/watch-still.ts'
import { firstThreshold, onStep } from '../../composables/compare/thresholds.ts'
import type { WhatIf } from './use-what-if.ts'

/** Keeps the tried thresholds in the address: `?try=mixed/EXPERIMENT&threshold=0.8`, or `0.8,0.5` for one threshold an exit. */
export function useWhatIfAddress(whatIf: WhatIf): void {
  const address = useAddress()
  const { series, experiment } = seriesOf(address.text('try'))
  if (series !== null) whatIf.choose({ experiment, series })
  const thresholds = numbersOf(address.text('threshold'))

  // Thresholds have a place once their range is known.
  const stop = watch(
    whatIf.range,
    (range) => {
      if (range === null) return
      if (thresholds.length > 1) {
        whatIf.mode.value = 'each'
        thresholds.forEach((value, exit) => whatIf.setThreshold(exit, value))
      } else if (thresholds.length === 1) whatIf.threshold.value = onStep(thresholds[0]!, range)
      queueMicrotask(() => stop())
    },
    { immediate: true },
  )
  watchStill(
    () => textsOf(whatIf),
    (texts) => address.change(texts),
  )
}

/** The address is not changed before there is a series, and unchanged thresholds are not written. */
function textsOf({ chosen, range, mode, threshold, thresholds }: WhatIf): Record<string, string | null> {
  if (chosen.value === null || range.value === null) return {}
  const { experiment, series } = chosen.value
  const moved = threshold.value === firstThreshold(range.value) ? null : String(threshold.value)
  return {
    try: `${series}/${experiment}`,
    threshold: mode.value === 'each' && thresholds.value.length > 1 ? thresholds.value.join(',') : moved,
  }
}

function seriesOf(text: string | null): { series: string | null; experiment: string } {
  const [series, ...rest] = (text ?? '').split('/')
  return { series: series || null, experiment: rest.join('/') }
}

function numbersOf(text: string | null): number[] {
  const numbers = (text ?? '').split(',').filter((word) => word !== '')
  return numbers.map(Number).filter(Number.isFinite)
}
