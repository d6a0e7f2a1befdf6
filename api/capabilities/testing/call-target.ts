import { randomUUID } from 'node:crypto'
import { ExtensionEndpoint } from '#contract/manifest/endpoints.js'
import { Limits } from '#contract/manifest/limits.js'
import type { CallTarget } from '../../installs/call-target.js'

const DIGEST = `sha256:${'a'.repeat(64)}`

/** An install that may do everything, for tests; `fields` replace what a test is about. */
export const callTarget = (fields: Partial<CallTarget> = {}): CallTarget => {
  const publisherId = fields.publisherId ?? randomUUID()
  const workspaceId = fields.workspaceId ?? randomUUID()
  const installId = fields.installId ?? randomUUID()
  const permissions: CallTarget['granted'] = [
    'kv:read',
    'kv:write',
    'log:write',
    'log:read',
    'http:fetch',
    'secrets:read',
    'config:read',
    'metrics:write',
    'events:publish',
  ]
  const extension = fields.extension ?? 'com.example.probe'
  return {
    tenantId: randomUUID(),
    workspaceId,
    installId,
    publisherId,
    extension,
    semver: '1.0.0',
    digest: DIGEST,
    artifact: { digest: DIGEST, folder: '/nowhere' },
    endpoints: [ExtensionEndpoint.parse({ id: 'run', title: 'Run', method: 'POST', path: '/run' })],
    egress: [],
    limits: Limits.parse({}),
    emits: [
      {
        type: `${extension}.audited`,
        schema: { type: 'object', properties: { files: { type: 'integer' } }, required: ['files'] },
      },
    ],
    consumes: [],
    kvQuotaBytes: 1024,
    kvQuotaKeys: 10,
    config: { limit: 5, tags: ['a'] },
    secrets: { declared: ['TOKEN'], set: ['TOKEN'] },
    declared: permissions,
    granted: permissions,
    quota: null,
    rates: [],
    until: Number.POSITIVE_INFINITY,
    facts: {
      listed: null,
      extension: { id: extension, publisher_id: publisherId, standing: {} },
      publisher_standing: {},
      version: {
        version: '1.0.0',
        digest: DIGEST,
        channel: 'ga',
        review_state: 'approved',
        yanked: false,
        standing: {},
      },
      install: { id: installId, workspace_id: workspaceId, status: 'active', standing: {} },
      workspace: { id: workspaceId, status: 'active' },
      grant: { permissions: [...permissions] },
      signature: { state: 'valid', publisher_id: publisherId },
    },
    ...fields,
  }
}
