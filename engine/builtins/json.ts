import { array, object, refuse, text, type Builtin, type Family } from './call.js'
import { applyPatch } from './patch.js'
import { compareText, isArray, isNumeric, RegoObject, RegoSet, textOf, type Value } from './value.js'

interface Layout {
  readonly pretty: boolean
  readonly prefix: string
  readonly indent: string
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
}

/** A string as Go's encoding/json writes it, which escapes what HTML could mistake. */
const goString = (given: string): string =>
  JSON.stringify(given.toWellFormed()).replaceAll(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character]!)

/** Keys that are no strings become their JSON text, as OPA turns values into JSON. */
export const keyOf = (key: Value): string => (typeof key === 'string' ? key : marshal(key))

/** Compact JSON in Go's manner: sets as sorted arrays, keys by their bytes, numbers as they were written. */
function marshal(value: Value): string {
  if (typeof value === 'string') return goString(value)
  if (isNumeric(value)) return textOf(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isArray(value)) return `[${value.map(marshal).join(',')}]`
  if (value instanceof RegoSet) return marshal(value.sorted())
  return `{${entriesOf(value)
    .map(([key, held]) => `${goString(key)}:${marshal(held)}`)
    .join(',')}}`
}

const entriesOf = (value: RegoObject): (readonly [string, Value])[] =>
  [...value].map(([key, held]) => [keyOf(key), held] as const).toSorted(([a], [b]) => compareText(a, b))

function indented(value: Value, layout: Layout, depth: number): string {
  if (value instanceof RegoSet) return indented(value.sorted(), layout, depth)
  const line = (level: number) => `\n${layout.prefix}${layout.indent.repeat(level)}`
  const block = (lines: readonly string[]) => lines.map((text) => line(depth + 1) + text).join(',') + line(depth)
  if (isArray(value))
    return value.length === 0 ? '[]' : `[${block(value.map((element) => indented(element, layout, depth + 1)))}]`
  if (!(value instanceof RegoObject)) return marshal(value)
  const lines = entriesOf(value).map(([key, held]) => `${goString(key)}: ${indented(held, layout, depth + 1)}`)
  return lines.length === 0 ? '{}' : `{${block(lines)}}`
}

/** Prefix and indentation make it pretty unless `pretty` says otherwise. */
function layoutOf(options: RegoObject): Layout {
  const known = new Map<string, Value>()
  for (const [key, value] of options) known.set(text(key), value)
  for (const key of known.keys()) if (!['pretty', 'prefix', 'indent'].includes(key)) refuse(`unknown key ${key}`)
  const pretty = known.get('pretty')
  if (pretty !== undefined && typeof pretty !== 'boolean') refuse('pretty must be a boolean')
  return {
    pretty: (pretty as boolean | undefined) ?? (known.has('prefix') || known.has('indent')),
    prefix: known.has('prefix') ? text(known.get('prefix')) : '',
    indent: known.has('indent') ? text(known.get('indent')) : '\t',
  }
}

const marshalWithOptions: Builtin = ([value, options], call) => {
  const layout = layoutOf(object(options))
  if (!layout.pretty) return marshal(value!)
  // Each line repeats prefix and indentation, once for each level.
  const { lines, depth } = measure(value!, 1)
  call.pay(lines * (layout.prefix.length + layout.indent.length * depth))
  return layout.prefix + indented(value!, layout, 0)
}

/** How many lines a value takes at most, and how deep it is nested. */
function measure(value: Value, level: number): { lines: number; depth: number } {
  const held = isArray(value)
    ? value
    : value instanceof RegoSet
      ? [...value]
      : value instanceof RegoObject
        ? [...value].map(([, inner]) => inner)
        : []
  let [lines, depth] = [2, level]
  for (const inner of held) {
    const inside = measure(inner, level + 1)
    lines += inside.lines
    depth = Math.max(depth, inside.depth)
  }
  return { lines, depth }
}

/** `json.patch` and `json.marshal_with_options`; the other JSON builtins are in the module itself. */
export const JSON_FAMILY: Family = {
  'json.marshal_with_options': marshalWithOptions,
  'json.patch': ([target, operations], call) => applyPatch(target!, array(operations), call),
}
