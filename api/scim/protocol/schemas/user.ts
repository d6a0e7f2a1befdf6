import { attribute, plural, type SchemaDefinition } from './definition.js'

const reference = (name: string, description: string, types: readonly string[]) =>
  attribute(name, 'reference', description, { caseExact: true, referenceTypes: types })

const name = attribute('name', 'complex', 'The parts of the name', {
  subAttributes: [
    attribute('formatted', 'string', 'The whole name as it is shown'),
    attribute('familyName', 'string', 'Family name'),
    attribute('givenName', 'string', 'Given name'),
    attribute('middleName', 'string', 'Middle names'),
    attribute('honorificPrefix', 'string', 'Title before the name'),
    attribute('honorificSuffix', 'string', 'Title after the name'),
  ],
})

const addresses = attribute('addresses', 'complex', 'Postal addresses', {
  multiValued: true,
  subAttributes: [
    attribute('formatted', 'string', 'The whole address as it is shown'),
    attribute('streetAddress', 'string', 'Street, house and post-box'),
    attribute('locality', 'string', 'City'),
    attribute('region', 'string', 'State or region'),
    attribute('postalCode', 'string', 'Postal code'),
    attribute('country', 'string', 'Country as in ISO 3166-1 alpha-2'),
    attribute('type', 'string', 'What it is for', { canonicalValues: ['work', 'home', 'other'] }),
    attribute('primary', 'boolean', 'Whether it is the preferred one; true once at most'),
  ],
})

const groups = attribute('groups', 'complex', 'Groups that the person belongs to', {
  multiValued: true,
  mutability: 'readOnly',
  subAttributes: [
    attribute('value', 'string', 'Id of the group', { caseExact: true, mutability: 'readOnly' }),
    attribute('$ref', 'reference', 'Address of the group', {
      ...{ caseExact: true, mutability: 'readOnly', referenceTypes: ['User', 'Group'] },
    }),
    attribute('display', 'string', 'Name of the group', { mutability: 'readOnly' }),
    attribute('type', 'string', 'Whether itself or by another group', {
      ...{ mutability: 'readOnly', canonicalValues: ['direct', 'indirect'] },
    }),
  ],
})

const certificate = attribute('value', 'binary', 'A certificate in DER, as base64', { caseExact: true })

/** RFC 7643, section 4.1. */
export const USER: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:User',
  name: 'User',
  description: 'A person',
  attributes: [
    attribute('userName', 'string', 'The name to sign in by, unique in the organisation', {
      ...{ required: true, uniqueness: 'server' },
    }),
    name,
    attribute('displayName', 'string', 'The name to show'),
    attribute('nickName', 'string', 'What the person likes to be called'),
    reference('profileUrl', 'A page about the person', ['external']),
    attribute('title', 'string', 'Title, such as Vice President'),
    attribute('userType', 'string', 'Relation to the organisation, such as Contractor'),
    attribute('preferredLanguage', 'string', 'As in Accept-Language'),
    attribute('locale', 'string', 'For dates and currencies, as in RFC 5646'),
    attribute('timezone', 'string', 'As in the time-zone database'),
    attribute('active', 'boolean', 'Whether the person may sign in and act'),
    attribute('password', 'string', 'Taken and thrown away: people sign in by their provider', {
      ...{ caseExact: true, mutability: 'writeOnly', returned: 'never' },
    }),
    plural('emails', 'E-mail addresses', ['work', 'home', 'other']),
    plural('phoneNumbers', 'Phone numbers', ['work', 'home', 'mobile', 'fax', 'pager', 'other']),
    plural('ims', 'Addresses for instant messages', []),
    plural('photos', 'Pictures', ['photo', 'thumbnail'], reference('value', 'Address of the picture', ['external'])),
    addresses,
    groups,
    plural('entitlements', 'Entitlements', []),
    plural('roles', 'Roles, as the client calls them', []),
    plural('x509Certificates', 'Certificates', [], certificate),
  ],
}

/** RFC 7643, section 4.3. */
export const ENTERPRISE_USER: SchemaDefinition = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'A person as an employee',
  attributes: [
    attribute('employeeNumber', 'string', 'Number or code in the organisation'),
    attribute('costCenter', 'string', 'Cost centre'),
    attribute('organization', 'string', 'Organisation'),
    attribute('division', 'string', 'Division'),
    attribute('department', 'string', 'Department'),
    attribute('manager', 'complex', 'The manager', {
      subAttributes: [
        attribute('value', 'string', 'Id of the manager', { caseExact: true }),
        attribute('$ref', 'reference', 'Address of the manager', { caseExact: true, referenceTypes: ['User'] }),
        attribute('displayName', 'string', 'Name of the manager', { mutability: 'readOnly' }),
      ],
    }),
  ],
}
