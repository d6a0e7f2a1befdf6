import { beyond } from './call.js'
import { quote } from './notation.js'

/** Flags, width and precision of one formatting verb. */
export interface Flags {
  readonly sharp: boolean
  readonly zero: boolean
  readonly plus: boolean
  readonly minus: boolean
  readonly space: boolean
  readonly width?: number | undefined
  readonly precision?: number | undefined
  /** `%#v`: strings as Go source. */
  readonly goSyntax?: boolean
}

/** Padded to the width in code points: with spaces, or with zeros on the left where the flag asks for them. */
export function padded(text: string, flags: Flags, zero = flags.zero): string {
  const missing = (flags.width ?? 0) - [...text].length
  if (missing <= 0) return text
  return flags.minus ? text + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + text
}

/** A string by a verb; undefined where Go does not know it. */
export function stringText(value: string, verb: string, flags: Flags): string | undefined {
  switch (verb) {
    case 's':
      return padded(truncated(value, flags), flags)
    case 'v':
      return flags.goSyntax ? quoted(value, flags) : padded(truncated(value, flags), flags)
    case 'q':
      return quoted(value, flags)
    case 'x':
      return hexadecimal(value, flags)
    case 'X':
      return hexadecimal(value, flags)?.toUpperCase()
    default:
      return undefined
  }
}

const truncated = (value: string, { precision }: Flags): string =>
  precision === undefined ? value : [...value].slice(0, precision).join('')

function quoted(value: string, flags: Flags): string {
  const cut = truncated(value, flags)
  // oxlint-disable-next-line no-control-regex -- what Go cannot put in backquotes
  const plain = flags.sharp && !/[\u0000-\u0008\u000a-\u001f\u007f`\ufeff]/.test(cut)
  return padded(plain ? `\`${cut}\`` : quote(cut, flags.plus), flags)
}

function hexadecimal(value: string, flags: Flags): string {
  const bytes = Buffer.from(value)
  const pairs = [...bytes.subarray(0, flags.precision)].map((byte) => byte.toString(16).padStart(2, '0'))
  if (pairs.length === 0) return padded('', flags)
  const prefix = flags.sharp ? '0x' : ''
  return padded(flags.space ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join(''), flags)
}

/** A character in single quotes, as Go writes it in source. */
export function quotedRune(point: bigint, ascii: boolean): string {
  const character = runeOf(point)
  if (character === "'") return "'\\''"
  if (character === '"') return `'"'`
  return `'${quote(character, ascii).slice(1, -1)}'`
}

/** The character of a code point; U+FFFD where it is none. */
export const runeOf = (point: bigint): string =>
  point < 0n || point > 0x10ffffn || (point >= 0xd800n && point <= 0xdfffn)
    ? '\ufffd'
    : String.fromCodePoint(Number(point))

/** Formatting that no policy needs and that we do not write as Go does. */
export const unsupported = (verb: string): never => beyond(`the verb %${verb} is not supported here`)
