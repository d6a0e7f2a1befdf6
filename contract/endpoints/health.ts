import { z } from 'zod'
import { endpoint } from '../endpoint.js'

const Report = z.looseObject({ status: z.string() })

/** For load balancers, orchestrators and scrapers: no credentials. */
export const healthEndpoints = {
  'health.live': endpoint({
    method: 'GET',
    path: '/livez',
    summary: 'The process answers',
    action: null,
    public: true,
    response: Report,
    status: 200,
  }),
  'health.ready': endpoint({
    method: 'GET',
    path: '/readyz',
    summary: 'The service can decide and run',
    action: null,
    public: true,
    response: Report,
    status: 200,
  }),
  'health.report': endpoint({
    method: 'GET',
    path: '/healthz',
    summary: 'Every indicator with its detail',
    action: null,
    public: true,
    response: Report,
    status: 200,
  }),
  'health.metrics': endpoint({
    method: 'GET',
    path: '/metrics',
    summary: 'Prometheus metrics',
    action: null,
    public: true,
    response: { type: 'text/plain; version=0.0.4' },
    status: 200,
  }),
}
