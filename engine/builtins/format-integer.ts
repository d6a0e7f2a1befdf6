import { padded, quotedRune, runeOf, type Flags } from './format-text.js'

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }

/** An integer of 64 bits by a verb; undefined where Go does not know it. */
export function integerText(value: bigint, verb: string, flags: Flags): string | undefined {
  if (verb === 'c') return padded(runeOf(BigInt.asUintN(64, value)), flags)
  if (verb === 'q') return padded(quotedRune(BigInt.asUintN(64, value), flags.plus), flags)
  if (verb === 'U') return unicode(BigInt.asUintN(64, value), flags)
  return verb in BASES ? digits(value, verb, flags) : undefined
}

function digits(value: bigint, verb: string, flags: Flags): string {
  if (flags.precision === 0 && value === 0n) return ' '.repeat(flags.width ?? 0)
  const { sign, plain } = parts(value, verb, flags)
  const filled = flags.zero && !flags.minus && flags.width !== undefined ? flags.width - sign.length : 0
  const padding = plain.padStart(flags.precision ?? filled, '0')
  return padded(sign + prefixOf(verb, padding, flags) + padding, flags, false)
}

function parts(value: bigint, verb: string, flags: Flags): { sign: string; plain: string } {
  const plain = (value < 0n ? -value : value).toString(BASES[verb])
  return { sign: signOf(value < 0n, flags), plain: verb === 'X' ? plain.toUpperCase() : plain }
}

/** The sign to show: always of what is negative, else as the flags ask. */
export const signOf = (negative: boolean, flags: Flags): string =>
  negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''

function prefixOf(verb: string, shown: string, flags: Flags): string {
  if (verb === 'O') return flags.sharp && !shown.startsWith('0') ? '0o0' : '0o'
  if (!flags.sharp) return ''
  if (verb === 'o') return shown.startsWith('0') ? '' : '0'
  return verb === 'b' ? '0b' : verb === 'x' ? '0x' : verb === 'X' ? '0X' : ''
}

function unicode(value: bigint, flags: Flags): string {
  const shown = `U+${value
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, flags.precision ?? 0), '0')}`
  const printable = flags.sharp && value <= 0x10ffffn && /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(runeOf(value))
  return padded(printable ? `${shown} '${runeOf(value)}'` : shown, flags, false)
}

/** An integer beyond 64 bits by a verb, which Go's big.Int formats by itself; undefined where it does not know it. */
export function bigText(value: bigint, verb: string, flags: Flags): string | undefined {
  if (verb !== 's' && !(verb in BASES)) return undefined
  const base = verb === 's' ? 'd' : verb
  const { sign, plain } = parts(value, base, flags)
  const prefix = base === 'O' ? '0o' : !flags.sharp ? '' : base === 'o' ? '0' : prefixOf(base, plain, flags)
  const zeros = plain.padStart(flags.precision ?? 0, '0')
  if (!flags.zero || flags.minus || flags.precision !== undefined) return padded(sign + prefix + zeros, flags, false)
  return sign + prefix + zeros.padStart((flags.width ?? 0) - sign.length - prefix.length, '0')
}
