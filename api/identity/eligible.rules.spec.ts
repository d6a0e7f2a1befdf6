import { describe, expect, it } from '@jest/globals'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { askedTenants, mayBeAsked } from './eligible.rules.js'

const ACME = '0198c0de-0000-7000-8000-00000000000a'
const LABS = '0198c0de-0000-7000-8000-00000000000c'
const matter = { tenant_id: ACME, scope: 'kill:release', opened_by: 'u_opener', subject_publisher_id: LABS } as const
type Asked = Parameters<typeof mayBeAsked>[1]
const owner: Asked = {
  id: '1',
  tenant_id: ACME,
  publisher_id: null,
  roles: ['owner'],
  custom_scopes: [],
  pseudonym: 'u_owner',
}

describe('mayBeAsked', () => {
  it.each([
    ['somebody with the scope', owner, true],
    ['whoever opened it', { ...owner, pseudonym: 'u_opener' }, false],
    ['somebody without the scope', { ...owner, roles: ['admin'] }, false],
    [
      'somebody with a role of the own',
      { ...owner, roles: [], custom_scopes: ['approvals:vote', 'kill:release'] },
      true,
    ],
    ["somebody of the subject's publisher", { ...owner, publisher_id: LABS }, false],
    ['somebody of another organisation', { ...owner, tenant_id: LABS }, false],
    ["the platform's people", { ...owner, tenant_id: PLATFORM_TENANT_ID, roles: ['security_lead'] }, true],
    ['platform staff that do not operate it', { ...owner, tenant_id: PLATFORM_TENANT_ID }, false],
  ] satisfies [string, Asked, boolean][])('%s', (_, person, asked) => {
    expect(mayBeAsked(matter, person)).toBe(asked)
  })

  it("looks among the matter's own people and the platform's", () => {
    expect(askedTenants(matter)).toEqual([ACME, PLATFORM_TENANT_ID])
    expect(askedTenants({ tenant_id: PLATFORM_TENANT_ID })).toEqual([PLATFORM_TENANT_ID])
  })
})
