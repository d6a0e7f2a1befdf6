/** What is called: reads a request of 1 KB and answers 1 KB, with as many host calls as its name says. */

const guest = (imports: string, known: string): string => `
${imports}
const headers = [['content-type', 'application/json']]
const bytesOf = (text) => {
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}
const padding = bytesOf('x'.repeat(980) + '"}')
export function handle(request) {
  const { items } = JSON.parse(String.fromCharCode.apply(null, request.body))
  const known = ${known}
  const start = bytesOf('{"items":' + items.length + ',"known":' + known + ',"padding":"')
  const body = new Uint8Array(start.length + padding.length)
  body.set(start)
  body.set(padding, start.length)
  return { status: 200, headers, body }
}
`

/** By their host calls: none; one that needs no answer; one that waits for its answer. */
export const GUESTS = {
  none: guest('', 'false'),
  posted: guest(`import { write } from 'gatehouse:extension/log@0.1.0'`, `(write('info', 'called'), false)`),
  blocking: guest(`import { get } from 'gatehouse:extension/kv@0.1.0'`, `Boolean(get('rates'))`),
} as const

export type GuestName = keyof typeof GUESTS

const KILOBYTE = 1_024

/** The body of each request. */
export const requestBody = (): string => {
  const items = Array.from({ length: 20 }, (_, id) => ({ id, amount: id * 7, text: 'lunch with a client' }))
  const json = JSON.stringify({ items, padding: '' })
  return JSON.stringify({ items, padding: 'x'.repeat(Math.max(0, KILOBYTE - json.length)) })
}

/** What the bare route answers with: as long as a guest's answer. */
export const bareAnswer = (): string => JSON.stringify({ items: 20, known: true, padding: 'x'.repeat(980) })
