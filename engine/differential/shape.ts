import { z } from 'zod'
import { INPUTS } from '#contract/decisions/inputs.js'
import type { Gate } from '#contract/vocabulary.js'

/** What a schema says of one place in an input: the part of JSON Schema that zod writes for decision inputs. */
export interface Shape {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean' | 'null'
  readonly enum?: readonly string[]
  readonly format?: string
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly anyOf?: readonly Shape[]
}

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = { readonly [name: string]: Json }

/** A place in an input that may be changed. Entries of a list have the name `*` in `path`. */
export interface Site {
  readonly path: readonly string[]
  readonly shape: Shape
  readonly value: Json
  /** The input with another value here; undefined takes the member out. */
  readonly put: (value: Json | undefined) => Json
}

/** The schema of a gate's input as JSON Schema, nothing left as a reference. */
export const shapeOf = (gate: Gate): Shape => z.toJSONSchema(INPUTS[gate], { io: 'input' }) as Shape

/** Whether the gate would take this input. */
export const isTaken = (gate: Gate, input: unknown): boolean => INPUTS[gate].safeParse(input).success

export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** The alternative of a nullable shape that is not null; any other shape as it is. */
export const present = (shape: Shape): Shape => shape.anyOf?.find(({ type }) => type !== 'null') ?? shape
export const isNullable = (shape: Shape): boolean => shape.anyOf?.some(({ type }) => type === 'null') ?? false

/** Every place of the input below its root, outermost first. */
export function sitesOf(shape: Shape, value: Json, root: Omit<Site, 'shape' | 'value'> = ROOT): Site[] {
  return children(present(shape), value).flatMap((child) => {
    const path = [...root.path, child.name]
    const put = (next: Json | undefined) => root.put(child.put(next))
    return [{ path, shape: child.shape, value: child.value, put }, ...sitesOf(child.shape, child.value, { path, put })]
  })
}

const ROOT = { path: [], put: (value: Json | undefined) => value as Json }

interface Child extends Omit<Site, 'path'> {
  readonly name: string
}

function children(shape: Shape, value: Json): Child[] {
  if (isList(value)) return value.map((entry, index) => entryOf(shape, value, { entry, index }))
  if (!isObject(value)) return []
  return Object.entries(value).map(([name, member]) => ({
    name,
    shape: shape.properties?.[name] ?? {},
    value: member,
    put: (next) => withMember(value, name, next),
  }))
}

const entryOf = (
  shape: Shape,
  list: readonly Json[],
  { entry, index }: { readonly entry: Json; readonly index: number },
): Child => ({
  name: '*',
  shape: shape.items ?? {},
  value: entry,
  put: (next) => list.toSpliced(index, 1, ...(next === undefined ? [] : [next])),
})

/** A copy with one member set, or taken out where `value` is undefined. */
export function withMember(object: JsonObject, name: string, value: Json | undefined): JsonObject {
  if (value !== undefined) return { ...object, [name]: value }
  const { [name]: _, ...rest } = object
  return rest
}
