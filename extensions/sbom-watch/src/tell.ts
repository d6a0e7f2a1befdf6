import * as events from 'gatehouse:extension/events@0.1.0'
import { hostErrorOf } from '@gatehouse/sdk'
import type { Change, Finding, Told } from './findings.js'

const OPENED = 'com.acme-labs.sbom-watch.findings_opened'
const CLOSED = 'com.acme-labs.sbom-watch.findings_closed'
/** Findings in one event, as the manifest has it. */
const IN_ONE = 50

/** Which check of which project it is. */
export interface About {
  readonly project: string
  readonly check: string
}

const inEvents = (type: string, about: About, findings: readonly object[]): number => {
  let told = 0
  try {
    for (; told < findings.length; told += IN_ONE)
      events.publish(type, JSON.stringify({ ...about, findings: findings.slice(told, told + IN_ONE) }))
  } catch (error) {
    const refused = hostErrorOf(error)
    // Whoever did not grant events does not want to be told; the findings are kept and listed all the same.
    if (refused?.code === 'capability.not_granted') return findings.length
    if (refused?.code !== 'capability.events_exceeded') throw error
  }
  return Math.min(told, findings.length)
}

const nameOf = ({ component, vulnerability }: Finding) => ({ component, vulnerability })

/** Publishes what opened and closed, as much as one call may; how much that was. Throws host errors. */
export const tell = (about: About, { opened, closed }: Change): Told => ({
  closed: inEvents(CLOSED, about, closed.map(nameOf)),
  opened: inEvents(OPENED, about, opened),
})
