/** What the frame of a window has in common with the page in it, by theme; the page's styles have the same values. */
export const windowColours = {
  light: { canvas: '#f3f4f6', chrome: '#eceef1', muted: '#545c68' },
  dark: { canvas: '#101216', chrome: '#0d0f12', muted: '#a3abb7' },
} as const
