import type { DescribedAnswer, Operation } from './document.js'

/** An answer as it came. */
export interface CameBack {
  readonly status: number
  readonly headers: Pick<Headers, 'get'>
  readonly body: Uint8Array
}

/** What is wrong with a value by a schema. */
type Faults = (schema: object, value: unknown) => string[]

const essence = (type: string): string => type.split(';', 1)[0]?.trim().toLowerCase() ?? ''

/** What the document says of a content type: by its own name, or as any at all. */
const described = (content: DescribedAnswer['content'], type: string) =>
  Object.entries(content ?? {}).find(([name]) => essence(name) === type)?.[1] ?? content?.['*/*']

const isJson = (type: string): boolean => /^application\/(?:[\w.-]+\+)?json$/.test(type)

function bodyFaults(answer: DescribedAnswer, { headers, body }: CameBack, faults: Faults): string[] {
  const type = essence(headers.get('content-type') ?? '')
  if (!answer.content) return body.length === 0 ? [] : [`carries ${body.length} bytes that are not described`]
  const found = described(answer.content, type)
  if (!found) return [`has the content type ${type || 'of nothing'}, not ${Object.keys(answer.content).join(', ')}`]
  if (!isJson(type)) return []
  try {
    return faults(found.schema, JSON.parse(Buffer.from(body).toString('utf8')))
  } catch (error) {
    return [`is no JSON: ${(error as Error).message}`]
  }
}

/** How an answer differs from what the document says of its operation: status, headers, content type, body. Empty where it fits. */
export function faultsOf({ responses }: Operation, came: CameBack, faults: Faults): string[] {
  const answer = responses[came.status] ?? responses['default']
  if (!answer) return [`the status ${came.status} is not described`]
  // Only refusals share one description.
  if (came.status < 400 && !(came.status in responses) && !('*/*' in (answer.content ?? {})))
    return [`the status ${came.status} is described as a refusal only`]
  const missing = Object.entries(answer.headers ?? {})
    .filter(([name, { required }]) => required === true && came.headers.get(name) === null)
    .map(([name]) => `has no header ${name}`)
  return [...missing, ...bodyFaults(answer, came, faults)]
}
