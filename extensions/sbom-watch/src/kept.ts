import * as kv from 'gatehouse:extension/kv@0.1.0'
import { decodeUtf8, encodeUtf8 } from '@gatehouse/sdk'
import type { Finding } from './findings.js'

const PREFIX = 'project/'
const PAGE = 500

/** What was found at the last check of a project. */
export interface Kept {
  readonly checked_at: string
  readonly findings: readonly Finding[]
}

/** What is kept of a project, with what has to be there still when it is replaced; `kept` is null before its first check. */
export const readKept = (project: string): { readonly kept: Kept | null; readonly expect: kv.Expectation } => {
  const entry = kv.read(PREFIX + project)
  if (!entry) return { kept: null, expect: { tag: 'absent' } }
  return { kept: JSON.parse(decodeUtf8(entry.value)) as Kept, expect: { tag: 'version', val: entry.version } }
}

/** Keeps what a check found. Throws `kv.conflict` where another check of the project ended meanwhile. */
export const keep = (project: string, kept: Kept, expect: kv.Expectation): void => {
  kv.transact([{ tag: 'put', val: { key: PREFIX + project, value: encodeUtf8(JSON.stringify(kept)), expect } }])
}

/** Names of all projects that were checked. */
export const projects = (): string[] => {
  const names: string[] = []
  for (let after: string | null = null; ;) {
    const { keys, next }: ReturnType<typeof kv.scan> = kv.scan(PREFIX, after, PAGE)
    names.push(...keys.map((key) => key.slice(PREFIX.length)))
    if (next === null) return names
    after = next
  }
}

/** Forgets a project; one that is not there is forgotten already. */
export const forget = (project: string): void => kv.delete(PREFIX + project)
