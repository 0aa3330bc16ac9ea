import { computed, type ComputedRef } from 'vue'
import {
  arranged,
  landscapePanel,
  lossesOf,
  type RunLandscape,
} from '../../../readings/analyses/loss-landscape/figure/arrangement.ts'
import type { LandscapeMultiples } from '../../../readings/analyses/loss-landscape/figure/multiples.ts'
import { defaultLimit } from '../../../readings/analyses/loss-landscape/figure/limits.ts'
import type { LandscapePanel } from '../../../readings/analyses/loss-landscape/figure/panel.ts'
import { lossScale, type LossScale } from '../../../readings/analyses/loss-landscape/figure/scale.ts'
import { nearestIndex, type SurfaceCuts } from '../../../readings/analyses/loss-landscape/figure/surface-scene.ts'
import type { LandscapeChoice, PanelChoice } from './use-landscape-choice.ts'

export interface LandscapePanels {
  multiples: ComputedRef<LandscapeMultiples>
  /** Losses above so many nats are cut off; null: none. */
  limit: ComputedRef<number | null>
  scale: ComputedRef<LossScale>
  /** The selected panel, and the index of its run. */
  chosen: ComputedRef<PanelChoice>
  chosenRun: ComputedRef<number>
  closeUp: ComputedRef<LandscapePanel>
  /** The chosen exit of every run that has it. */
  slices: ComputedRef<LandscapePanel[]>
  /** Slices as indices of coefficients. */
  cuts: ComputedRef<SurfaceCuts>
}

/** Data of a screen for at least one run. */
export function useLandscapePanels(
  runs: () => readonly RunLandscape[],
  choice: LandscapeChoice,
  note: () => string,
): LandscapePanels {
  const chosenRun = computed(() => {
    const asked = choice.panel.value
    const at = runs().findIndex(({ series, seed }) => series === asked?.series && seed === asked.seed)
    const begun = runs().findLastIndex(({ draws }) => draws.length > 0)
    return [at, begun, 0].find((index) => index >= 0)!
  })
  const chosen = computed((): PanelChoice => {
    const { series, seed, exitCount } = runs()[chosenRun.value]!
    const last = Math.max(0, exitCount - 1)
    return { series, seed, exit: Math.min(choice.panel.value?.exit ?? last, last) }
  })
  const multiples = computed(() => {
    const { exit } = chosen.value
    const how = { arrangement: choice.arrangement.value, draw: choice.draw.value, exit, run: chosenRun.value }
    return arranged(runs(), how, note())
  })
  const panelOf = (run: RunLandscape) => landscapePanel(run, { exit: chosen.value.exit, draw: choice.draw.value })
  const closeUp = computed(() => panelOf(runs()[chosenRun.value]!))
  const cuts = computed(() => {
    const { coefficients } = closeUp.value
    return { delta: nearestIndex(coefficients, choice.delta.value), eta: nearestIndex(coefficients, choice.eta.value) }
  })
  const losses = computed(() => lossesOf(multiples.value))
  const limit = computed(() => {
    const asked = choice.limit.value
    return asked === 'default' ? defaultLimit(runs()) : asked === 'none' ? null : asked
  })
  return {
    multiples,
    scale: computed(() => lossScale(losses.value, { log: choice.log.value, limit: limit.value })),
    limit,
    chosen,
    chosenRun,
    closeUp,
    cuts,
    slices: computed(() =>
      runs()
        .filter(({ exitCount }) => chosen.value.exit < exitCount)
        .map(panelOf),
    ),
  }
}
