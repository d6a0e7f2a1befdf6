import { decodeUtf8, field, json, problem, type Request, type Response } from '@gatehouse/sdk'
import * as kv from 'gatehouse:extension/kv@0.1.0'

/** The items that a page shows. */
export function handle(request: Request): Response {
  const id = field(request.params, 'id') ?? ''
  const stored = kv.get(`items/${id}`)
  return stored ? json(200, { id, text: decodeUtf8(stored) }) : problem(404, 'Not found', `There is no item ${id}`)
}
