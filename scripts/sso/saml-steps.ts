import { shown, type Step } from '../demo/step.js'
import { SamlProvider } from './saml-provider.js'
import type { SsoWorld } from './world.js'

const trust = async ({ url, key }: { url: string; key: string }, metadata: string) => {
  const response = await fetch(`${url}/v1/identity-providers/saml`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ slug: 'samlify', name: 'By SAML', metadata }),
  })
  const body = (await response.json()) as Record<string, unknown>
  shown(response.status === 201, 'the organisation trusts the provider', body)
  return String(body['id'])
}

/** Signing in by SAML, in a browser of its own. */
export const samlSteps: readonly Step<SsoWorld>[] = [
  {
    name: 'saml_signed_in',
    show: async (world) => {
      const provider = await SamlProvider.start()
      const browser = await world.newBrowser()
      try {
        const id = await trust({ url: world.url, key: world.key('acme_owner') }, provider.metadata)
        provider.serviceMetadata = await (await fetch(`${world.url}/auth/saml/${id}/metadata`)).text()
        const { page } = browser
        await page.goto(`${world.url}/auth/login?tenant=acme&provider=samlify`)
        shown(page.url().startsWith(`${provider.origin}/sso?SAMLRequest=`), 'sent to the provider', page.url())
        await page.click('button')
        await page.waitForURL(`${world.url}/auth/session`)
        const who = await page.evaluate(async () => (await fetch('/v1/whoami')).json())
        const { name } = who as { name: string }
        shown(name.startsWith('Mia'), 'whoami knows the person whom the provider signed in', who)
        return { name, provider: provider.origin }
      } finally {
        await browser.close()
        await provider.stop()
      }
    },
  },
]
