import { canonicalBytes } from '../canonical.js'

/** Both parts of an answer that an organisation's module had a say in, each as RFC 8785 bytes. */
export interface JoinedAnswer {
  /** What the platform's policy answered, before anything was added. */
  readonly platform: Uint8Array
  /** What the module answered to the same input. */
  readonly restrictions: Uint8Array
}

const HEAD = Buffer.from('{"platform":')
const MIDDLE = Buffer.from(',"restrictions":')
const TAIL = Buffer.from('}')

/** The bytes under which both are kept: RFC 8785 as well, since each part is and the names stand in their order. */
export const joinAnswers = ({ platform, restrictions }: JoinedAnswer): Uint8Array =>
  Buffer.concat([HEAD, platform, MIDDLE, restrictions, TAIL])

/** What the platform's policy answered, of an answer on record; `module` is that of the organisation, where one had a say. */
export const platformAnswer = (answer: Uint8Array, module: string | null): Uint8Array =>
  module === null ? answer : splitAnswers(answer).platform

/** The parts of what {@link joinAnswers} made, with their exact bytes. Raises SyntaxError or TypeError where it is no such thing. */
export const splitAnswers = (joined: Uint8Array): JoinedAnswer => {
  const { platform, restrictions } = JSON.parse(Buffer.from(joined).toString('utf8')) as Record<string, unknown>
  return { platform: canonicalBytes(platform), restrictions: canonicalBytes(restrictions) }
}
