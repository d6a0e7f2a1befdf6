import { detectWall } from '#runtime/launcher/probe.js'
import type { Config } from '../../../platform/config/config.js'
import type { Check } from '../check.js'

/** Whether the operating system can wall foreign code in, probed from its inside; where it can't, whether the operator accepts that. */
export const isolation: Check<Config> = {
  name: 'isolation',
  remedy: 'install bubblewrap (bwrap), or util-linux (unshare, setpriv) on a kernel that allows user namespaces',
  look: async ({ GATEHOUSE_WEAK_ISOLATION }) => {
    const { name, strength, leaks, absent, kind } = await detectWall()
    const weaker = absent.map((other) => `${other.name} does not come up: ${other.reason}`)
    const filter = kind.filtered ? [] : ['without a seccomp filter: bubblewrap or perl would load one']
    if (strength === 'namespaces')
      return { ok: true, detail: [`${name}, nothing leaks`, ...filter, ...weaker].join('; ') }
    return {
      ok: GATEHOUSE_WEAK_ISOLATION === 'allow',
      detail: [`only Node's own permission model, which leaves ${leaks.join(', ')}`, ...weaker].join('; '),
    }
  },
}
