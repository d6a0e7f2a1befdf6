import { decodeUtf8, json, kv, problem, quoted, Request, Response } from './gatehouse'

/** Answers with what it was told before. Everything it remembers lies in its own storage. */
export function handle(request: Request): Response {
  const last = kv.get('last').value
  const refused = kv.set('last', request.body)
  if (refused) return problem(403, 'Not remembered', refused.message)
  const before = last === null ? 'null' : quoted(decodeUtf8(last))
  return json(200, `{"before":${before},"heard":${request.body.length}}`)
}
