import type { ExportInput } from '../../../contract/exports.ts'
import type { SliceDirection } from '../../../readings/analyses/loss-landscape/figure/slice.ts'
import type { SurfaceCamera } from '../../../readings/analyses/loss-landscape/figure/surface-camera.ts'
import type { LandscapeChoice } from './use-landscape-choice.ts'

interface Exported {
  analyses: string[]
  choice: LandscapeChoice
  /** Nats; null: none. */
  limit: number | null
  /** The exit of the selected panel. */
  exit: number
}

function commonOf({ analyses, choice, limit, exit }: Exported) {
  const { draw, log, delta, eta } = choice
  return { analyses, exit, limit, draw: draw.value, log: log.value, delta: delta.value, eta: eta.value }
}

/** All panels as they are shown. */
export function multiplesExport(of: Exported & { camera: SurfaceCamera }): ExportInput {
  const { choice, camera } = of
  const common = { ...commonOf(of), arrangement: choice.arrangement.value }
  if (choice.view.value === 'contour') return { name: 'landscape-contour', ...common }
  return { name: 'landscape-surface', ...common, camera }
}

export function sliceExport(of: Exported): (along: SliceDirection) => ExportInput {
  return (along) => ({ name: 'landscape-slice', ...commonOf(of), along })
}

export function landscapeTableExport(analyses: string[], { draw }: LandscapeChoice): ExportInput {
  return { name: 'landscape', analyses, draw: draw.value }
}
