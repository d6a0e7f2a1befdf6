/** The part of JSON Schema that the generated input schemas use. */
export interface InputSchema {
  readonly type?: string | readonly string[]
  readonly properties?: Readonly<Record<string, InputSchema>>
  readonly items?: InputSchema
  readonly anyOf?: readonly InputSchema[]
}

/**
 * The places of all leaves of an input, as Rego references below `input`, each with its last name misspelled.
 * An element of an array is reached through any index.
 */
export function misspelledLeaves(schema: InputSchema, path = 'input'): string[] {
  const variants = [schema, ...(schema.anyOf ?? [])]
  const below = variants.flatMap(({ properties = {}, items }) => [
    ...Object.entries(properties).flatMap(([name, inner]) => leavesOf(inner, path, name)),
    ...(items ? misspelledLeaves(items, `${path}[_]`) : []),
  ])
  return [...new Set(below)]
}

function leavesOf(schema: InputSchema, path: string, name: string): string[] {
  const inner = misspelledLeaves(schema, `${path}.${name}`)
  return inner.length > 0 ? inner : [`${path}.${name}_misspelt`]
}

/** A policy of one gate that reads each of these references in a rule on a line of its own, from the returned line on. */
export function snippetReading(gate: string, references: readonly string[]): { text: string; firstLine: number } {
  const head = ['# METADATA', '# schemas:', `#   - input: schema.${gate}`, `package misspelling.${gate}`, '']
  const rules = references.map((reference, index) => `reads_${index} if ${reference}`)
  return { text: `${[...head, ...rules].join('\n')}\n`, firstLine: head.length + 1 }
}
