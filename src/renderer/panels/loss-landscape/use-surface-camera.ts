import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import {
  defaultCamera,
  elevationRange,
  zoomRange,
  type SurfaceCamera,
} from '../../../readings/analyses/loss-landscape/figure/surface-camera.ts'
import { useAddress } from '../../composables/use-address.ts'

export interface ChosenCamera {
  camera: ShallowRef<SurfaceCamera>
  /** Turns and lifts by so many degrees. */
  turn(degrees: { azimuth: number; elevation: number }): void
  /** Makes the surface so many times as large. */
  zoom(factor: number): void
  set(changes: Partial<SurfaceCamera>): void
  reset(): void
}

/** The address is written when the camera has stood still for so long. */
const stillMilliseconds = 250

/** The one camera of all surfaces. It moves at once, and the address follows: `?camera=-38,28,1`. */
export function useSurfaceCamera(): ChosenCamera {
  const address = useAddress()
  const camera = shallowRef(cameraOf(address.text('camera')) ?? defaultCamera)
  let still: ReturnType<typeof setTimeout> | undefined

  function set(changes: Partial<SurfaceCamera>): void {
    camera.value = within({ ...camera.value, ...changes })
    clearTimeout(still)
    still = setTimeout(() => address.change({ camera: textOf(camera.value) }), stillMilliseconds)
  }
  watch(
    () => address.text('camera'),
    (text) => {
      if (text !== textOf(camera.value)) camera.value = cameraOf(text) ?? defaultCamera
    },
  )
  onScopeDispose(() => clearTimeout(still))

  return {
    camera,
    set,
    turn: ({ azimuth, elevation }) =>
      set({ azimuth: camera.value.azimuth + azimuth, elevation: camera.value.elevation + elevation }),
    zoom: (factor) => set({ zoom: camera.value.zoom * factor }),
    reset: () => set(defaultCamera),
  }
}

/** Azimuths go round from −180° to 180°. */
function within({ azimuth, elevation, zoom }: SurfaceCamera): SurfaceCamera {
  return {
    azimuth: azimuth - 360 * Math.round(azimuth / 360),
    elevation: Math.min(elevationRange.high, Math.max(elevationRange.low, elevation)),
    zoom: Math.min(zoomRange.high, Math.max(zoomRange.low, zoom)),
  }
}

function textOf({ azimuth, elevation, zoom }: SurfaceCamera): string | null {
  const text = [azimuth, elevation, zoom].map((value, index) => Number(value.toFixed(index === 2 ? 2 : 0))).join()
  const { azimuth: a, elevation: e, zoom: z } = defaultCamera
  return text === [a, e, z].join() ? null : text
}

function cameraOf(text: string | null): SurfaceCamera | null {
  const numbers = (text ?? '').split(',').map(Number)
  if (text === null || numbers.length !== 3 || !numbers.every(Number.isFinite)) return null
  const [azimuth, elevation, zoom] = numbers as [number, number, number]
  return within({ azimuth, elevation, zoom })
}
