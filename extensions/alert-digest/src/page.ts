import * as http from 'gatehouse:extension/http@0.1.0'
import * as metrics from 'gatehouse:extension/metrics@0.1.0'
import * as random from 'gatehouse:extension/random@0.1.0'
import * as secrets from 'gatehouse:extension/secrets@0.1.0'
import { encodeUtf8, uuidFrom } from '@gatehouse/sdk'
import { pageOf, told, type Project, type Settings } from './alerts.js'
import { keep, type Kept } from './kept.js'

/** The pager did not take it; it stays due. */
export class NotPaged extends Error {}

/**
 * Tells whoever is on call how a project stands, and keeps that it was told. Its key makes a second page of the same an update
 * of the first, so that one too many does no harm. Throws `NotPaged` and host errors.
 */
export const page = (name: string, { project, expect }: Kept, { pager_url }: Settings): Project => {
  const event = pageOf(name, project, uuidFrom(random.bytes(16)))
  // The key stands in the body, where the host puts in none: so it is read, and struck from the log.
  const body = encodeUtf8(JSON.stringify({ routing_key: secrets.get('ROUTING_KEY'), ...event }))
  const answer = http.fetch({ method: 'POST', url: pager_url, headers: [['content-type', 'application/json']], body })
  if (answer.status !== 202) throw new NotPaged(`the pager answered ${answer.status}`)
  const after = told(project)
  keep(name, after, expect)
  metrics.record({ kind: 'counter', name: 'pages_sent', value: 1, labels: [['action', event.event_action]] })
  metrics.record({ kind: 'histogram', name: 'alerts_a_page', value: project.open.length, labels: [] })
  return after
}
