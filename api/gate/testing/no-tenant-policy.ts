import { monotonicClock } from '../../killswitch/clock.js'
import { TenantModules } from '../tenant-modules.js'

/** What a gate is given where no organisation has policy of its own. */
export const noTenantPolicy = (): TenantModules => {
  const read = () => Promise.reject(new Error('there is no such module'))
  const modules = new TenantModules({ read }, { clock: monotonicClock })
  void modules.follow([], true)
  return modules
}
