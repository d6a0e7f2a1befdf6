import type { TestService } from '../../testing/test-service.js'

/** Says by what the people of somebody's organisation sign in; the status of the answer. */
export const setSignIn = async (service: TestService, as: string, sign_in: string): Promise<number> => {
  const { body: me } = await service.ask(as, 'GET', '/v1/whoami')
  const { id } = me['tenant'] as { id: string }
  const { body } = await service.ask(as, 'GET', '/v1/tenants')
  const { version } = (body['items'] as { id: string; version: number }[]).find((each) => each.id === id)!
  return (await service.ask(as, 'PATCH', `/v1/tenants/${id}`, { version, settings: { sign_in } })).status
}
