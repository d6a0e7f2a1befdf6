import { attribute, type AttributeDefinition } from './definition.js'

/** What every resource has (RFC 7643, section 3.1); these stand in no schema document. */
export const COMMON: readonly AttributeDefinition[] = [
  attribute('schemas', 'reference', 'URNs of the schemas of this resource', {
    ...{ multiValued: true, required: true, caseExact: true, returned: 'always', referenceTypes: ['uri'] },
  }),
  attribute('id', 'string', 'Our identifier', {
    ...{ caseExact: true, mutability: 'readOnly', returned: 'always', uniqueness: 'server' },
  }),
  attribute('externalId', 'string', 'The identifier that the provisioning client gave it', { caseExact: true }),
  attribute('meta', 'complex', 'What the service knows of the resource', {
    mutability: 'readOnly',
    subAttributes: [
      attribute('resourceType', 'string', 'Its kind', { caseExact: true, mutability: 'readOnly' }),
      attribute('created', 'dateTime', 'When it was added', { mutability: 'readOnly' }),
      attribute('lastModified', 'dateTime', 'When it was last changed', { mutability: 'readOnly' }),
      attribute('location', 'reference', 'Its address', {
        ...{ caseExact: true, mutability: 'readOnly', referenceTypes: ['uri'] },
      }),
      attribute('version', 'string', 'Its ETag', { caseExact: true, mutability: 'readOnly' }),
    ],
  }),
]
