import { setPlatformAPI } from 'echarts/core'
import { figureFont } from '../../figures/theme.ts'

/**
 * A font, or a drawing, of a figure in the face of the window. Files keep `figureFont`, which every machine has. Names of faces
 * have single quotes, however the style sheet was built: in a drawing they stand in an attribute.
 */
export function inWindowFont(font: string): string {
  return font.replaceAll(figureFont, windowFace())
}

/** What a chart draws in a font, whatever its face: that of the window (base.css). ECharts asks for one of its own in tooltips. */
export function drawnFont(font: string): string {
  return font.replace(/(?<=px ).*/, windowFace())
}

const windowFace = () =>
  getComputedStyle(document.documentElement).getPropertyValue('--font').trim().replaceAll('"', "'")

/** Has charts measure words in the face that the style sheet (base.css) draws them in. */
export function measureInWindowFont(): void {
  const context = document.createElement('canvas').getContext('2d')
  if (context === null) return
  setPlatformAPI({
    measureText(text, font) {
      context.font = drawnFont(font ?? context.font)
      return context.measureText(text)
    },
  })
}
