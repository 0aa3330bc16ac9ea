import {
  BackSide,
  BufferAttribute,
  BufferGeometry,
  Camera,
  ColorManagement,
  FrontSide,
  LinearSRGBColorSpace,
  LineBasicMaterial,
  LineSegments,
  Mesh,
  MeshBasicMaterial,
  Scene,
  WebGLRenderer,
} from 'three'
import { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js'
import { LineSegments2 } from 'three/examples/jsm/lines/LineSegments2.js'
import { LineSegmentsGeometry } from 'three/examples/jsm/lines/LineSegmentsGeometry.js'
import { shade, surfaceLines } from '../../../shared/figures/surface-drawing.ts'
import type { SurfaceGeometry } from './surface-geometry.ts'

// Colours of the scale are shown as they are, not as light that is added up.
ColorManagement.enabled = false

/** A surface on the graphics hardware. */
export interface LoadedSurface {
  dispose(): void
}

export interface SurfacePicture {
  surface: LoadedSurface
  /** Column by column, as a projection gives it. */
  matrix: readonly number[]
  /** Whether the edges of cells are drawn. */
  edges: boolean
  /** In pixels of the screen. */
  width: number
  height: number
  /** Pixels of the screen for one of the page. */
  density: number
}

/** Draws any number of surfaces with one WebGL context, for a browser has few of them. */
export interface SurfaceRenderer {
  load(geometry: SurfaceGeometry): LoadedSurface
  /** The picture is in the upper left corner of the canvas, until the next one is drawn. */
  draw(picture: SurfacePicture): HTMLCanvasElement
  dispose(): void
}

/** @throws where there is no WebGL. `lost` is called when the hardware takes the context away. */
export function createSurfaceRenderer(lost: () => void): SurfaceRenderer {
  const renderer = new WebGLRenderer({ antialias: true, alpha: true })
  renderer.outputColorSpace = LinearSRGBColorSpace
  renderer.setClearColor(0, 0)
  renderer.domElement.addEventListener('webglcontextlost', lost)
  const materials = surfaceMaterials()
  const camera = new Camera()
  const size = { width: 0, height: 0 }
  const loaded = new Set<SceneOfSurface>()

  function fit(width: number, height: number): void {
    if (width > size.width || height > size.height) {
      size.width = Math.max(width, size.width)
      size.height = Math.max(height, size.height)
      renderer.setSize(size.width, size.height, false)
    }
    renderer.setViewport(0, size.height - height, width, height)
  }

  return {
    load(geometry) {
      const surface = sceneOf(geometry, materials, () => loaded.delete(surface))
      loaded.add(surface)
      return surface
    },
    draw({ surface, matrix, edges, width, height, density }) {
      const { scene, edges: lines } = surface as SceneOfSurface
      fit(width, height)
      lines.visible = edges
      materials.cut.linewidth = density * surfaceLines.cut.width
      materials.cut.resolution.set(width, height)
      camera.projectionMatrix.fromArray([...matrix])
      camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert()
      renderer.render(scene, camera)
      return renderer.domElement
    },
    dispose() {
      for (const surface of loaded) surface.dispose()
      for (const material of Object.values(materials)) material.dispose()
      renderer.domElement.removeEventListener('webglcontextlost', lost)
      renderer.dispose()
      renderer.forceContextLoss()
    },
  }
}

type Materials = ReturnType<typeof surfaceMaterials>

/** Surfaces are pushed back a little and slices are pulled to the front, so that lines on a surface are seen. */
function surfaceMaterials() {
  const behind = { polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1 }
  const before = { polygonOffset: true, polygonOffsetFactor: -2, polygonOffsetUnits: -4 }
  const surface = { vertexColors: true, ...behind }
  const grey = Math.round(255 * shade) * 0x010101
  return {
    above: new MeshBasicMaterial({ ...surface, side: FrontSide }),
    below: new MeshBasicMaterial({ ...surface, side: BackSide, color: grey }),
    edge: new LineBasicMaterial({ vertexColors: true, color: grey, transparent: true, opacity: 0.6 }),
    cut: new LineMaterial({ color: surfaceLines.cut.colour, ...before }),
  }
}

interface SceneOfSurface extends LoadedSurface {
  scene: Scene
  edges: LineSegments
}

function sceneOf({ triangles, edges, cuts }: SurfaceGeometry, materials: Materials, gone: () => void): SceneOfSurface {
  const cells = bufferOf(triangles)
  const lines = new LineSegments(bufferOf(edges), materials.edge)
  const cut = new LineSegmentsGeometry().setPositions(cuts)
  const scene = new Scene().add(new Mesh(cells, materials.above), new Mesh(cells, materials.below), lines)
  if (cuts.length > 0) scene.add(new LineSegments2(cut, materials.cut))
  // The camera's matrix says where everything is; three cannot tell from it what is out of sight.
  for (const part of scene.children) part.frustumCulled = false
  return {
    scene,
    edges: lines,
    dispose() {
      cells.dispose()
      lines.geometry.dispose()
      cut.dispose()
      gone()
    },
  }
}

function bufferOf({ positions, colours }: SurfaceGeometry['triangles']): BufferGeometry {
  return new BufferGeometry()
    .setAttribute('position', new BufferAttribute(positions, 3))
    .setAttribute('color', new BufferAttribute(colours, 3))
}
