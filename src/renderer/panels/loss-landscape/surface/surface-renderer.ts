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
import { onSheet } from './picture-sheet.ts'
import { shade, surfaceLines } from '../../../../readings/analyses/loss-landscape/figure/surface-drawing.ts'
import type { SurfaceGeometry } from './surface-geometry.ts'

// Colours of the scale are shown as they are, not as light that is added up.
ColorManagement.enabled = false

/** A surface on the graphics hardware. */
export interface LoadedSurface {
  dispose(): void
}

interface SurfacePicture {
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
  /** Takes the picture, which is in this sheet with its upper left corner at (x, y), before it returns. */
  take: (sheet: ImageBitmap, x: number, y: number) => void
}

/** Draws any number of surfaces with one WebGL context, for a browser has few of them. */
export interface SurfaceRenderer {
  load(geometry: SurfaceGeometry): LoadedSurface
  /** Draws before the next frame; all requested pictures on one sheet, which is read from the graphics card once. */
  draw(picture: SurfacePicture): void
  dispose(): void
}

/** @throws where there is no WebGL. `lost` is called when the hardware takes the context away. */
export function createSurfaceRenderer(lost: () => void): SurfaceRenderer {
  const canvas = new OffscreenCanvas(1, 1)
  const renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true })
  renderer.outputColorSpace = LinearSRGBColorSpace
  renderer.setClearColor(0, 0)
  renderer.autoClear = false
  canvas.addEventListener('webglcontextlost', lost)
  const materials = surfaceMaterials()
  const loaded = new Set<SceneOfSurface>()
  let asked: SurfacePicture[] = []
  let frame = 0

  function drawAll(): void {
    const pictures = asked.filter(({ surface }) => loaded.has(surface as SceneOfSurface))
    asked = []
    if (pictures.length === 0) return
    const { places, width, height } = onSheet(pictures)
    if (canvas.width !== width || canvas.height !== height) renderer.setSize(width, height, false)
    renderer.setScissorTest(false)
    renderer.clear()
    renderer.setScissorTest(true)
    pictures.forEach((picture, index) => {
      const { x, y } = places[index]!
      // Hardware counts from below.
      const corner = [x, height - y - picture.height, picture.width, picture.height] as const
      renderer.setViewport(...corner)
      renderer.setScissor(...corner)
      drawOne(renderer, materials, picture)
    })
    const sheet = canvas.transferToImageBitmap()
    pictures.forEach(({ take }, index) => take(sheet, places[index]!.x, places[index]!.y))
    sheet.close()
  }

  return {
    load(geometry) {
      const surface = sceneOf(geometry, materials, () => loaded.delete(surface))
      loaded.add(surface)
      return surface
    },
    draw(picture) {
      if (asked.length === 0) frame = requestAnimationFrame(drawAll)
      asked = [...asked.filter(({ surface }) => surface !== picture.surface), picture]
    },
    dispose() {
      cancelAnimationFrame(frame)
      for (const surface of loaded) surface.dispose()
      for (const material of Object.values(materials)) material.dispose()
      canvas.removeEventListener('webglcontextlost', lost)
      renderer.dispose()
      renderer.forceContextLoss()
    },
  }
}

const camera = new Camera()

function drawOne(
  renderer: WebGLRenderer,
  materials: Materials,
  { surface, matrix, edges, width, height, density }: SurfacePicture,
): void {
  const { scene, edges: lines } = surface as SceneOfSurface
  lines.visible = edges
  materials.cut.linewidth = density * surfaceLines.cut.width
  materials.cut.resolution.set(width, height)
  camera.projectionMatrix.fromArray([...matrix])
  camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert()
  renderer.render(scene, camera)
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
