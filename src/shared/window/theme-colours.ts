/** A colour in each theme. */
export interface ThemedColour {
  light: string
  dark: string
}

const themed = (light: string, dark: string): ThemedColour => ({ light, dark })

/**
 * Colours of the workbench, its figures and the frame of its window. The page has each as `--NAME`, and those of regimes and exits
 * besides (src/renderer/styles/colour-sheet.ts).
 */
export const themeColours = {
  // surfaces
  canvas: themed('#f3f4f6', '#101216'),
  surface: themed('#ffffff', '#181a1f'),
  'surface-2': themed('#f8f9fa', '#1d2025'),
  sunken: themed('#eef0f3', '#0d0f12'),
  raised: themed('#ffffff', '#22252b'),
  chrome: themed('#eceef1', '#0d0f12'),
  hover: themed('#f1f3f5', '#22252b'),
  selected: themed('#ecedfb', '#25274a'),
  'selected-line': themed('#c9cbf4', '#3d4080'),

  // text: all AA (4.5:1 or better) on canvas, surface and selected
  text: themed('#1c2026', '#e6e8ec'),
  muted: themed('#545c68', '#a3abb7'),
  faint: themed('#626a76', '#8a929e'),
  'on-accent': themed('#ffffff', '#14152e'),

  // borders
  line: themed('#e2e5e9', '#292d34'),
  'line-soft': themed('#eceef1', '#22262c'),
  'line-strong': themed('#c5cad1', '#3b4049'),
  control: themed('#8d95a1', '#6a727e'),

  // accent and status
  accent: themed('#4b4fce', '#a3a5ff'),
  'accent-soft': themed('#ecedfb', '#25274a'),
  focus: themed('#4b4fce', '#a3a5ff'),
  'st-running': themed('#0b62b8', '#6cb4f5'),
  'st-queued': themed('#545c68', '#a3abb7'),
  'st-paused': themed('#8a5a00', '#e6b14c'),
  'st-done': themed('#117a45', '#5cc98d'),
  'st-failed': themed('#c02626', '#ff8d85'),
  'st-running-bg': themed('#e8f1fb', '#142a40'),
  'st-paused-bg': themed('#fbf1dc', '#352813'),
  'st-done-bg': themed('#e4f4ea', '#12301f'),
  'st-failed-bg': themed('#fdebea', '#3d1c1b'),

  // charts
  grid: themed('#e8eaee', '#2a2e35'),
  axis: themed('#8d95a1', '#6a727e'),
}
