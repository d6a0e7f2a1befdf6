/** Fields whose value is never logged, at the top of an entry or one level below. */
const SECRET_FIELDS = ['authorization', 'cookie', 'password', 'secret', 'token', 'key', 'private_key']

/** Paths of those fields in pino's own notation. */
export const REDACTED_PATHS = SECRET_FIELDS.flatMap((name) => [name, `*.${name}`, `*.headers["${name}"]`])

const API_KEY = /ghk_[A-Za-z0-9]{8}_[A-Za-z0-9_-]{20,}/g
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@"]+:)[^\s@"]+@/gi
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g

/** Text with what must not be told taken out, wherever it stands: API keys, passwords in URLs, private keys. */
export const redactText = (text: string): string =>
  text
    .replace(API_KEY, 'ghk_[redacted]')
    .replace(URL_PASSWORD, '$1[redacted]@')
    .replace(PRIVATE_KEY, '[redacted private key]')
