import type { components, operations } from './generated/schema.js'

/** Id of an operation of the OpenAPI document, such as `installs.create`. */
export type OperationId = keyof operations

/** The shape with `undefined` allowed wherever a field may be left out. */
type Loose<T> = unknown extends T
  ? T
  : T extends (infer Item)[]
    ? Loose<Item>[]
    : string extends keyof T
      ? { [K in keyof T]: Loose<T[K]> }
      : T extends object
        ? { [K in keyof T]: {} extends Pick<T, K> ? Loose<T[K]> | undefined : Loose<T[K]> }
        : T

type ParametersOf<Id extends OperationId> = operations[Id]['parameters']
type PathOf<Id extends OperationId> = ParametersOf<Id> extends { path: infer P } ? { params: P } : unknown
type QueryOf<Id extends OperationId> =
  ParametersOf<Id> extends { query: infer Q extends object }
    ? { query: Loose<Q> }
    : ParametersOf<Id> extends { query?: infer Q }
      ? [Q] extends [undefined]
        ? unknown
        : { query?: Loose<NonNullable<Q>> | undefined }
      : unknown
type BodyOf<Id extends OperationId> = operations[Id] extends {
  requestBody: { content: { 'application/json': infer B } }
}
  ? { body: Loose<B> }
  : unknown

/** What an operation takes: `params`, `query` and `body` where it has them. */
export type RequestOf<Id extends OperationId> = PathOf<Id> & QueryOf<Id> & BodyOf<Id>

type Json<T> = { content: { 'application/json': T } }
/** What an operation answers; text where that is no JSON. */
export type AnswerOf<Id extends OperationId> = operations[Id]['responses'] extends { 200: Json<infer T> }
  ? Loose<T>
  : operations[Id]['responses'] extends { 201: Json<infer T> }
    ? Loose<T>
    : string

/** A person must settle it first. */
export type HeldBody = components['schemas']['Held']
/** The RFC 9457 body of a refusal, as the service sends it. */
export type Problem = components['schemas']['Problem']

/** Done, or held for a person. A refusal is thrown as `Refusal`. */
export type Reply<Id extends OperationId> =
  | { readonly kind: 'done'; readonly answer: AnswerOf<Id> }
  | ({ readonly kind: 'held' } & HeldBody)

/** Operations that answer page by page. */
export type PagedId = {
  [Id in OperationId]: AnswerOf<Id> extends { items: unknown[]; next_cursor: string | null } ? Id : never
}[OperationId]
/** One item of a page. */
export type ItemOf<Id extends PagedId> = AnswerOf<Id> extends { items: (infer Item)[] } ? Item : never
