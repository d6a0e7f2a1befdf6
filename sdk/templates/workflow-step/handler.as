import { json, log, Request, Response } from './gatehouse'

/** Answers one request. Every call of an interface such as `log` is a host call that policy decides. */
export function handle(request: Request): Response {
  log.write(log.Level.info, request.method + ' ' + request.path)
  return json(200, '{"hello":"world"}')
}
