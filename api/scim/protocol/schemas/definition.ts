/** One attribute of a schema, with the characteristics of RFC 7643, section 2.2. */
export interface AttributeDefinition {
  readonly name: string
  readonly type: 'string' | 'boolean' | 'decimal' | 'integer' | 'dateTime' | 'reference' | 'binary' | 'complex'
  readonly multiValued: boolean
  readonly description: string
  readonly required: boolean
  readonly caseExact: boolean
  readonly mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  readonly returned: 'always' | 'never' | 'default' | 'request'
  readonly uniqueness: 'none' | 'server' | 'global'
  readonly canonicalValues?: readonly string[]
  /** No other values than the canonical ones are taken. */
  readonly closed?: boolean
  readonly referenceTypes?: readonly string[]
  readonly subAttributes?: readonly AttributeDefinition[]
}

/** A schema by its URN. */
export interface SchemaDefinition {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly attributes: readonly AttributeDefinition[]
}

/** A kind of resource: its core schema and the extensions that it may have. */
export interface ResourceDefinition {
  readonly name: 'User' | 'Group'
  readonly endpoint: '/Users' | '/Groups'
  readonly core: SchemaDefinition
  readonly extensions: readonly SchemaDefinition[]
}

type Characteristics = Partial<Omit<AttributeDefinition, 'name' | 'type' | 'description'>>

/** An attribute with the defaults of RFC 7643. */
// oxlint-disable-next-line max-params -- The schemas read like the tables of the RFC.
export const attribute = (
  name: string,
  type: AttributeDefinition['type'],
  description: string,
  characteristics: Characteristics = {},
): AttributeDefinition => ({
  ...{ name, type, multiValued: false, description, required: false, caseExact: false },
  ...{ mutability: 'readWrite', returned: 'default', uniqueness: 'none' },
  ...characteristics,
})

/** A list of values with `value`, `display`, `type` and `primary`, as RFC 7643, section 2.4, has them. */
// oxlint-disable-next-line max-params -- The schemas read like the tables of the RFC.
export const plural = (
  name: string,
  description: string,
  types: readonly string[],
  value: AttributeDefinition = attribute('value', 'string', 'The value'),
): AttributeDefinition =>
  attribute(name, 'complex', description, {
    multiValued: true,
    subAttributes: [
      value,
      attribute('display', 'string', 'A name to show'),
      attribute('type', 'string', 'What it is for', types.length > 0 ? { canonicalValues: types } : {}),
      attribute('primary', 'boolean', 'Whether it is the preferred one; true once at most'),
    ],
  })
