import type { Condition } from '../filter/condition.js'
import { fulfils } from '../filter/evaluate.js'
import type { Quirks } from '../quirks.js'
import { keepImmutable } from '../immutable.js'
import { MAX_ENTRIES, readValue, requireAll, type Resource } from '../read-resource.js'
import { refuse } from '../scim-error.js'
import type { AttributeDefinition, ResourceDefinition } from '../schemas/definition.js'
import { attributeNamed, coreAttributes, schemaBefore } from '../schemas/resources.js'
import { kept, merged, pairsOf, withOnePrimary } from './entries.js'
import type { Operation } from './operations.js'
import { parsePath, type Target } from './path.js'

type AttributeTarget = Extract<Target, { kind: 'attribute' }>
type Op = 'add' | 'replace'

const isObject = (value: unknown): value is Resource =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Entries of a list; none where there is no list. */
const entriesIn = (holder: Resource, { name }: AttributeDefinition): Resource[] =>
  Array.isArray(holder[name]) ? (holder[name] as Resource[]) : []

const put = (holder: Resource, { name }: AttributeDefinition, value: unknown): void => {
  const isNothing =
    value === undefined ||
    (Array.isArray(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  if (Array.isArray(value) && value.length > MAX_ENTRIES)
    throw refuse('invalidValue', `${name} would have more than ${MAX_ENTRIES} entries`)
  if (isNothing) delete holder[name]
  else holder[name] = value
}

const guard = ({ mutability, name }: AttributeDefinition): void => {
  if (mutability === 'readOnly') throw refuse('mutability', `${name} is read-only`)
}

class Patch {
  constructor(
    private readonly definition: ResourceDefinition,
    private readonly quirks: Quirks,
    private readonly result: Resource,
  ) {}

  apply({ op, path, value }: Operation): void {
    const target: Target = path === undefined ? { kind: 'resource' } : parsePath(path, this.definition, this.quirks)
    if (op === 'remove') this.remove(target, value)
    else if (target.kind === 'resource') this.setMany(op, value, path !== undefined)
    else if (target.kind === 'extension') this.setExtension(op, target, value)
    else this.set(op, target, value)
  }

  private holderOf(urn: string | undefined): Resource {
    if (urn === undefined) return this.result
    return isObject(this.result[urn]) ? this.result[urn] : {}
  }

  private keep(urn: string | undefined, holder: Resource): void {
    if (urn === undefined) return
    if (Object.keys(holder).length > 0) this.result[urn] = holder
    else delete this.result[urn]
  }

  /** Without a path the value is a set of attributes; some clients make paths of their names. */
  private setMany(op: Op, value: unknown, isWithin: boolean): void {
    if (!isObject(value)) throw refuse('invalidValue', 'without a path, value must be an object of attributes')
    for (const [name, each] of Object.entries(value)) {
      if (['schemas', 'id', 'meta'].includes(name.toLowerCase())) continue
      if (isWithin && schemaBefore(this.definition, name)?.rest === '')
        throw refuse('invalidPath', `${name} stands within ${this.definition.core.id}, which has no such attribute`)
      this.apply({ op, path: name, value: each })
    }
  }

  private setExtension(op: Op, { urn, attributes }: Extract<Target, { kind: 'extension' }>, value: unknown): void {
    if (!isObject(value)) throw refuse('invalidValue', `${urn} must be an object of attributes`)
    for (const [name, each] of Object.entries(value)) {
      const attribute = attributeNamed(attributes, name)
      // Some clients name its schema within an extension as if it were a resource.
      if (!attribute && name.toLowerCase() === 'schemas') continue
      if (!attribute) throw refuse('invalidPath', `${urn} has no attribute ${name.slice(0, 100)}`)
      this.set(op, { kind: 'attribute', urn, attribute, where: undefined, part: undefined }, each)
    }
  }

  private set(op: Op, target: AttributeTarget, value: unknown): void {
    const { attribute, urn, where, part } = target
    guard(attribute)
    if (part) guard(part)
    const holder = this.holderOf(urn)
    if (where) this.setEntries(holder, { ...target, where }, value)
    else if (part) this.setPart(holder, { op, attribute, part }, value)
    else this.setWhole(holder, { op, attribute }, value)
    this.keep(urn, holder)
  }

  private setWhole(
    holder: Resource,
    { op, attribute }: { op: Op; attribute: AttributeDefinition },
    value: unknown,
  ): void {
    const read = readValue(attribute, value, { where: attribute.name, quirks: this.quirks })
    const before = holder[attribute.name]
    if (attribute.multiValued && op === 'add')
      put(holder, attribute, merged(entriesIn(holder, attribute), (read ?? []) as Resource[]))
    // A complex value that is replaced keeps what the new one does not name (RFC 7644, section 3.5.2.3).
    else if (!attribute.multiValued && isObject(read) && isObject(before))
      put(holder, attribute, { ...before, ...read })
    else if (read !== undefined || op === 'replace') put(holder, attribute, read)
  }

  private setPart(
    holder: Resource,
    { op, attribute, part }: { op: Op; attribute: AttributeDefinition; part: AttributeDefinition },
    value: unknown,
  ): void {
    const read = readValue(part, value, { where: `${attribute.name}.${part.name}`, quirks: this.quirks })
    if (!attribute.multiValued) {
      const before = holder[attribute.name]
      const changed: Resource = isObject(before) ? { ...before } : {}
      put(changed, part, read)
      return put(holder, attribute, changed)
    }
    const entries = entriesIn(holder, attribute)
    if (entries.length === 0 && op === 'replace' && !this.quirks.createsEntries)
      throw refuse('noTarget', `${attribute.name} has no entries`)
    const changed =
      entries.length === 0 ? [{ [part.name]: read }] : entries.map((entry) => ({ ...entry, [part.name]: read }))
    put(holder, attribute, kept(attribute.name, changed))
  }

  private setEntries(
    holder: Resource,
    { attribute, where, part }: AttributeTarget & { where: Condition },
    value: unknown,
  ): void {
    const entries = entriesIn(holder, attribute)
    const hit = new Set(entries.filter((entry) => fulfils(where, entry)))
    const said = this.entryOf(attribute, part, value)
    if (hit.size === 0) {
      const isNothing = Object.values(said).every((each) => each === undefined)
      if (this.quirks.createsEntries && isNothing) return
      const asked = Object.fromEntries(pairsOf(where))
      const made = { ...asked, ...said }
      if (!this.quirks.createsEntries || (!fulfils(where, asked) && !fulfils(where, made)))
        throw refuse('noTarget', `no entry of ${attribute.name} fulfils the filter of the path`)
      return put(holder, attribute, withOnePrimary([...entries, made], new Set([made])))
    }
    const changed = new Map([...hit].map((entry) => [entry, { ...entry, ...said }]))
    const all = entries.map((entry) => changed.get(entry) ?? entry)
    put(holder, attribute, kept(attribute.name, withOnePrimary(all, new Set(changed.values()))))
  }

  private entryOf(attribute: AttributeDefinition, part: AttributeDefinition | undefined, value: unknown): Resource {
    if (part)
      return { [part.name]: readValue(part, value, { where: `${attribute.name}.${part.name}`, quirks: this.quirks }) }
    return (
      ((readValue(attribute, [value], { where: attribute.name, quirks: this.quirks }) ?? []) as Resource[])[0] ?? {}
    )
  }

  private remove(target: Target, value: unknown): void {
    if (target.kind === 'resource') throw refuse('noTarget', 'a whole resource is removed by DELETE')
    if (target.kind === 'extension') {
      for (const attribute of target.attributes)
        if (attribute.required) throw refuse('mutability', `${attribute.name} is required and cannot be removed`)
      delete this.result[target.urn]
      return
    }
    const { attribute, urn, where, part } = target
    guard(attribute)
    if (part) guard(part)
    const removed = part ?? attribute
    if (removed.required || (part === undefined && attribute.required && !where))
      throw refuse('mutability', `${removed.name} is required and cannot be removed`)
    const holder = this.holderOf(urn)
    if (attribute.multiValued) this.removeEntries(holder, target, value)
    else if (part)
      put(
        holder,
        attribute,
        isObject(holder[attribute.name]) ? without(holder[attribute.name] as Resource, part.name) : undefined,
      )
    else delete holder[attribute.name]
    this.keep(urn, holder)
  }

  private removeEntries(holder: Resource, { attribute, where, part }: AttributeTarget, value: unknown): void {
    const entries = entriesIn(holder, attribute)
    const named = this.named(attribute, where, value)
    const isHit = (entry: Resource): boolean =>
      where ? fulfils(where, entry) : named === undefined || named.has(isObject(entry) ? entry['value'] : entry)
    if (where && !entries.some(isHit))
      throw refuse('noTarget', `no entry of ${attribute.name} fulfils the filter of the path`)
    const left = part
      ? entries.map((entry) => (isHit(entry) ? without(entry, part.name) : entry))
      : entries.filter((entry) => !isHit(entry))
    put(
      holder,
      attribute,
      left.filter((entry) => !isObject(entry) || Object.keys(entry).length > 0),
    )
  }

  /** Values that a removal names beside its path, as some clients do. */
  private named(
    attribute: AttributeDefinition,
    where: Condition | undefined,
    value: unknown,
  ): Set<unknown> | undefined {
    if (where || value === undefined || value === null || !this.quirks.removesByValue) return undefined
    const read = (readValue(attribute, value, { where: attribute.name, quirks: this.quirks }) ?? []) as Resource[]
    const values = read.map((entry) => (isObject(entry) ? entry['value'] : entry))
    if (values.includes(undefined))
      throw refuse('invalidValue', `each entry of ${attribute.name} to remove needs a value`)
    return new Set(values)
  }
}

const without = (holder: Resource, name: string): Resource =>
  Object.fromEntries(Object.entries(holder).filter(([each]) => each !== name))

/**
 * The resource after all operations (RFC 7644, section 3.5.2); the one given stays as it is, whatever happens.
 * Raises `ScimError` where one of them cannot be done.
 */
export const applyPatch = (
  before: Resource,
  operations: readonly Operation[],
  { definition, quirks }: { readonly definition: ResourceDefinition; readonly quirks: Quirks },
): Resource => {
  const result = structuredClone(before)
  const patch = new Patch(definition, quirks, result)
  for (const operation of operations) patch.apply(operation)
  const known = new Set([
    ...coreAttributes(definition).map(({ name }) => name),
    ...definition.extensions.map(({ id }) => id),
  ])
  for (const name of Object.keys(result)) if (!known.has(name)) delete result[name]
  requireAll(definition, result, before)
  keepImmutable(definition, before, result)
  return result
}
