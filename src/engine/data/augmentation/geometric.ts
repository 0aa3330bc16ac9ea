import type { Canvas, Operation } from './canvas.ts'
import { identity } from './canvas.ts'

/** From a pixel (x, y) of the result to the source: x' = a·x + b·y + c, y' = d·x + e·y + f. */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

/** Shifts each row by `magnitude` pixels per row from the top. */
export const shearX: Operation = (canvas, magnitude) => transform(canvas, [1, magnitude, 0, 0, 1, 0])

/** Shifts each column by `magnitude` pixels per column from the left. */
export const shearY: Operation = (canvas, magnitude) => transform(canvas, [1, 0, 0, magnitude, 1, 0])

/** Moves by whole pixels, to the right where positive. */
export const translateX: Operation = (canvas, magnitude) => transform(canvas, [1, 0, -Math.trunc(magnitude), 0, 1, 0])

/** Moves by whole pixels, down where positive. */
export const translateY: Operation = (canvas, magnitude) => transform(canvas, [1, 0, 0, 0, 1, -Math.trunc(magnitude)])

/** Turns about the centre by `magnitude` degrees, counter-clockwise where positive. */
export const rotate: Operation = (canvas, magnitude) => {
  const { height, width } = canvas
  if (magnitude === 0) return identity(canvas, 0)
  if (Math.abs(magnitude) === 90 && height === width) return quarterTurn(canvas, magnitude)
  const angle = (-magnitude * Math.PI) / 180
  const [cosine, sine] = [roundedTo15(Math.cos(angle)), roundedTo15(Math.sin(angle))]
  const [x, y] = [width / 2, height / 2]
  transform(canvas, [cosine, sine, x - cosine * x - sine * y, -sine, cosine, y + sine * x - cosine * y])
}

const roundedTo15 = (value: number) => Number(value.toFixed(15))

/** Exact, where the rounding of a general rotation would lose a row. */
function quarterTurn(canvas: Canvas, magnitude: number): void {
  const last = canvas.width - 1
  transform(canvas, magnitude > 0 ? [0, -1, last + 1, 1, 0, 0] : [0, 1, 0, -1, 0, last + 1])
}

/** Nearest neighbour at pixel centres, in Pillow's fixed-point arithmetic of 16 bits behind the point. */
function transform({ source, target, height, width, channels }: Canvas, matrix: Matrix): void {
  const [a, b, c, d, e, f] = matrix
  const [acrossX, acrossY, downX, downY] = [fixed(a), fixed(d), fixed(b), fixed(e)]
  let [rowX, rowY] = [fixed(c + a * 0.5 + b * 0.5), fixed(f + d * 0.5 + e * 0.5)]
  let to = 0
  for (let row = 0; row < height; row++, rowX += downX, rowY += downY) {
    let [x, y] = [rowX, rowY]
    for (let column = 0; column < width; column++, x += acrossX, y += acrossY) {
      const [fromColumn, fromRow] = [x >> 16, y >> 16]
      const inside = fromColumn >= 0 && fromColumn < width && fromRow >= 0 && fromRow < height
      let from = (fromRow * width + fromColumn) * channels
      for (let channel = 0; channel < channels; channel++) target[to++] = inside ? source[from++]! : 0
    }
  }
}

const fixed = (value: number) => Math.floor(value * 65536 + 0.5)
