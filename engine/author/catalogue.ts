import { z } from 'zod'
import { DottedId } from '#contract/primitives.js'
import { PatchOperation, type ReasonCatalogue, type ReasonEntry } from '../reasons.js'
import type { Opa } from './opa.js'

/** What `opa inspect -a` says of one annotated thing. */
const Annotation = z.object({
  annotations: z.object({
    title: z.string().default(''),
    description: z.string().default(''),
    custom: z
      .strictObject({
        id: DottedId,
        remedy: z.string().optional(),
        patch: z.array(PatchOperation).optional(),
        hidden: z.literal(true).optional(),
      })
      .optional(),
  }),
  location: z.object({ file: z.string(), row: z.int() }),
})
const Inspection = z.object({ annotations: z.array(Annotation) })

/**
 * The catalogue of reasons from the metadata of all rules under `root`, sorted by id.
 * Fails where metadata does not parse, where words are missing or where two rules share an id.
 */
export async function collectReasons(tool: Opa, root: string): Promise<ReasonCatalogue> {
  const inspection = Inspection.parse(
    JSON.parse(await tool.output(['inspect', '-a', '-f', 'json', 'governance'], root)),
  )
  const entries = inspection.annotations.flatMap(toEntry).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const twice = entries.find(([id], index) => entries[index + 1]?.[0] === id)
  if (twice) throw new Error(`two rules have the reason id ${twice[0]}`)
  return Object.fromEntries(entries)
}

function toEntry({ annotations, location }: z.infer<typeof Annotation>): [string, ReasonEntry][] {
  if (!annotations.custom) return []
  const { id, ...rest } = annotations.custom
  const words = { title: annotations.title, description: annotations.description.trim() }
  return [[id, { ...words, ...withoutUndefined(rest), file: location.file, line: location.row }]]
}

const withoutUndefined = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
