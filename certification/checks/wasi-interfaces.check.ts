import type { Check } from '../subject.js'

/** Which interfaces of WASI a standard component uses. It gets a confined subset of each, so this only says so. */
export const wasiInterfaces: Check = {
  id: 'wasi-interfaces',
  run: ({ wasi }) =>
    wasi.length === 0
      ? []
      : [
          {
            code: 'wasi.used',
            severity: 'info',
            message: `The component runs on a confined part of WASI: ${wasi.join(', ')}`.slice(0, MAX_MESSAGE),
            remedy: 'Nothing has to be done; interfaces of gatehouse:extension say more about what the component does',
          },
        ],
}

const MAX_MESSAGE = 1000
