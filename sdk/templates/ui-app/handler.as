import { decodeUtf8, field, json, kv, problem, quoted, Request, Response } from './gatehouse'

/** The items that a page shows. */
export function handle(request: Request): Response {
  const given = field(request.params, 'id')
  const id = given === null ? '' : given
  const stored = kv.get('items/' + id).value
  if (stored === null) return problem(404, 'Not found', 'There is no item ' + id)
  return json(200, `{"id":${quoted(id)},"text":${quoted(decodeUtf8(stored))}}`)
}
