import { describe, expect, it } from '@jest/globals'
import { apart } from './apart.js'

const run = (order: string) => apart('testing/unruly-program.js', order, { deadlineMs: 5_000, heapMb: 64 })

describe('a program apart', () => {
  it('says one thing, without our environment', async () => {
    expect(await run('answers')).toEqual({ heard: 'answers', environment: [] })
  })

  it.each([
    ['loops', { name: 'ThreadEnded', why: 'deadline' }],
    ['hoards', { name: 'ThreadEnded', why: 'crashed' }],
    ['exits', { name: 'ThreadEnded', why: 'crashed' }],
    ['throws', { name: 'TypeError', message: 'it is none' }],
  ])(
    'that %s is ended, and says so',
    async (order, error) => {
      await expect(run(order)).rejects.toMatchObject(error)
    },
    20_000,
  )
})
