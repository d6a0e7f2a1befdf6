import { attribute, type SchemaDefinition } from './definition.js'

/** RFC 7643, section 4.2. Groups have people as members, and no groups. */
export const GROUP: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'A group of people',
  attributes: [
    attribute('displayName', 'string', 'The name to show', { required: true }),
    attribute('members', 'complex', 'The people in it', {
      multiValued: true,
      subAttributes: [
        attribute('value', 'string', 'Id of the person', { caseExact: true, mutability: 'immutable' }),
        attribute('$ref', 'reference', 'Address of the person', {
          ...{ caseExact: true, mutability: 'immutable', referenceTypes: ['User'] },
        }),
        attribute('display', 'string', 'Name of the person', { mutability: 'readOnly' }),
        attribute('type', 'string', 'Kind of member', { mutability: 'immutable', canonicalValues: ['User'] }),
      ],
    }),
  ],
}
