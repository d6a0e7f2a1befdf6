import * as clock from 'gatehouse:extension/clock@0.1.0'
import * as config from 'gatehouse:extension/config@0.1.0'
import * as log from 'gatehouse:extension/log@0.1.0'
import * as metrics from 'gatehouse:extension/metrics@0.1.0'
import * as random from 'gatehouse:extension/random@0.1.0'
import { uuidFrom } from '@gatehouse/sdk'
import { BATCH, type Severity, type Vulnerability } from './advisories.js'
import { ask } from './ask.js'
import { changeOf, keptAfter, type Accepted, type Change } from './findings.js'
import { keep, readKept } from './kept.js'
import type { Sbom } from './sbom.js'
import { tell } from './tell.js'

/** What a check has come to so far. The last step is `done`. */
export interface Step {
  readonly event: 'started' | 'progress' | 'finding' | 'done'
  readonly data: object
}

interface Settings {
  readonly advisories_url: string
  readonly accepted: readonly Accepted[]
}

const count = (name: string, value: number, labels: [string, string][] = []): void =>
  metrics.record({ kind: 'counter', name, value, labels })

const bySeverity = (findings: Change['open']): Record<Severity, number> => {
  const counts = { critical: 0, high: 0, medium: 0, low: 0 }
  for (const { severity } of findings) counts[severity]++
  return counts
}

const measure = ({ components }: Sbom, { open, opened, closed }: Change): void => {
  count('components_checked', components.length)
  for (const [severity, of] of Object.entries(bySeverity(opened)))
    if (of > 0) count('findings_opened', of, [['severity', severity]])
  if (closed.length > 0) count('findings_closed', closed.length)
  metrics.record({ kind: 'gauge', name: 'findings_open', value: open.length, labels: [] })
}

function* asked(url: string, components: readonly string[]): Generator<Step, Vulnerability[]> {
  const found: Vulnerability[] = []
  for (let at = 0; at < components.length; at += BATCH) {
    found.push(...ask(url, components.slice(at, at + BATCH)))
    const checked = Math.min(at + BATCH, components.length)
    yield { event: 'progress', data: { checked, of: components.length, vulnerabilities: found.length } }
  }
  return found
}

/**
 * Checks a project step by step. Others are told before anything is kept: what fails in between is told again by the next check,
 * and never lost. Throws `NoAdvisories` and host errors.
 */
export function* check(sbom: Sbom): Generator<Step> {
  const { project, components, unidentified } = sbom
  const now = new Date(clock.nowMs()).toISOString()
  const about = { project, check: uuidFrom(random.bytes(16)) }
  yield { event: 'started', data: { ...about, components: components.length, unidentified } }
  const { advisories_url, accepted } = JSON.parse(config.all()) as Settings
  const { kept, expect } = readKept(project)
  const found = yield* asked(advisories_url, components)
  const change = changeOf(kept?.findings ?? [], found, { now, accepted })
  const told = tell(about, change)
  keep(project, { checked_at: now, findings: keptAfter(change, told) }, expect)
  for (const finding of change.opened) yield { event: 'finding', data: finding }
  measure(sbom, change)
  log.write(
    'info',
    `checked ${project}: ${components.length} components, ${change.opened.length} opened, ${change.closed.length} closed`,
  )
  yield {
    event: 'done',
    data: {
      ...about,
      ...{ checked_at: now, components: components.length, unidentified, accepted: change.accepted },
      ...{ open: bySeverity(change.open), opened: change.opened, closed: change.closed },
      // Told by the next check: an event for everybody's every finding would be too many for one call.
      untold: change.opened.length - told.opened + change.closed.length - told.closed,
    },
  }
}
