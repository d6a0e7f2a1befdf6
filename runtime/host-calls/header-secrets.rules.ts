import { HostRefusal } from './host-reply.js'

type Headers = Readonly<Record<string, string>>

const PLACE = /\{\{secret:([A-Za-z][A-Za-z0-9_]{0,62})\}\}/g
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
// Shorter values would be found in answers that do not have them.
const MIN_ECHO_BYTES = 4

/** Names of the secrets that headers ask for, each once. */
export const secretsIn = (headers: Headers): string[] => [
  ...new Set(Object.values(headers).flatMap((value) => [...value.matchAll(PLACE)].map(([, name]) => name!))),
]

/** The headers with secrets in their places. Raises `http.secret_invalid` for a value that no header can carry. */
export const withSecrets = (headers: Headers, values: ReadonlyMap<string, string>): Record<string, string> => {
  for (const [name, value] of values)
    if (!VALUE.test(value)) throw new HostRefusal('http.secret_invalid', `The secret ${name} cannot stand in a header`)
  const fill = (text: string): string => text.replaceAll(PLACE, (place, name: string) => values.get(name) ?? place)
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]))
}

/** Raises `http.secret_echoed` where an answer has a secret that was sent, as it was sent: the guest must not see it. */
export const refuseEcho = (
  answer: { readonly headers: readonly (readonly [string, string])[]; readonly body: Uint8Array },
  values: ReadonlyMap<string, string>,
): void => {
  const body = Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength)
  for (const [name, value] of values) {
    if (value.length < MIN_ECHO_BYTES) continue
    if (body.includes(value) || answer.headers.some(([, text]) => text.includes(value)))
      throw new HostRefusal('http.secret_echoed', `The host answered with the secret ${name}; the answer is withheld`)
  }
}
