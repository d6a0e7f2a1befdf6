import type { Check } from '../subject.js'

const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/

/** A private key that was packed by mistake: whoever downloads the bundle has it. */
export const privateKey: Check = {
  id: 'private-key',
  run: ({ files }) =>
    [...files]
      .filter(([, file]) => PRIVATE_KEY.test(Buffer.from(file).toString('latin1')))
      .map(([path]) => ({
        code: 'file.private_key',
        severity: 'high',
        message: `${path} contains a private key`,
        remedy: `Remove it from ${path} and replace the key: it has left your hands`,
      })),
}
