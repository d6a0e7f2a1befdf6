import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const OWN = { allowed: true, password: true, totp: false, passkeys: [], recovery_codes_left: 9 }

let service: ToldService
let folder: string
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-account-'))
  service = await ToldService.start()
})
afterEach(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('gatehouse account', () => {
  it('shows what there is, and says where it lets nobody in', async () => {
    service.tell(OWN)
    expect((await service.gatehouse('account', 'show')).stdout).toMatch(/recovery codes\s+9 left/)
    service.tell({ ...OWN, allowed: false })
    expect((await service.gatehouse('account', 'show')).stdout).toContain('identity provider alone')
  })

  it('takes a password from a file, never from the command line', async () => {
    const file = join(folder, 'password')
    writeFileSync(file, 'tulip anchors in seven boats\nmore\n')
    service.tell(OWN)
    expect(await service.gatehouse('account', 'password', '--file', file)).toMatchObject({ code: 0 })
    expect(service.asked[0]).toMatchObject({
      request: 'PUT /v1/account/password',
      body: { password: 'tulip anchors in seven boats' },
    })
    expect(await service.gatehouse('account', 'password', '--file', join(folder, 'none'))).toMatchObject({ code: 2 })
  })

  it('offers an authenticator app, and confirms it by secret and code together', async () => {
    const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    service.tell({ secret, uri: `otpauth://totp/x?secret=${secret}` })
    expect((await service.gatehouse('account', 'totp')).stdout).toContain(`--secret ${secret} --code`)
    expect(await service.gatehouse('account', 'totp', '--code', '123456')).toMatchObject({ code: 2 })
    service.tell({ ...OWN, totp: true })
    expect(await service.gatehouse('account', 'totp', '--secret', secret, '--code', '123456')).toMatchObject({
      code: 0,
    })
    expect(service.asked[1]).toMatchObject({ request: 'PUT /v1/account/totp', body: { secret, code: '123456' } })
  })
})
