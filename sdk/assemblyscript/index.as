/** What an extension in AssemblyScript is written with. The interfaces of the host are in ./host. */
export * from './host'

/** A name and a value; names of headers are in lower case. */
export class Field {
  constructor(readonly name: string, readonly value: string) {}
}

/** A request to one of the extension's endpoints, already authenticated and authorized. */
export class Request {
  constructor(
    readonly method: string,
    /** Path below the extension, such as `/audits/7`. */
    readonly path: string,
    readonly params: Field[],
    readonly query: Field[],
    readonly headers: Field[],
    readonly body: Uint8Array,
  ) {}
}

export class Response {
  constructor(readonly status: u16, readonly headers: Field[], readonly body: Uint8Array) {}
}

export function encodeUtf8(text: string): Uint8Array {
  return Uint8Array.wrap(String.UTF8.encode(text))
}

export function decodeUtf8(bytes: Uint8Array): string {
  return String.UTF8.decodeUnsafe(bytes.dataStart, bytes.length)
}

/** A string as JSON writes it. */
export function quoted(text: string): string {
  let json = '"'
  let plain = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code >= 32 && code != 34 && code != 92) continue
    json += text.slice(plain, index) + '\\u' + code.toString(16).padStart(4, '0')
    plain = index + 1
  }
  return json + text.slice(plain) + '"'
}

/** An answer of JSON, which is given as text. */
export function json(status: u16, text: string): Response {
  return new Response(status, [new Field('content-type', 'application/json')], encodeUtf8(text))
}

/** An RFC 9457 answer that says what is wrong with the request. */
export function problem(status: u16, title: string, detail: string): Response {
  const text = `{"status":${status},"title":${quoted(title)},"detail":${quoted(detail)}}`
  return new Response(status, [new Field('content-type', 'application/problem+json')], encodeUtf8(text))
}

/** The first value of a name in a list of fields. */
export function field(fields: Field[], name: string): string | null {
  for (let index = 0; index < fields.length; index++) if (fields[index].name == name) return fields[index].value
  return null
}

/** Where the runtime of AssemblyScript ends up when something is thrown: the call ends as a trap. */
export function abort(_message: string | null, _file: string | null, _line: u32, _column: u32): void {
  unreachable()
}
