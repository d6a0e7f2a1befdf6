import type { AnswerOf } from '#sdk/client/client.js'

const id = (last: number): string => `01940000-0000-7000-8000-${String(last).padStart(12, '0')}`
const at = (second: number): string => `2026-11-21T09:30:${String(second).padStart(2, '0')}.000Z`
const digest = (digit: string): string => `sha256:${digit.repeat(64)}`

type Waiver = AnswerOf<'waivers.list'>['items'][number]
type Change = AnswerOf<'restrictions.history'>['activations'][number]

const waiver = (n: number, rest: Partial<Waiver>): Waiver => ({
  id: id(n),
  reason: 'install.yanked',
  subject: { kind: 'extension', id: 'com.acme-labs.lockfile-auditor' },
  until: '2026-12-01T00:00:00.000Z',
  why: 'the mended version ships on Monday',
  state: 'in_force',
  asked_by: 'u_5ea1',
  approval_id: id(n + 1),
  revoked_at: null,
  revoked_by: null,
  revoked_because: null,
  decision_id: id(n + 2),
  granted_at: at(3),
  ...rest,
})

const change = (seq: number, rest: Partial<Change>): Change => ({
  seq,
  module: digest('7'),
  replaces: null,
  kind: 'activate',
  reason: 'keys come from owners',
  by: 'u_ad31',
  approval_id: id(620 + seq),
  decision_id: id(640 + seq),
  at: at(seq),
  ...rest,
})

const draft: AnswerOf<'restrictions.draft'> = {
  source: 'package tenant\n',
  tests: 'package tenant_test\n',
  checks: { ok: true, skipped: [], coverage: null, stages: [] },
  checked: true,
  module: digest('8'),
  what_if: {
    decisions: 200,
    denied: 3,
    held: 0,
    effects: [{ reason: 'tenant.key_needs_owner', effect: 'deny', decisions: 3, example: id(660) }],
  },
  updated_by: 'u_ad31',
  decision_id: id(661),
  version: 4,
  updated_at: at(30),
}

const revision = {
  tenant_id: id(900),
  revision: 2,
  by: 'u_ad31',
  reverts_to: null,
  created_at: at(12),
}

/** What an organisation and the people of policy have laid down, always the same. */
export const POLICY_FIXTURES = {
  'waivers.list': {
    items: [
      waiver(600, {
        ...{ state: 'revoked', subject: { kind: 'tenant', id: id(900) }, reason: 'publish.finding' },
        ...{ revoked_at: at(20), revoked_by: 'u_77aa', revoked_because: 'the scanner is back' },
      }),
      waiver(603, {}),
    ],
    next_cursor: null,
  },
  'restrictions.show': {
    in_force: { ...change(2, {}), source: 'package tenant\n', tests: 'package tenant_test\n' },
    follows: true,
    draft: { version: 4, checked: true, passed: true, updated_at: at(30) },
    limits: { fuel: 1_000_000, memory_bytes: 16_777_216, restrictions: 20 },
  } as AnswerOf<'restrictions.show'>,
  'restrictions.history': {
    activations: [change(2, { replaces: digest('6') }), change(1, { module: digest('6'), reason: 'a first try' })],
  },
  'restrictions.draft': draft,
  'lists.list': {
    items: [
      {
        ...{ ...revision, name: 'default', why: 'nothing of theirs for now', decision_id: id(670) },
        document: {
          title: 'Our extensions',
          admits: 'all',
          entries: [
            {
              effect: 'deny',
              publisher: 'shady',
              from: null,
              until: null,
              why: 'it floods its neighbours',
              by: 'u_ad31',
            },
          ],
        },
      },
    ],
    next_cursor: null,
  } as AnswerOf<'lists.list'>,
  'limits.list': {
    items: [
      {
        ...{ ...revision, revision: 1, name: 'default', why: 'what the budget allows', decision_id: id(671) },
        document: {
          title: 'Our limits',
          entries: [
            ...[
              { limit: 'calls_per_day' as const, value: 5_000, extension: '*', from: null, until: null, why: 'budget' },
            ],
          ],
        },
      },
    ],
    next_cursor: null,
  } as AnswerOf<'limits.list'>,
  'roles.list': {
    items: [
      {
        ...{ ...revision, name: 'install-clerk', why: 'clerks install what is listed', decision_id: id(672) },
        document: { title: 'Installs what is listed', scopes: ['extensions:read', 'installs:write'], until: null },
      },
    ],
    next_cursor: null,
  } as AnswerOf<'roles.list'>,
}

/** A canary of a revision, at its second step. */
export const canaryOf = (revision: string): AnswerOf<'canaries.show'> => ({
  ...{ id: id(700), state: 'running', revision, base_revision: digest('a'), percent: 10, unit: 'install' },
  ...{ reason: 'by degrees', by: 'u_5ea1', approval_id: id(701), what_if: id(702), changed: ['call.throttle'] },
  pairs: {
    ...{ pairs: 120, skipped: 0, unavailable: 0, cost_ratio: 1.02, unseen: ['call.throttle'] },
    flips: [{ rule: 'call.quota_exceeded', foretold_rate: 0.01, bound: 7.2, found: 2 }],
  },
  ...{ breach: null, ended_by: null, ended_because: null, started_at: at(1), step_at: at(9), ended_at: null },
  decision_id: id(703),
})
