import type { AnswerOf, GatehouseClient, OperationId } from '#sdk/client/client.js'
import { PEOPLE_FIXTURES } from './people-fixtures.js'
import { POLICY_FIXTURES } from './policy-fixtures.js'

type Item<Id extends OperationId> = AnswerOf<Id> extends { items: (infer T)[] } ? T : never

const id = (last: number): string => `01940000-0000-7000-8000-${String(last).padStart(12, '0')}`
const at = (second: number): string => `2026-11-21T09:30:${String(second).padStart(2, '0')}.000Z`
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`

const decision = (n: number, rest: Partial<Item<'decisions.list'>>): Item<'decisions.list'> => ({
  id: id(n),
  at: at(60 - n),
  tenant: id(900),
  gate: 'call',
  action: 'extension.invoke',
  outcome: 'allow',
  decided_by: 'policy',
  cause: null,
  actor: 'u_3f9a',
  resource: { kind: 'install', id: id(700) },
  extension: 'com.acme-labs.lockfile-auditor',
  install_id: id(700),
  execution_id: null,
  correlation_id: 'c-1',
  reasons: [],
  rules: ['call.allowed'],
  revision: digest('a'),
  count: 1,
  ...rest,
})

const extension = (n: number, name: string, rest: Partial<Item<'extensions.list'>>): Item<'extensions.list'> => ({
  id: id(n),
  name,
  title: name.split('.').at(-1) ?? name,
  description: 'Reads a lockfile and tells what is in it.',
  type: 'workflow-step',
  categories: ['security'],
  publisher: { id: id(800), slug: 'acme-labs', name: 'Acme Labs', verified: true },
  rung: 'none',
  permissions: [{ id: 'kv:read', risk: 'low', title: 'Read its own storage', words: 'Reads its own entries.' }],
  pricing: 'free',
  author: null,
  compatibility: '>=0.1.0',
  versions: [
    {
      version: '1.0.0',
      digest: digest('b'),
      channel: 'ga',
      review_state: 'approved',
      yanked_at: null,
      platform_compatible: true,
      created_at: at(0),
    },
  ],
  created_at: at(0),
  ...rest,
})

const approval: Item<'approvals.list'> = {
  id: id(300),
  tenant_id: id(900),
  kind: 'review',
  action: 'extension.submit',
  state: 'open',
  title: 'Review com.acme-labs.expense-classifier 1.0.0',
  subject: { permissions: ['expense:read', 'http:fetch'] },
  subject_digest: digest('c'),
  subject_publisher_id: id(800),
  scope: 'extensions:review',
  quorum: 1,
  opened_by: 'u_77aa',
  waits_for_me: true,
  votes: [],
  expires_at: '2026-11-28T09:30:00.000Z',
  settled_at: null,
  voided_because: null,
  created_at: at(1),
  decision_id: id(301),
}

const kill = (n: number, rest: Partial<Item<'kills.list'>>): Item<'kills.list'> => ({
  id: id(n),
  tenant_id: id(900),
  scope: 'extension',
  target: 'com.acme-labs.misbehaver',
  reason: 'it floods its neighbours',
  engaged_by: 'u_3f9a',
  engaged_at: at(5),
  released_at: null,
  local: false,
  decision_id: id(n + 1),
  ...rest,
})

const draft: AnswerOf<'drafts.show'> = {
  id: id(500),
  name: 'keys come from owners',
  state: 'open',
  base_revision: digest('a'),
  base_in_force: true,
  files: [{ path: 'platform.json', digest: digest('e') }],
  source_commit: '46084b4eaa8a668a9e47f231464711503f717983',
  checks: {
    ok: false,
    skipped: [],
    coverage: null,
    stages: [
      { name: 'layout', state: 'passed', detail: '34 files', findings: [], ms: 1 },
      {
        name: 'format',
        state: 'failed',
        detail: '',
        findings: [
          {
            stage: 'format',
            file: 'governance/admin/admin.rego',
            line: 383,
            rule: 'opa-fmt',
            message: 'is not formatted',
            remedy: 'run opa fmt -w governance/admin/admin.rego',
          },
        ],
        ms: 40,
      },
      { name: 'types', state: 'not_run', detail: 'not reached', findings: [], ms: 0 },
    ],
  },
  checked: true,
  sealed_revision: null,
  created_by: 'u_5ea1',
  decision_id: id(501),
  version: 3,
  created_at: at(2),
  updated_at: at(9),
}

/** What a small platform answers, always the same, so that frames can be compared. */
export const FIXTURES: { readonly [Id in OperationId]?: AnswerOf<Id> } = {
  'health.report': {
    status: 'ok',
    details: {
      database: { status: 'up' },
      policy: { status: 'up', revision: digest('a').slice(0, 19) },
      kill_lease: { status: 'up', epoch: 4, age_ms: 120 },
      ledger: { status: 'up', size: 1204, unsequenced: 0 },
      isolation: { status: 'up', wall: 'bubblewrap' },
      slots: { status: 'up', warm: 6, busy: 1 },
      disk: { status: 'degraded', free_mb: 812 },
    },
  },
  'extensions.list': {
    items: [
      extension(100, 'com.acme-labs.lockfile-auditor', {}),
      extension(101, 'com.acme-labs.expense-classifier', { type: 'ai-agent' }),
      extension(102, 'com.acme-labs.misbehaver', {
        rung: 'throttle',
        publisher: { id: id(801), slug: 'shady', name: 'Shady', verified: false },
      }),
    ],
    next_cursor: null,
  },
  'decisions.list': {
    items: [
      decision(1, {}),
      decision(2, { outcome: 'deny', reasons: ['call.scope_missing'], rules: ['call.scope_missing'] }),
      decision(3, {
        gate: 'capability',
        action: 'capability.use',
        outcome: 'deny',
        reasons: ['capability.host_undeclared'],
        extension: 'com.acme-labs.misbehaver',
      }),
      decision(4, { gate: 'install', action: 'install.create', outcome: 'hold', reasons: ['install.consent_missing'] }),
      decision(5, {
        outcome: 'unavailable',
        decided_by: 'unavailable',
        cause: 'policy_unavailable',
        rules: [],
        revision: null,
      }),
    ],
    next_cursor: null,
  },
  'approvals.show': approval,
  'approvals.list': {
    items: [
      {
        ...approval,
        id: id(302),
        kind: 'kill_release',
        title: 'Release extension com.acme-labs.misbehaver',
        waits_for_me: false,
      },
      approval,
    ],
    next_cursor: null,
  },
  'policy.status': {
    in_force: digest('a'),
    activation: null,
    canary: null,
    break_glass: null,
    instances: [
      { node: 'api-1', revision: digest('a'), follows: true, fault: null, since: at(3), seen_at: at(50) },
      {
        node: 'api-2',
        revision: digest('f'),
        follows: false,
        fault: 'the activated policy is not kept here',
        since: at(4),
        seen_at: at(50),
      },
    ],
  },
  'policy.history': { activations: [] },
  'policy.revisions': {
    revisions: [
      {
        revision: digest('d'),
        bundle_revision: digest('d'),
        base_revision: digest('a'),
        draft_id: id(510),
        source_commit: null,
        sealed_by: 'u_5ea1',
        decision_id: id(511),
        sealed_at: at(6),
        in_force: false,
      },
    ],
  },
  'drafts.list': { items: [draft], next_cursor: null },
  'drafts.show': draft,
  ...POLICY_FIXTURES,
  ...PEOPLE_FIXTURES,
  'kills.list': {
    items: [
      kill(200, { released_at: at(40), target: 'globex', scope: 'tenant', reason: 'wrong tenant' }),
      kill(202, {}),
    ],
    next_cursor: null,
  },
}

/** A client that answers from fixtures; anything else it is asked is a mistake of the test. */
export const fixtureClient = (answers: Partial<Record<OperationId, unknown>> = FIXTURES): GatehouseClient => {
  const get = async (endpoint: OperationId): Promise<unknown> => {
    if (!(endpoint in answers)) throw new Error(`${endpoint} has no fixture`)
    return answers[endpoint]
  }
  return {
    get,
    call: async (endpoint: OperationId) => ({ kind: 'done', answer: await get(endpoint) }),
  } as unknown as GatehouseClient
}
