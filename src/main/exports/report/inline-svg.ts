/**
 * An SVG document as an element of a page: without its XML declaration, its size left to the page, and its ids made its own by a
 * prefix, since other drawings on the page have the same.
 */
export function inlineSvg(svg: string, prefix: string): string {
  const ids = new Set([...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!))
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/^<svg[^>]*>/, withViewBox)
    .replace(/\b(id=")([^"]+)"/g, (_, start: string, id: string) => `${start}${prefix}-${id}"`)
    .replace(/(url\(#|href="#)([^)"]+)/g, (whole, start: string, id: string) =>
      ids.has(id) ? `${start}${prefix}-${id}` : whole,
    )
}

function withViewBox(tag: string): string {
  const [width, height] = ['width', 'height'].map((name) => new RegExp(` ${name}="([\\d.]+)`).exec(tag)?.[1])
  const bare = tag.replace(/ (width|height)="[^"]*"/g, '')
  const isSized = /\sviewBox=/.test(tag) || width === undefined || height === undefined
  return isSized ? bare : bare.replace('<svg', `<svg viewBox="0 0 ${width} ${height}"`)
}
