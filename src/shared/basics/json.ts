export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** A JSON object with unchecked values. */
export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
