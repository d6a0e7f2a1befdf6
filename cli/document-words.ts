import type { AnswerOf } from '#sdk/client/client.js'
import { table } from './output.js'

type Revision = AnswerOf<'lists.show' | 'limits.show' | 'roles.show' | 'grouprules.show'>
type Document = Revision['document']

const ends = ({ from, until }: { from: string | null; until: string | null }): string =>
  [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' ') || 'always'

const contents = (document: Document): string => {
  if ('scopes' in document)
    return [`until    ${document.until ?? 'without end'}`, `scopes   ${document.scopes.join(', ') || 'none'}`].join(
      '\n',
    )
  const rows = document.entries.map((entry) => {
    if ('custom_roles' in entry) {
      const { display_name, external_id, id, roles, custom_roles } = entry
      const named = Object.entries({ display_name, external_id, id })
      const group = named.flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`])).join(', ')
      return [group, [...roles, ...custom_roles].join(' '), ends(entry), entry.by, entry.why]
    }
    if ('limit' in entry) return [entry.limit, `${entry.value}`, entry.extension, ends(entry), entry.by, entry.why]
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
