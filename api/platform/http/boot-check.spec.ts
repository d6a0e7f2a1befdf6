import { Controller, Get, type Type } from '@nestjs/common'
import { DiscoveryModule } from '@nestjs/core'
import { Test } from '@nestjs/testing'
import { describe, expect, it } from '@jest/globals'
import { ENDPOINTS } from '#contract/endpoints.js'
import { BootCheck } from './boot-check.js'
import { Endpoint } from './endpoint.decorator.js'

@Controller()
class Undeclared {
  @Get('/v1/back-door')
  open(): void {}
}

@Controller()
class One {
  @Endpoint('whoami.show')
  show(): void {}
}

@Controller()
class Other {
  @Endpoint('whoami.show')
  again(): void {}
}

const boot = async (...controllers: Type[]): Promise<string> => {
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule],
    controllers,
    providers: [BootCheck],
  }).compile()
  const complaint = await module.init().then(
    () => '',
    (error: Error) => error.message,
  )
  await module.close().catch(() => {})
  return complaint
}

describe('the boot', () => {
  it('stops at a route without an entry in the endpoint table', async () => {
    expect(await boot(Undeclared)).toContain('GET Undeclared.open has no entry')
  })

  it('stops at an entry that two routes serve', async () => {
    expect(await boot(One, Other)).toContain('endpoint whoami.show is served by One.show and by Other.again')
  })

  it('stops at every entry without a route', async () => {
    const complaint = await boot(One)
    for (const id of Object.keys(ENDPOINTS))
      expect(complaint.includes(`endpoint ${id} has no route`)).toBe(id !== 'whoami.show')
  })
})
