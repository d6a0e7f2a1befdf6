import type { Content } from './surroundings.schema.js'

/** The bytes that are meant. */
export const bytesOf = (content: Content): Uint8Array => {
  if (typeof content === 'string') return Buffer.from(content, 'utf8')
  return 'base64' in content ? Buffer.from(content.base64, 'base64') : Buffer.from(JSON.stringify(content.json), 'utf8')
}

const strict = new TextDecoder('utf-8', { fatal: true })

/** Bytes as a person writes them: JSON where they are that, else text, else base64. */
export const contentOf = (bytes: Uint8Array): Content => {
  try {
    const text = strict.decode(bytes)
    try {
      const value: unknown = JSON.parse(text)
      return typeof value === 'object' && value !== null ? ({ json: value } as Content) : text
    } catch {
      return text
    }
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') }
  }
}
