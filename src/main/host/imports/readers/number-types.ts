/** A type of numbers in a file, little-endian. */
export interface NumberType {
  /** Of a number. */
  bytes: number
  read(view: DataView, at: number): number
}

/** By the names of PyTorch and NumPy. */
export const numberTypes = {
  float64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  float16: { bytes: 2, read: (view, at) => view.getFloat16(at, true) },
  int64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  uint64: { bytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) },
  uint32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
} as const satisfies Readonly<Record<string, NumberType>>
