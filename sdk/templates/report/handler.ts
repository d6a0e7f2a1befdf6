import { json, type Request, type Response } from '@gatehouse/sdk'
import * as config from 'gatehouse:extension/config@0.1.0'
import * as metrics from 'gatehouse:extension/metrics@0.1.0'

/** Makes one report, titled as an admin wants it. */
export function handle(_request: Request): Response {
  metrics.record({ kind: 'counter', name: 'reports', value: 1, labels: [] })
  return json(200, { title: JSON.parse(config.get('title') ?? '"Report"'), rows: [] })
}
