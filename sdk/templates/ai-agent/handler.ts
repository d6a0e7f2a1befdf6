import { decodeUtf8, encodeUtf8, hostErrorOf, json, problem, type Request, type Response } from '@gatehouse/sdk'
import * as kv from 'gatehouse:extension/kv@0.1.0'

/** Answers with what it was told before. Everything it remembers lies in its own storage. */
export function handle(request: Request): Response {
  const before = kv.get('last')
  try {
    kv.set('last', request.body)
  } catch (error) {
    const refused = hostErrorOf(error)
    if (refused) return problem(403, 'Not remembered', refused.message)
    throw error
  }
  return json(200, { before: before ? decodeUtf8(before) : null, heard: encodeUtf8(decodeUtf8(request.body)).length })
}
