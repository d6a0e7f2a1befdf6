import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { APP_GUARD } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { EndpointGuard } from '../http/endpoint.guard.js'
import { CALLER_RESOLVER, READ_GATE } from '../http/ports.js'
import { ProblemFilter } from '../http/problem.filter.js'
import { OpenApiModule } from './openapi.module.js'

const never = () => Promise.reject(new Error('a public endpoint asks nobody'))

describe('the API documentation', () => {
  let app: NestFastifyApplication
  beforeAll(async () => {
    const module = await Test.createTestingModule({
      imports: [OpenApiModule],
      providers: [
        { provide: APP_GUARD, useClass: EndpointGuard },
        { provide: CALLER_RESOLVER, useValue: { resolve: never } },
        { provide: READ_GATE, useValue: { check: never } },
      ],
    }).compile()
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false })
    app.useGlobalFilters(new ProblemFilter())
    await app.init()
    await app.getHttpAdapter().getInstance().ready()
  })
  afterAll(() => app.close())
  const get = (url: string) => app.inject({ method: 'GET', url })

  it('is served as OpenAPI 3.1', async () => {
    const answer = await get('/openapi.json')
    expect(answer.statusCode).toBe(200)
    expect(answer.headers['content-type']).toMatch(/^application\/json/)
    expect(answer.json()).toMatchObject({ openapi: '3.1.0', paths: { '/openapi.json': {} } })
  })

  it('is a page that loads only its own scripts', async () => {
    const page = await get('/docs')
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    expect(page.headers['content-security-policy']).toContain("script-src 'self';")
    expect(page.body).not.toMatch(/<script>|onload=|https?:/)
    for (const [, url] of page.body.matchAll(/(?:src|href)="(\/[^"]+)"/g)) {
      const asset = await get(String(url))
      expect(asset.statusCode).toBe(200)
      expect(asset.headers['content-type']).toMatch(/^text\/(css|javascript)/)
      expect(asset.headers['x-content-type-options']).toBe('nosniff')
    }
  })

  it.each(['/docs/index.html', '/docs/..%2fpackage.json', '/docs/%00'])('refuses %s with a problem', async (url) => {
    const answer = await get(url)
    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
  })
})
