import type { JsonSchema } from './json-schema.js'

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
)
const IDENTIFIER = /^[A-Za-z_]\w*$/

/** A name that Python takes: words joined by `_`, and a `_` behind a keyword. */
export function pythonName(name: string): string {
  const snake = name
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
  return KEYWORDS.has(snake) ? `${snake}_` : snake
}

/** A class's name of words in any spelling. */
export const pythonClass = (...words: string[]): string =>
  words
    .flatMap((word) => word.split(/[^A-Za-z0-9]+/))
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

const literal = (value: unknown): string => {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'Literal[True]' : 'Literal[False]'
  return `Literal[${JSON.stringify(value)}]`
}

const SIMPLE: Readonly<Record<string, string>> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  null: 'None',
}

const union = (types: readonly string[]): string => {
  const different = [...new Set(types)]
  return different.includes('Any') ? 'Any' : different.join(' | ')
}

/** Python types of JSON Schemas: a `TypedDict` for each shape of an object, declared once however often it occurs. */
export class PythonTypes {
  private readonly declared = new Map<string, string>()
  private readonly names = new Set<string>()
  private readonly classes: string[] = []

  /** The expression of a schema's type; what it is made of is declared under names that begin with `name`. */
  of(schema: JsonSchema, name: string): string {
    if (typeof schema['$ref'] === 'string') return this.reference(schema['$ref'])
    if ('const' in schema) return literal(schema['const'])
    if (Array.isArray(schema['enum'])) return union(schema['enum'].map(literal))
    const options = schema['anyOf'] ?? schema['oneOf']
    if (Array.isArray(options))
      return union(
        options.map((option: JsonSchema, index) => this.of(option, `${name}${index === 0 ? '' : index + 1}`)),
      )
    if (schema['type'] === 'array') return this.list(schema, `${name}Item`)
    if (schema['type'] === 'object') return this.object(schema, name)
    return SIMPLE[String(schema['type'])] ?? 'Any'
  }

  /** Declarations of all classes that `of` named, in an order in which each stands behind what it is made of. */
  declarations(): string {
    return this.classes.join('\n\n')
  }

  private reference(target: string): string {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(target)?.[1]
    return name ?? 'Any'
  }

  /** A tuple is a list of whatever its places hold: JSON knows no other. */
  private list(schema: JsonSchema, name: string): string {
    const places = schema['prefixItems'] as JsonSchema[] | undefined
    const item = places
      ? union(places.map((place, index) => this.of(place, `${name}${index === 0 ? '' : index + 1}`)))
      : this.of((schema['items'] ?? {}) as JsonSchema, name)
    return `List[${item}]`
  }

  private object(schema: JsonSchema, name: string): string {
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
    const rest = schema['additionalProperties']
    if (properties.length === 0)
      return `dict[str, ${rest && typeof rest === 'object' ? this.of(rest as JsonSchema, `${name}Value`) : 'Any'}]`
    const shape = JSON.stringify([properties, schema['required'] ?? []])
    return this.declared.get(shape) ?? this.declare(shape, this.free(name), schema)
  }

  private free(name: string): string {
    let free = name
    for (let number = 2; this.names.has(free); number++) free = `${name}_${number}`
    this.names.add(free)
    return free
  }

  private declare(shape: string, name: string, schema: JsonSchema): string {
    const properties = Object.entries(schema['properties'] as Record<string, JsonSchema>)
    this.declared.set(shape, name)
    const required = new Set((schema['required'] ?? []) as string[])
    const fields = properties.map(([key, property]): [string, string] => {
      const type = this.of(property, name + pythonClass(key))
      return [key, required.has(key) ? type : `NotRequired[${type}]`]
    })
    const plain = fields.every(([key]) => IDENTIFIER.test(key) && !KEYWORDS.has(key))
    this.classes.push(
      plain
        ? `class ${name}(TypedDict):\n${fields.map(([key, type]) => `    ${key}: ${type}\n`).join('')}`
        : `${name} = TypedDict(\n    "${name}",\n    {\n${fields.map(([key, type]) => `        ${JSON.stringify(key)}: ${JSON.stringify(type)},\n`).join('')}    },\n)\n`,
    )
    return name
  }
}
