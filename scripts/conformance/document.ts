import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import findMyWay, { type HTTPMethod } from 'find-my-way'

/** An answer as the document has it. */
export interface DescribedAnswer {
  readonly headers?: Readonly<Record<string, { readonly required?: boolean }>>
  readonly content?: Readonly<Record<string, { readonly schema: object }>>
}

/** One operation as the document has it. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly responses: Readonly<Record<string, DescribedAnswer>>
}

/** A request as the document knows it. */
export interface Found {
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
}

interface Raw {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>
  readonly components: { readonly responses: Readonly<Record<string, DescribedAnswer>> }
}
interface RawOperation {
  readonly operationId: string
  readonly responses: Readonly<Record<string, DescribedAnswer | { readonly $ref: string }>>
}

const SELF = 'gatehouse'
const routed = (template: string): string => template.replace(/\/\{path\}$/, '/*').replaceAll(/\{(\w+)\}/g, ':$1')

/** The OpenAPI document of a service: which operation a request is one of, and whether its answer fits. */
export class ApiDocument {
  readonly operations: readonly Operation[]
  private readonly ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  private readonly compiled = new WeakMap<object, ValidateFunction>()
  private readonly router = findMyWay()

  constructor(raw: object) {
    const document = raw as Raw
    this.ajv.addSchema({ $id: SELF, ...document })
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId, responses }]) => ({
        ...{ id: operationId, method: method.toUpperCase(), path },
        responses: resolved(responses, document),
      })),
    )
    for (const operation of this.operations)
      this.router.on(operation.method as HTTPMethod, routed(operation.path), () => undefined, operation)
  }

  /** The document that a service serves. */
  static async of(url: string): Promise<ApiDocument> {
    const response = await fetch(new URL('/openapi.json', url))
    return new ApiDocument((await response.json()) as object)
  }

  /** The operation that a request is one of, and what stands in its path by the names of the template. */
  find(method: string, path: string): Found | undefined {
    const found = this.router.find(method as HTTPMethod, path)
    if (!found) return undefined
    const { '*': rest, ...params } = found.params as Record<string, string>
    return { operation: found.store as Operation, params: rest === undefined ? params : { ...params, path: rest } }
  }

  /** What is wrong with a value by a schema of the document; nothing where it fits. */
  faults(schema: object, value: unknown): string[] {
    let validate = this.compiled.get(schema)
    if (!validate) {
      const absolute = JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${SELF}#/`)
      this.compiled.set(schema, (validate = this.ajv.compile(JSON.parse(absolute) as object)))
    }
    if (validate(value)) return []
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`)
  }
}

const resolved = (responses: RawOperation['responses'], { components }: Raw): Operation['responses'] =>
  Object.fromEntries(
    Object.entries(responses).map(([status, answer]) => [
      status,
      '$ref' in answer ? (components.responses[answer.$ref.split('/').at(-1) ?? ''] ?? {}) : answer,
    ]),
  )
