import { BodyStreams } from '../slots/child/body-streams.js'
import { Host, type HostPort } from '../slots/child/host-interfaces.js'

/** What a script asks of its host before any request came. */
const TOO_EARLY =
  'A host call can be made while a request is handled, not while the module is loaded: move it into handle'

const refuse = (): never => {
  throw new Error(TOO_EARLY)
}

const PORT: HostPort = {
  call: refuse,
  post: refuse,
  random: refuse,
  nowMs: () => 0,
  sleep: () => undefined,
  bodies: new BodyStreams({ tell: refuse, ask: refuse }, undefined),
  mayLog: false,
  drop: () => undefined,
}

/** The host of a script that is being loaded: there is nothing that it could reach. */
export const emptyHost = (): Host => new Host(PORT, undefined)
