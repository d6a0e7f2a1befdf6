import type { AddressInfo } from 'node:net'
import { Global, Module } from '@nestjs/common'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import type { Caller } from '../../platform/http/caller.js'
import { BootCheck } from '../../platform/http/boot-check.js'
import { createAdapter } from '../../platform/http/fastify.js'
import { HttpModule } from '../../platform/http/http.module.js'
import { CALLER_RESOLVER, READ_GATE } from '../../platform/http/ports.js'
import { GatewayController } from '../gateway.controller.js'
import { Gateway } from '../gateway.service.js'

/** The HTTP server of the product before a gateway, for one caller whom nobody has to authenticate. */
export interface HttpGateway {
  readonly app: NestFastifyApplication
  readonly port: number
}

/** Listens on a free port of the loopback interface. */
export const httpGateway = async (gateway: Gateway, caller: () => Caller): Promise<HttpGateway> => {
  const ground = [
    { provide: CALLER_RESOLVER, useValue: { resolve: async () => caller() } },
    { provide: READ_GATE, useValue: { check: async () => undefined } },
  ]
  @Global()
  @Module({ providers: ground, exports: ground.map(({ provide }) => provide) })
  class Ground {}
  const module = await Test.createTestingModule({
    imports: [Ground, HttpModule],
    controllers: [GatewayController],
    providers: [{ provide: Gateway, useValue: gateway }],
  })
    .overrideProvider(BootCheck)
    .useValue({})
    .compile()
  const app = module.createNestApplication<NestFastifyApplication>(createAdapter(), { bodyParser: false })
  await app.listen(0, '127.0.0.1')
  return { app, port: (app.getHttpServer().address() as AddressInfo).port }
}
