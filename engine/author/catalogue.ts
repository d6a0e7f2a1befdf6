import { z } from 'zod'
import { PatchOperation } from '#contract/decisions/patch.js'
import { DottedId } from '#contract/primitives.js'
import type { ReasonCatalogue, ReasonEntry } from '../reasons.js'
import type { Fault } from './finding.js'
import type { Opa } from './opa.js'

/** What `opa inspect -a` says of one annotated thing. */
const Inspection = z.object({
  annotations: z
    .array(
      z.object({
        annotations: z.object({
          title: z.string().default(''),
          description: z.string().default(''),
          custom: z.unknown().optional(),
        }),
        location: z.object({ file: z.string(), row: z.int() }),
      }),
    )
    .default([]),
})
type Annotated = z.infer<typeof Inspection>['annotations'][number]

const Custom = z.strictObject({
  id: DottedId,
  remedy: z.string().min(1).optional(),
  patch: z.array(PatchOperation).min(1).optional(),
  hidden: z.literal(true).optional(),
  waivable: z.literal(true).optional(),
})

/** The reasons that a policy's metadata names, sorted by id, and what is wrong with it. */
export interface Catalogue {
  readonly reasons: ReasonCatalogue
  readonly faults: readonly Fault[]
}

/** Reads the metadata of all rules below `governance` of a folder. */
export async function readCatalogue(tool: Opa, folder: string): Promise<Catalogue> {
  const text = await tool.output(['inspect', '-a', '-f', 'json', 'governance'], folder)
  const read = Inspection.parse(JSON.parse(text)).annotations.flatMap(toEntry)
  const entries = read.flatMap(({ entry }) => (entry ? [entry] : [])).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const twice = entries.filter(([id], index) => entries[index - 1]?.[0] === id).map(sharedId)
  return { reasons: Object.fromEntries(entries), faults: [...read.flatMap(({ fault }) => fault ?? []), ...twice] }
}

/** The catalogue of a policy that is known to be sound; fails where metadata does not parse or two rules share an id. */
export async function soundCatalogue(tool: Opa, folder: string): Promise<ReasonCatalogue> {
  const { reasons, faults } = await readCatalogue(tool, folder)
  const [fault] = faults
  if (fault) throw new Error(`${fault.file}:${fault.line}: ${fault.message}`)
  return reasons
}

const sharedId = ([id, { file, line }]: [string, ReasonEntry]): Fault => ({
  file,
  line,
  rule: id,
  message: `two rules have the reason id ${id}`,
  remedy: 'give each rule an id of its own',
})

function toEntry({ annotations, location }: Annotated): { entry?: [string, ReasonEntry]; fault?: Fault }[] {
  if (annotations.custom === undefined) return []
  const { file, row: line } = location
  const custom = Custom.safeParse(annotations.custom)
  if (!custom.success) return [{ fault: metadataFault({ file, line }, 'custom', z.prettifyError(custom.error)) }]
  const { id, ...rest } = custom.data
  const words = { title: annotations.title, description: annotations.description.trim() }
  if (!words.title || !words.description)
    return [{ fault: metadataFault({ file, line }, id, `reason ${id} has no title or no description`) }]
  return [{ entry: [id, { ...words, ...withoutUndefined(rest), file, line }] }]
}

const metadataFault = (place: { file: string; line: number }, rule: string, message: string): Fault => ({
  ...place,
  rule,
  message,
  remedy: 'write title, description, custom.id and custom.remedy above the rule, as the other rules do',
})

const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
