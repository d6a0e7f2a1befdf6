import { dirname } from 'node:path/posix'
import { createTwoFilesPatch } from 'diff'
import { z } from 'zod'
import type { ReasonEntry } from '../reasons.js'
import { readCatalogue } from './catalogue.js'
import { changesBetween, leavesOf, type Change } from './diff.rules.js'
import type { Fault } from './finding.js'
import { layoutFaults } from './layout.js'
import { OpaEnded, OpaRefused, type Opa } from './opa.js'
import { opaFaults } from './opa-errors.js'
import { withPolicyFolder, type PolicyFiles } from './policy-files.js'
import { ruleDefinitions, type Definition } from './rule-definitions.js'
import { ruleFiles } from './sources.js'
import { parseFiles } from './syntax.js'

/** A patch is given up where two texts have less in common than this many edits allow, so that a diff costs little. */
const MAX_EDITS = 5_000

/** One file that differs. */
export interface FileChange {
  readonly path: string
  readonly change: 'added' | 'removed' | 'changed'
  /** Unified diff; null where the texts have too little in common for one to say anything. */
  readonly patch: string | null
}

/** What a change means, whatever files it stands in; formatting, comments and moved lines are no change. */
export interface Meaning {
  /** Rules by which gates are asked, such as `governance.call.decision`. */
  readonly entrypoints: readonly Change<Place>[]
  /** Rules outside tests, by package and name; of a set of reasons each member, such as `governance.call.deny["call.throttle"]`. */
  readonly rules: readonly Change<Place>[]
  /** What reasons say of themselves, by id; where they stand doesn't count. */
  readonly reasons: readonly Change<ReasonWords>[]
  /** Leaves of the platform data, by JSON pointer. */
  readonly data: readonly Change<unknown>[]
}

export interface Place {
  readonly file: string
  readonly line: number
}

export type ReasonWords = Omit<ReasonEntry, 'file' | 'line'>

export interface PolicyDiff {
  readonly files: readonly FileChange[]
  /** Null where one of the two cannot be read; `faults` says why. */
  readonly meaning: Meaning | null
  readonly faults: readonly Fault[]
}

interface Read {
  readonly entrypoints: ReadonlyMap<string, Definition>
  readonly rules: ReadonlyMap<string, Definition>
  readonly reasons: ReadonlyMap<string, ReasonWords>
  readonly data: ReadonlyMap<string, unknown>
}

/** What differs from `before` to `after`, by file and by meaning. Both are read behind the wall of `tool`. */
export async function diffPolicies(
  before: PolicyFiles,
  after: PolicyFiles,
  { tool, signal }: { readonly tool: Opa; readonly signal?: AbortSignal | undefined },
): Promise<PolicyDiff> {
  const files = changesBetween(before, after, (a, b) => Buffer.compare(a, b) === 0).map(
    ({ id, change }): FileChange => ({ path: id, change, patch: patchOf(id, before.get(id), after.get(id)) }),
  )
  const reader = tool.until(signal)
  const packages = new Set(files.map(({ path }) => dirname(path)))
  const read = (side: PolicyFiles) => readPolicy(reader, side, packages)
  const [a, b] = await Promise.all([read(before), read(after)])
  if ('faults' in a || 'faults' in b)
    return { files, meaning: null, faults: [a, b].flatMap((one) => ('faults' in one ? one.faults : [])) }
  return { files, meaning: meaningOf(a, b), faults: [] }
}

const meaningOf = (a: Read, b: Read): Meaning => ({
  entrypoints: changesBetween(a.entrypoints, b.entrypoints, sameDefinition).map(placed),
  rules: changesBetween(a.rules, b.rules, sameDefinition).map(placed),
  reasons: changesBetween(a.reasons, b.reasons, sameJson),
  data: changesBetween(a.data, b.data, sameJson),
})

const sameJson = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)
const sameDefinition = (a: Definition, b: Definition): boolean => a.text === b.text

const placed = ({ id, change, before, after }: Change<Definition>): Change<Place> => ({
  id,
  change,
  before: before && { file: before.file, line: before.line },
  after: after && { file: after.file, line: after.line },
})

function patchOf(path: string, before: Uint8Array | undefined, after: Uint8Array | undefined): string | null {
  const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)
  const names = [before ? `a/${path}` : '/dev/null', after ? `b/${path}` : '/dev/null'] as const
  const options = { context: 3, maxEditLength: MAX_EDITS }
  return createTwoFilesPatch(...names, text(before), text(after), undefined, undefined, options) ?? null
}

/** @param packages folders of which rules are read: where no file differs, no rule does */
async function readPolicy(
  tool: Opa,
  files: PolicyFiles,
  packages: ReadonlySet<string>,
): Promise<Read | { readonly faults: readonly Fault[] }> {
  const faults = layoutFaults(files)
  if (faults.length > 0) return { faults }
  try {
    return await withPolicyFolder(files, async (folder) => {
      const read = ruleFiles(files).filter((file) => packages.has(dirname(file)))
      const parsed = await parseFiles(tool, folder, read)
      const catalogue = await readCatalogue(tool, folder)
      const { rules, entrypoints } = ruleDefinitions(parsed)
      return { rules, entrypoints, reasons: wordsOf(catalogue.reasons), data: leavesOf(platformData(files)) }
    })
  } catch (error) {
    if (error instanceof OpaRefused) return { faults: opaFaults(error.output) }
    if (error instanceof OpaEnded) return { faults: opaFaults(error.message) }
    throw error
  }
}

const wordsOf = (reasons: Readonly<Record<string, ReasonEntry>>): Map<string, ReasonWords> =>
  new Map(Object.entries(reasons).map(([id, { file: _file, line: _line, ...words }]) => [id, words]))

const platformData = (files: PolicyFiles): unknown =>
  z.json().parse(JSON.parse(new TextDecoder().decode(files.get('platform.json'))))
