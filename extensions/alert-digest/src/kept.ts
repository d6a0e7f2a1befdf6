import * as kv from 'gatehouse:extension/kv@0.1.0'
import { decodeUtf8, encodeUtf8 } from '@gatehouse/sdk'
import { NOTHING, type Project } from './alerts.js'

const PREFIX = 'project/'
const SEEN = 'event/'
/** Events are delivered again for an hour or so; nobody waits longer for one. */
const SEEN_SECONDS = 7 * 86_400
const PAGE = 500

/** A project as it is kept, with what has to be there still when it is replaced. */
export interface Kept {
  readonly project: Project
  readonly expect: kv.Expectation
}

export const readProject = (name: string): Kept => {
  const entry = kv.read(PREFIX + name)
  if (!entry) return { project: NOTHING, expect: { tag: 'absent' } }
  return { project: JSON.parse(decodeUtf8(entry.value)) as Project, expect: { tag: 'version', val: entry.version } }
}

const replacement = (name: string, project: Project, expect: kv.Expectation): kv.Operation =>
  project.open.length === 0 && !project.paged
    ? { tag: 'delete', val: { key: PREFIX + name, expect } }
    : { tag: 'put', val: { key: PREFIX + name, value: encodeUtf8(JSON.stringify(project)), expect } }

/** Keeps a project; one with nothing left is forgotten. Throws `kv.conflict` where somebody else changed it meanwhile. */
export const keep = (name: string, project: Project, expect: kv.Expectation): void => {
  kv.transact([replacement(name, project, expect)])
}

/** Whether an event was taken in already: a delivery may come more than once. */
export const isSeen = (event: string): boolean => kv.get(SEEN + event) !== null

/** Keeps a project and that an event was taken in, both or neither. Throws `kv.conflict`. */
export const keepSeen = (event: string, name: string, { project, expect }: Kept): void => {
  const seen = {
    key: SEEN + event,
    value: new Uint8Array(0),
    ttlSeconds: SEEN_SECONDS,
    expect: { tag: 'absent' },
  } as const
  kv.transact([{ tag: 'put', val: seen }, replacement(name, project, expect)])
}

/** Names of all projects in which something is open. */
export const projectNames = (): string[] => {
  const names: string[] = []
  for (let after: string | null = null; ;) {
    const { keys, next }: ReturnType<typeof kv.scan> = kv.scan(PREFIX, after, PAGE)
    names.push(...keys.map((key) => key.slice(PREFIX.length)))
    if (next === null) return names
    after = next
  }
}
