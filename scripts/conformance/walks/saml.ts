import { SamlProvider } from '../../sso/saml-provider.js'
import { arriveBySaml } from '../ground/browser.js'
import type { WalkGround } from '../ground/walk-ground.js'
import type { Walks } from '../walk.js'

/** Has Acme trust a SAML provider while something is done with it. */
const withProvider = async (ground: WalkGround, work: (trusted: Trusted) => Promise<unknown>): Promise<void> => {
  const provider = await SamlProvider.start()
  try {
    const slug = ground.slug()
    const body = { slug, name: 'By SAML', metadata: provider.metadata }
    const { id, version } = await ground.as('acme_owner').get('providers.trustSaml', { body })
    await work({ id, version, slug, provider })
  } finally {
    await provider.stop()
  }
}

interface Trusted {
  readonly id: string
  readonly version: number
  readonly slug: string
  readonly provider: SamlProvider
}

const metadataOf = async ({ url }: WalkGround, { id }: Trusted): Promise<string> =>
  (await fetch(`${url}/auth/saml/${id}/metadata`)).text()

/** Signing in by SAML 2.0. */
export const samlWalks: Walks = {
  'providers.trustSaml': (ground) => withProvider(ground, async () => undefined),
  'providers.renewSaml': (ground) =>
    withProvider(ground, ({ id, version, provider }) => {
      const body = { version, metadata: provider.metadata }
      return ground.as('acme_owner').get('providers.renewSaml', { params: { id }, body })
    }),
  'auth.samlMetadata': (ground) => withProvider(ground, (trusted) => metadataOf(ground, trusted)),
  'auth.samlArrival': (ground) =>
    withProvider(ground, async (trusted) => {
      trusted.provider.serviceMetadata = await metadataOf(ground, trusted)
      await arriveBySaml(ground, `/auth/login?tenant=acme&provider=${trusted.slug}`)
    }),
}
