import { describe, expect, it } from '@jest/globals'
import { Braked } from './brake.guard.js'

const FACTS = { asked: 1, let_go: 4, people: 30, percent: 10, floor: 3, privileged: 0, waiting: false, rejected: 0 }
const REMEDY =
  'Look at the list by "gatehouse scim brake list", then release or reject it; the identity provider sends again.'
const reason = (id: string, message: string) => ({ id, message, remedy: REMEDY })

const told = (facts: Partial<typeof FACTS>, reasons: readonly { id: string }[]): string => {
  const hold = { kind: 'hold', reasons, decisionId: 'd-1' } as unknown as Braked['hold']
  return new Braked(hold, [], { facts: { ...FACTS, ...facts }, windowMinutes: 60 }).detail
}

describe('what an identity provider is told that is held off', () => {
  const many = reason('admin.scim_brake', 'Words without numbers.')
  it('says how many would go and how many may, and the remedy once', () => {
    expect(told({}, [many])).toBe(
      `More than 3 people would go within 60 minutes, 4 of 30; held until somebody releases it. ${REMEDY} Decision d-1.`,
    )
    expect(told({ people: 500, let_go: 51 }, [many])).toMatch(/^More than 10 % \(50 people\) would go .*, 51 of 500;/)
    const privileged = reason('admin.scim_brake_privileged', 'Somebody of a privileged group would go.')
    expect(told({}, [many, privileged]).split(REMEDY)).toHaveLength(2)
  })

  it('says that others are held already', () => {
    expect(told({ waiting: true, let_go: 1 }, [many])).toMatch(/^Other changes of this connection are held/)
  })
})
