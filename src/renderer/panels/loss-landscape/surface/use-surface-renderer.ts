import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import type { SurfaceRenderer } from './surface-renderer.ts'

export interface SharedSurfaceRenderer {
  /** null until it is loaded, and without WebGL. */
  renderer: ShallowRef<SurfaceRenderer | null>
  /** Whether surfaces must be drawn without it. */
  missing: ShallowRef<boolean>
}

/** The one renderer of all surfaces on a screen, fetched with the screen and gone with it. */
export function useSurfaceRenderer(): SharedSurfaceRenderer {
  const renderer = shallowRef<SurfaceRenderer | null>(null)
  const missing = shallowRef(!hasWebGl())
  let left = false

  function give(): void {
    renderer.value?.dispose()
    renderer.value = null
  }

  async function fetch(): Promise<void> {
    const { createSurfaceRenderer } = await import('./surface-renderer.ts')
    if (left) return
    try {
      renderer.value = createSurfaceRenderer(() => {
        if (left) return
        give()
        missing.value = true
      })
    } catch {
      // Hardware that has WebGL by name only.
      missing.value = true
    }
  }

  if (!missing.value) void fetch()
  onScopeDispose(() => {
    left = true
    give()
  })
  return { renderer, missing }
}

function hasWebGl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2')
  context?.getExtension('WEBGL_lose_context')?.loseContext()
  return context !== null
}
