import { describe, expect, it } from '@jest/globals'
import { hintOf, type Habits, type Refused } from './hints.rules.js'

const okta: Habits = { name: 'Okta of "ours"', quirks: 'okta' }
const refused = (status: number, scim_type: string | null, detail: string | null): Refused => ({
  ...{ status, scim_type, detail, outcome: status >= 500 ? 'failed' : 'refused', decision_id: 'd-1' },
})

describe('what to make of a refusal', () => {
  it.each<[Refused, string]>([
    [refused(500, null, 'x'), 'The fault is ours'],
    [
      refused(409, 'uniqueness', 'Somebody is here already as a@b.c'),
      String.raw`set "Okta of \"ours\"" --existing adopt`,
    ],
    [
      refused(409, 'uniqueness', 'a belong to several, or to a service account: give'),
      'leave each address to one person',
    ],
    [refused(409, 'uniqueness', 'userName "a" is somebody else\'s already'), 'second person or group'],
    [refused(403, null, 'A is the last active owner of the organisation'), 'organisations transfer'],
    [refused(403, null, 'A scope is missing'), 'gatehouse why d-1'],
    [refused(404, null, null), 'look anew'],
    [refused(412, null, null), 'unless it stays'],
    [refused(413, 'tooMany', null), 'too large'],
    [refused(429, null, null), 'told to wait'],
    [refused(429, null, 'More than 3 people … "gatehouse scim brake list", then'), 'holds it until people decide'],
    [refused(429, null, 'What people rejected, … "gatehouse scim brake release".'), 'People rejected it'],
    [refused(400, 'invalidValue', 'active must be true or false, without quotes'), '--quirks entra'],
    [refused(400, 'invalidValue', 'manager must be an object'), '--quirks entra'],
    [refused(400, 'invalidValue', '"http://x" is no schema of a Group'), '--quirks entra'],
    [refused(400, 'invalidSyntax', 'there is no attribute shoeSize'), 'attribute mapping'],
    [refused(400, 'invalidFilter', 'x'), 'Match people by userName'],
    [refused(400, 'noTarget', 'x'), 'whole attribute'],
    [refused(400, 'mutability', 'x'), 'cannot be changed'],
    [refused(400, 'invalidPath', 'x'), 'compare its attribute mapping'],
  ])('%j', (entry, words) => {
    expect(hintOf(entry, okta)).toContain(words)
  })

  it('is nothing where it was done, and does not advise what is set already', () => {
    expect(hintOf({ ...refused(200, null, null), outcome: 'done' }, okta)).toBeNull()
    const quoted = refused(400, 'invalidValue', 'active must be true or false, without quotes')
    expect(hintOf(quoted, { ...okta, quirks: 'entra' })).not.toContain('--quirks entra')
    expect(hintOf(quoted, undefined)).toContain('CONNECTION --quirks entra')
  })
})
