import { z } from 'zod'
import { jsonObject } from '../json-object.js'
import { isExactText, text, Uuid } from '../primitives.js'

/** Of a user that is sent along, in bytes of its JSON. */
const MAX_RESOURCE_BYTES = 65_536

/** What comes of each value once it is found, in this order. */
export const MAPPING_STEPS = ['trim', 'lower_case', 'upper_case', 'local_part', 'domain'] as const

const Field = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/, { error: 'must be a name such as cost_centre' })
  .refine((name) => !(name in {}), { error: 'cannot be the name of a field' })

const Source = z.union([
  z.strictObject({
    attribute: text(500, 1).describe('As in a PATCH, such as emails[type eq "work"].value or URN:department'),
  }),
  z.strictObject({ constant: text(500, 1) }),
])

/** One field of a person, and what it is made of. */
export const MappedField = z.strictObject({
  field: Field.describe('name, email, or one of the organisation’s own'),
  from: z.array(Source).min(1).max(10),
  take: z.enum(['first', 'join']).default('first').describe('The first that has a value, or all that have one'),
  separator: z
    .string()
    .max(20)
    .refine(isExactText, { error: 'must be well-formed Unicode without NUL' })
    .default(' ')
    .describe('Between what is joined'),
  steps: z
    .array(z.enum(MAPPING_STEPS))
    .max(5)
    .default([])
    .describe('local_part and domain are what stands before and behind the @ of an address'),
})
export type MappedField = z.infer<typeof MappedField>

/** Which SCIM attribute becomes which field of a person. What it does not name stays as it is without it. */
export const ScimMappingDocument = z.strictObject({
  title: text(120, 1),
  fields: z
    .array(MappedField)
    .max(50)
    .refine((fields) => new Set(fields.map(({ field }) => field)).size === fields.length, {
      error: 'names a field twice',
    }),
})
export type ScimMappingDocument = z.infer<typeof ScimMappingDocument>

/** What a mapping makes of somebody. */
export const MappedPerson = z.strictObject({
  name: z.string(),
  email: z.string().nullable(),
  fields: z.record(z.string(), z.string()).describe('The organisation’s own'),
})
export type MappedPerson = z.infer<typeof MappedPerson>

/** A mapping to be tried. */
export const ScimMappingTry = z.strictObject({
  document: ScimMappingDocument,
  resource: jsonObject(MAX_RESOURCE_BYTES).optional().describe('A user as a provider would send it'),
})

export type ScimMappingTry = z.infer<typeof ScimMappingTry>

/** What would become of people by a mapping. */
export const ScimMappingPreview = z.strictObject({
  people: z.int().nonnegative().describe('Whom connections keep in step'),
  affected: z.int().nonnegative().describe('Of them those of whom a field would change'),
  changes: z
    .array(z.strictObject({ id: Uuid, user_name: z.string(), before: MappedPerson, after: MappedPerson }))
    .describe('The first hundred of them'),
  resource: MappedPerson.nullable().describe('What would become of the user that was sent along'),
})
export type ScimMappingPreview = z.infer<typeof ScimMappingPreview>

/** Somebody whom a connection keeps in step, with what the mapping made of them. */
export const ScimPersonShown = z.strictObject({ id: Uuid, user_name: z.string(), ...MappedPerson.shape })
export type ScimPersonShown = z.infer<typeof ScimPersonShown>
