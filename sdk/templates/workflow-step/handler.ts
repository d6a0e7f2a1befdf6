import { json, type Request, type Response } from '@gatehouse/sdk'
import * as log from 'gatehouse:extension/log@0.1.0'

/** Answers one request. Every import from gatehouse:extension is a host call that policy decides. */
export function handle(request: Request): Response {
  log.write('info', `${request.method} ${request.path}`)
  return json(200, { hello: 'world' })
}
