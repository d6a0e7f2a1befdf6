import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { PYTHON, runPython } from './python-client.js'
import { byTypeScript } from './typescript-client.js'
import { VECTORS, type Made, type Vector } from './vector.js'
import { vectorServer, type VectorServer } from './vector-server.js'

type Client = (vectors: readonly Vector[], url: string) => Promise<Made[]>

const holds = (make: Client) => () => {
  let server: VectorServer
  let made: Made[]

  beforeAll(async () => {
    server = await vectorServer(VECTORS)
    made = await make(VECTORS, server.url)
  }, 60_000)
  afterAll(() => server?.close())

  it.each(VECTORS.map((vector, index) => ({ ...vector, index })))('$name', ({ name, outcome, waits_ms, index }) => {
    expect(made[index]).toMatchObject({ name, outcome, waits_ms })
    expect(server.faults(name)).toEqual([])
  })
}

const byPython: Client = async (vectors, url) => (await runPython('vectors.py', vectors, url)) as Made[]

describe('the TypeScript client', holds(byTypeScript))

if (PYTHON) describe('the Python client', holds(byPython))
else it.skip('the Python client: not run, this machine has no Python 3.10 or later', () => undefined)
