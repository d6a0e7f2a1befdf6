import type { AnswerOf } from '#sdk/client/client.js'
import type { AnyFamily } from './document-client.js'
import { table } from './output.js'

type Revision = AnswerOf<`${AnyFamily}.show`>
type Document = Revision['document']

const ends = ({ from, until }: { from: string | null; until: string | null }): string =>
  [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ') || 'always'

type Schema = Extract<Document, { urn: string }>

const attributesInWords = ({ urn, enabled, attributes }: Schema): string => {
  const row = (
    { name, type, required, mutability, returned, uniqueness }: Omit<Schema['attributes'][number], 'subAttributes'>,
    many: boolean,
  ) => [name, many ? `list of ${type}` : type, required ? 'yes' : 'no', mutability, returned, uniqueness]
  const rows = attributes.flatMap(({ subAttributes = [], ...attribute }) => [
    row(attribute, attribute.multiValued),
    ...subAttributes.map((part) => row({ ...part, name: `  ${attribute.name}.${part.name}` }, false)),
  ])
  return [
    `urn      ${urn}${enabled ? '' : ' (not in use)'}`,
    table(['attribute', 'type', 'required', 'mutability', 'returned', 'uniqueness'], rows),
  ].join('\n')
}

type MappingDocument = Extract<Document, { fields: unknown }>

const fieldsInWords = ({ fields }: MappingDocument): string =>
  table(
    ['field', 'from', 'take', 'steps'],
    fields.map(({ field, from, take, separator, steps }) => [
      field,
      from.map((source) => ('constant' in source ? JSON.stringify(source.constant) : source.attribute)).join(', '),
      take === 'join' ? `all, by ${JSON.stringify(separator)}` : 'the first',
      steps.join(', ') || '-',
    ]),
  )

const contents = (document: Document): string => {
  if ('scopes' in document)
    return [`until    ${document.until ?? 'without end'}`, `scopes   ${document.scopes.join(', ') || 'none'}`].join(
      '\n',
    )
  if ('attributes' in document) return attributesInWords(document)
  if ('fields' in document) return fieldsInWords(document)
  const rows = document.entries.map((entry) => {
    if ('custom_roles' in entry) {
      const { display_name, external_id, id, roles, custom_roles, in_workspaces = [] } = entry
      const named = Object.entries({ display_name, external_id, id })
      const group = named.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`])).join(', ')
      const there = in_workspaces.map((place) => `in ${place.workspace}: ${place.roles.join(' ')}`)
      return [
        group,
        [[...roles, ...custom_roles].join(' '), ...there].filter(Boolean).join('; '),
        ends(entry),
        entry.by,
        entry.why,
      ]
    }
    if ('limit' in entry) {
      const each = 'per' in entry ? ` per ${entry.per}` : ''
      return [`${entry.limit}${each}`, `${entry.value}`, entry.extension, ends(entry), entry.by, entry.why]
    }
    const { extension, publisher, version, category, permission } = entry
    const about = Object.entries({ extension, publisher, version, category, permission })
    const named = about.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`])).join(', ')
    return [entry.effect, named, ends(entry), entry.by, entry.why]
  })
  if (document.entries.some((entry) => 'custom_roles' in entry))
    return table(['group', 'roles', 'holds', 'by', 'why'], rows)
  if (!('admits' in document)) return table(['limit', 'value', 'extension', 'holds', 'by', 'why'], rows)
  const admits = document.admits === 'all' ? 'all that is not denied' : 'only what is allowed or pinned'
  return `admits   ${admits}\n${table(['effect', 'about', 'holds', 'by', 'why'], rows)}`
}

/** A list, limits or a role at a revision, for people. */
export const documentInWords = ({ name, revision, document, by, created_at, why, decision_id }: Revision): string =>
  [
    `name     ${name}, revision ${revision}`,
    `title    ${document.title}`,
    `written  ${created_at} by ${by}: ${why}`,
    `decision ${decision_id}`,
    contents(document),
  ].join('\n')
