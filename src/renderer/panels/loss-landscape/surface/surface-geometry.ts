import type { SurfaceScene } from '../../../../readings/analyses/loss-landscape/figure/surface-scene.ts'
import type { SurfacePoint } from '../../../../readings/analyses/loss-landscape/figure/surface-camera.ts'

/** A surface as graphics hardware takes it: three numbers a point, and as many a colour. */
export interface SurfaceGeometry {
  /** Two triangles a cell. */
  triangles: { positions: Float32Array; colours: Float32Array }
  /** The edges of the cells, two points each. */
  edges: { positions: Float32Array; colours: Float32Array }
  /** Pieces of the slices, two points each. */
  cuts: Float32Array
}

const trianglesOfCell = [0, 1, 2, 0, 2, 3]
const edgesOfCell = [0, 1, 1, 2, 2, 3, 3, 0]

export function surfaceGeometry({ cells, cuts }: SurfaceScene): SurfaceGeometry {
  const placed = (order: readonly number[]) => cells.flatMap(({ corners }) => order.flatMap((at) => corners[at]!))
  const coloured = (order: readonly number[]) =>
    cells.flatMap(({ colour }) => {
      const channels = channelsOf(colour)
      return order.flatMap(() => channels)
    })
  return {
    triangles: {
      positions: new Float32Array(placed(trianglesOfCell)),
      colours: new Float32Array(coloured(trianglesOfCell)),
    },
    edges: { positions: new Float32Array(placed(edgesOfCell)), colours: new Float32Array(coloured(edgesOfCell)) },
    cuts: new Float32Array(cuts.flatMap((line) => line.slice(1).flatMap((to, at) => [...line[at]!, ...to]))),
  }
}

function channelsOf(colour: string): SurfacePoint {
  const channel = (start: number) => Number.parseInt(colour.slice(start, start + 2), 16) / 255
  return [channel(1), channel(3), channel(5)]
}
