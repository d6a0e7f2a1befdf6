import { readFile } from 'node:fs/promises'
import { LineCounter, parseDocument, type Node } from 'yaml'
import { z } from 'zod'
import { UsageError } from '../../usage-error.js'
import { Expectation } from '#sdk/test-kit/expectation.schema.js'
import { Content, Surroundings } from '#sdk/test-kit/surroundings.schema.js'

const Given = z.record(z.string(), z.unknown()).default({})

const Request = z.strictObject({
  method: z.string().default('GET'),
  path: z.string().startsWith('/'),
  headers: z.record(z.string(), z.string()).default({}),
  body: Content.optional(),
})

/** An event that the extension consumes, as it is delivered in service. */
export const Delivered = z.strictObject({
  type: z.string(),
  id: z.uuid().default('01990000-0000-7000-8000-0000000000e1'),
  data: z.record(z.string(), z.json()),
})
export type DeliveredEvent = z.infer<typeof Delivered>

const Case = z
  .strictObject({
    name: z.string().min(1),
    given: Given,
    request: Request.optional(),
    event: Delivered.optional(),
    expect: Expectation,
  })
  .refine(({ request, event }) => (request === undefined) !== (event === undefined), {
    error: 'must have either a request or an event',
  })
const CaseFile = z.strictObject({ given: Given, cases: z.array(Case).min(1) })

/** One case, with the surroundings of its file and its own. */
export interface TestCase extends Omit<z.infer<typeof Case>, 'given'> {
  readonly file: string
  readonly surroundings: Surroundings
  /** Line of a field of it, counted from 1. */
  lineOf(path: readonly PropertyKey[]): number
}

/** Aliases are followed here: one that has no anchor, or stands for too much, is a fault of the file. */
const valuesOf = (document: ReturnType<typeof parseDocument>, wrong: (message: string) => never): unknown => {
  try {
    return document.toJS()
  } catch (error) {
    return wrong((error as Error).message)
  }
}

/** Reads the cases of a YAML file. Raises `UsageError` with file, line and pointer for what is not as it must be. */
export const readCases = async (file: string): Promise<TestCase[]> => {
  const lines = new LineCounter()
  const document = parseDocument(await readFile(file, 'utf8'), { lineCounter: lines })
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as Node | undefined
      if (node?.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const wrong = (path: readonly PropertyKey[], detail: string): never => {
    throw new UsageError(`${file}:${lineOf(path)}: /${path.join('/')} ${detail}`)
  }
  const [broken] = document.errors
  if (broken) throw new UsageError(`${file}:${broken.linePos?.[0].line ?? 1}: ${broken.message}`)
  const parsed = CaseFile.safeParse(valuesOf(document, (message) => wrong([], message)))
  if (!parsed.success) return wrong(parsed.error.issues[0]!.path, parsed.error.issues[0]!.message)
  return parsed.data.cases.map(({ given, ...each }, index) => {
    const surroundings = Surroundings.safeParse({ ...parsed.data.given, ...given })
    if (!surroundings.success) {
      const [issue] = surroundings.error.issues
      const own = Object.hasOwn(given, issue!.path[0] ?? '')
      return wrong([...(own ? ['cases', index] : []), 'given', ...issue!.path], issue!.message)
    }
    const line = (path: readonly PropertyKey[]) => lineOf(['cases', index, ...path])
    return { ...each, file, surroundings: surroundings.data, lineOf: line }
  })
}
