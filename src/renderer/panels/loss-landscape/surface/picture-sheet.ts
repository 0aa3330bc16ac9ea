interface Size {
  width: number
  height: number
}

/** Positions of pictures on a sheet in rows, in pixels from the top left, and the size of the sheet. */
export function onSheet(pictures: readonly Size[]): Size & { places: { x: number; y: number }[] } {
  const columns = Math.ceil(Math.sqrt(pictures.length))
  const [width, height] = [
    Math.max(...pictures.map((each) => each.width)),
    Math.max(...pictures.map((each) => each.height)),
  ]
  return {
    places: pictures.map((_, index) => ({ x: (index % columns) * width, y: Math.floor(index / columns) * height })),
    width: columns * width,
    height: Math.ceil(pictures.length / columns) * height,
  }
}
