import { hash, randomInt } from 'node:crypto'

/** Crockford's letters: none that look alike. 80 bits a code, so that a plain hash suffices. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz'
const SIGNS = 16
const COUNT = 10

const newCode = (): string =>
  Array.from({ length: SIGNS }, () => LETTERS[randomInt(LETTERS.length)])
    .join('')
    .replaceAll(/(.{4})(?=.)/g, '$1-')

/** A code as it is kept, however it was typed; undefined for what cannot be one. */
export const recoveryCodeHash = (typed: string, principalId: string): Buffer | undefined => {
  const plain = typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
  if (plain.length !== SIGNS || [...plain].some((sign) => !LETTERS.includes(sign))) return undefined
  return hash('sha256', `gatehouse-recovery\0${principalId}\0${plain}`, 'buffer')
}

/** Ten codes, shown once, and the hashes that are kept. */
export const newRecoveryCodes = (principalId: string): { readonly codes: string[]; readonly hashes: Buffer[] } => {
  const codes = Array.from({ length: COUNT }, newCode)
  return { codes, hashes: codes.map((code) => recoveryCodeHash(code, principalId)!) }
}
