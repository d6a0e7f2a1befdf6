import { z } from 'zod'
import { text } from '../primitives.js'

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user'
const STANDARD = /^urn:ietf:params:scim:(?!schemas:extension:)/i

/** A name of RFC 7643, section 2.1. What every object of JavaScript has is none. */
const AttributeName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_-]*$/, { error: 'must begin with a letter, and go on with letters, digits, - and _' })
  .refine((name) => !(name in {}), { error: 'cannot be the name of an attribute' })

/** The URN of an extension (RFC 7643, section 3.3). Filters and paths have to be able to spell it. */
export const ScimUrn = z
  .string()
  .max(120)
  .regex(/^urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}(?::[A-Za-z0-9][A-Za-z0-9._-]*)+$/i, {
    error: 'must be a URN such as urn:example:params:scim:schemas:2.0:Badge',
  })
  .refine((urn) => urn.toLowerCase() !== ENTERPRISE && !STANDARD.test(urn), {
    error: 'is of SCIM itself: choose one of your own, or one under urn:ietf:params:scim:schemas:extension:',
  })

const SIMPLE_TYPES = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'reference', 'binary'] as const

const characteristics = {
  name: AttributeName,
  description: text(500).default(''),
  required: z.boolean().default(false).describe('Whoever has the extension needs it'),
  caseExact: z.boolean().default(false).describe('Upper and lower case differ'),
  mutability: z
    .enum(['readWrite', 'immutable', 'writeOnly'])
    .default('readWrite')
    .describe('immutable: what was said once stays; writeOnly: taken, and answered to nobody'),
  returned: z.enum(['always', 'default', 'request', 'never']).default('default'),
  canonicalValues: z
    .array(text(200, 1))
    .min(1)
    .max(200)
    .optional()
    .describe('Of text: the values that it may have; any where absent'),
  referenceTypes: z.array(text(100, 1)).min(1).max(10).optional().describe('Of a reference: what it may lead to'),
}

type Characteristics = {
  readonly type: string
  readonly mutability: string
  readonly returned: string
  readonly canonicalValues?: readonly string[] | undefined
  readonly referenceTypes?: readonly string[] | undefined
}
const hidesWhatIsWriteOnly = ({ mutability, returned }: Characteristics) =>
  mutability !== 'writeOnly' || returned === 'never'
const HIDES = { error: 'must be never for what is writeOnly', path: ['returned'] }
const chooses = ({ type, canonicalValues }: Characteristics) => type === 'string' || canonicalValues === undefined
const CHOOSES = { error: 'is for text alone', path: ['canonicalValues'] }
const refers = ({ type, referenceTypes }: Characteristics) => type === 'reference' || referenceTypes === undefined
const REFERS = { error: 'is for references alone', path: ['referenceTypes'] }

const namesOnce = (attributes: readonly { readonly name: string }[]): boolean =>
  new Set(attributes.map(({ name }) => name.toLowerCase())).size === attributes.length
const ONCE = { error: 'names an attribute twice; upper and lower case are the same' }

const SubAttribute = z
  .strictObject({
    ...characteristics,
    type: z.enum(SIMPLE_TYPES),
    multiValued: z.literal(false).default(false),
    uniqueness: z.literal('none').default('none'),
  })
  .refine(hidesWhatIsWriteOnly, HIDES)
  .refine(chooses, CHOOSES)
  .refine(refers, REFERS)

/** One attribute with the characteristics of RFC 7643, section 7, in the spelling of that RFC. */
export const ScimAttribute = z
  .strictObject({
    ...characteristics,
    type: z.enum([...SIMPLE_TYPES, 'complex']),
    multiValued: z.boolean().default(false),
    uniqueness: z
      .enum(['none', 'server'])
      .default('none')
      .describe('server: no two people of the organisation have the same'),
    subAttributes: z.array(SubAttribute).min(1).max(50).refine(namesOnce, ONCE).optional(),
  })
  .refine(({ type, subAttributes }) => (type === 'complex') === (subAttributes !== undefined), {
    error: 'are what a complex attribute has, and no other',
    path: ['subAttributes'],
  })
  .refine(
    ({ uniqueness, type, multiValued }) =>
      uniqueness === 'none' || (['string', 'integer', 'reference'].includes(type) && !multiValued),
    { error: 'can be server for one text, whole number or reference', path: ['uniqueness'] },
  )
  .refine(hidesWhatIsWriteOnly, HIDES)
  .refine(chooses, CHOOSES)
  .refine(refers, REFERS)
export type ScimAttribute = z.infer<typeof ScimAttribute>

/** An extension of people by an organisation's own attributes (RFC 7643, sections 3.3 and 7). */
export const ScimSchemaDocument = z.strictObject({
  title: text(120, 1),
  urn: ScimUrn,
  description: text(500).default(''),
  enabled: z.boolean().default(true).describe('false: its attributes are neither taken nor answered'),
  attributes: z.array(ScimAttribute).min(1).max(100).refine(namesOnce, ONCE),
})
export type ScimSchemaDocument = z.infer<typeof ScimSchemaDocument>
