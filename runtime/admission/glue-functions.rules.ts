import { AdmissionError } from '../errors.js'
import { unknownGlue } from './glue.rules.js'
import { functionsOf } from './host-functions.js'

const CALLED = /\[iface="([^"]+)", function="([^"]+)"\] \[Instruction::CallInterface\]/g
const LOWERED = /^ *_trampoline\d+\.fnName = '/gm

/**
 * Refuses glue that reaches a function of the host by a name that its interface does not have: a component says itself which
 * functions an interface holds, and `constructor` is a name like any other to it.
 * Raises `AdmissionError` `admission.import_refused`, or `.glue_unknown` where the glue does not name what it calls.
 */
export function refuseUnknownFunctions(glue: string): void {
  const called = [...glue.matchAll(CALLED)].map(([, from, name]) => ({ from: from!, name: name! }))
  if (called.length !== (glue.match(LOWERED)?.length ?? 0)) throw unknownGlue()
  const unknown = called.find(({ from, name }) => functionsOf(from)?.includes(name) !== true)
  if (unknown === undefined) return
  const { from, name } = unknown
  const message = `the component imports ${name} of ${from}, which has no such function`
  throw new AdmissionError('admission.import_refused', message, { imports: [`${from}#${name}`] })
}
