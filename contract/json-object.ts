import { z } from 'zod'
import { depthOf, refusedStrings, type Json } from './manifest/json.js'
import { isExactText } from './primitives.js'

/** A JSON object of somebody's own making. */
export type JsonObject = Readonly<Record<string, Json>>

const MAX_DEPTH = 10

/** A JSON object that can be kept as exact text: bounded in depth and in UTF-8 bytes of its JSON, without NUL or lone surrogates. */
export const jsonObject = (maxBytes: number) =>
  (z.record(z.string().max(200), z.json()) as unknown as z.ZodType<JsonObject>).superRefine((value, context) => {
    const refuse = (message: string, path: PropertyKey[] = []) => context.addIssue({ code: 'custom', path, message })
    if (depthOf(value) > MAX_DEPTH) return refuse(`must nest at most ${MAX_DEPTH} levels`)
    const [inexact] = refusedStrings(value, (each) => !isExactText(each))
    if (inexact) return refuse('must be well-formed Unicode without NUL', inexact)
    if (Buffer.byteLength(JSON.stringify(value)) > maxBytes) refuse(`must take at most ${maxBytes} bytes as JSON`)
  })
