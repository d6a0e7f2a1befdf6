import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const URL = 'https://gatehouse.example/auth/set-password?token=ghi_x'
let service: ToldService

beforeEach(async () => {
  service = await ToldService.start()
})
afterEach(() => service.stop())

const told = async (part: object) => {
  const sent = { id: 'i-1', email: 'ana@acme.example', expires_at: 'later', delivery: 'shown', token: 'ghi_x' }
  service.tell({ ...sent, password_url: null, ...part })
  const { stdout } = await service.gatehouse('invitations', 'create', 'ana@acme.example', '--role', 'auditor')
  return stdout.trimEnd().split('\n').slice(1)
}

describe('gatehouse invitations create', () => {
  it('prints what works, each way whole on one line', async () => {
    expect(await told({ accept_by: 'token' })).toEqual([
      'They join, once, with: gatehouse invitations accept --token ghi_x',
    ])
    expect(await told({ accept_by: 'token', password_url: URL })).toEqual([
      `They join, once, by choosing a password: ${URL}`,
      'or with: gatehouse invitations accept --token ghi_x',
    ])
    expect(await told({ accept_by: 'password', password_url: URL })).toEqual([
      `They join, once, by choosing a password: ${URL}`,
      'or by signing in with that address by their identity provider',
    ])
    expect(await told({ accept_by: 'sign_in', token: null })).toEqual([
      'They join, once, by signing in with that address by their identity provider',
    ])
  })
})
