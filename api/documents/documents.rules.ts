import { isDeepStrictEqual } from 'node:util'
import canonicalize from 'canonicalize'
import type { DocumentKind, DocumentOf, GroupRule, LimitEntry, ListEntry } from '#contract/api/documents.js'
import type { MappedField } from '#contract/api/scim-mapping.js'
import type { ScimAttribute } from '#contract/api/scim-schemas.js'
import type { Scope } from '#contract/scopes.js'
import { changesBetween, type Change } from '#engine/author/diff.rules.js'
import { ruleWords } from './group-rules.rules.js'
import { entryWords } from './laid-down.rules.js'

type AnyDocument = DocumentOf<DocumentKind>
type Entry = ListEntry | LimitEntry | GroupRule

const withoutAuthor = ({ by: _, ...entry }: Entry): object => entry
/** Equal for entries that say the same, whoever put them in and in whatever order their fields stand. */
const contentOf = (entry: Entry): string => canonicalize(withoutAuthor(entry))!

/** A document with the author of each entry: who put it in as it is, else whoever writes now. */
export const withAuthors = <D extends AnyDocument>(document: D, before: D | undefined, writer: string): D => {
  if (!('entries' in document)) return document
  const earlier: readonly Entry[] = before && 'entries' in before ? before.entries : []
  const authors = new Map(earlier.toReversed().map((entry) => [contentOf(entry), entry.by]))
  const entries = (document.entries as Entry[]).map((entry) => ({
    ...entry,
    by: authors.get(contentOf(entry)) ?? writer,
  }))
  return { ...document, entries }
}

const aboutOf = (entry: Entry): string => {
  if ('limit' in entry) return `${entry.limit} extension ${entry.extension}`
  return 'effect' in entry ? `${entry.effect} ${entryWords(entry)}` : ruleWords(entry)
}

const idOf = (entry: Entry): string => {
  const about = aboutOf(entry)
  return entry.from === null ? about : `${about}, from ${entry.from}`
}

interface Parts {
  readonly entries: readonly Entry[]
  readonly scopes: readonly Scope[]
  readonly attributes: readonly ScimAttribute[]
  readonly fields: readonly MappedField[]
}

/** What a document holds, by names that stay the same while its order changes. */
const itemsOf = (document: AnyDocument | undefined): Map<string, unknown> => {
  const items = new Map<string, unknown>()
  if (!document) return items
  const { entries = [], scopes = [], attributes = [], fields = [], ...rest } = document as Partial<Parts>
  for (const [name, value] of Object.entries(rest)) items.set(`/${name}`, value)
  for (const scope of scopes) items.set(scope, scope)
  for (const attribute of attributes) items.set(`attribute ${attribute.name}`, attribute)
  for (const field of fields) items.set(`field ${field.field}`, field)
  const times = new Map<string, number>()
  for (const entry of entries) {
    const id = idOf(entry)
    const time = (times.get(id) ?? 0) + 1
    times.set(id, time)
    items.set(time === 1 ? id : `${id} (${time})`, withoutAuthor(entry))
  }
  return items
}

/** What differs between two documents of one kind; undefined is an empty one. */
export const changesOf = (before: AnyDocument | undefined, after: AnyDocument | undefined): Change<unknown>[] =>
  changesBetween(itemsOf(before), itemsOf(after), isDeepStrictEqual)

/** How much differs. */
export const tallyOf = (changes: readonly Change<unknown>[]) => {
  const count = (kind: Change<unknown>['change']) => changes.filter(({ change }) => change === kind).length
  return { added: count('added'), removed: count('removed'), changed: count('changed') }
}
