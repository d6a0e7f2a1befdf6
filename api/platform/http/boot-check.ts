import { DiscoveryService, MetadataScanner } from '@nestjs/core'
import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common'
import { ENDPOINTS } from '#contract/endpoints.js'
import { endpointOf } from './endpoint.decorator.js'

/** Stops the boot where a route has no entry in the endpoint table, or an entry has not exactly one route. */
@Injectable()
export class BootCheck implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onModuleInit(): void {
    const faults: string[] = []
    const served = new Map<string, string>()
    for (const { name, id } of this.routes(faults)) {
      const other = served.get(id)
      if (other) faults.push(`endpoint ${id} is served by ${other} and by ${name}`)
      served.set(id, name)
    }
    for (const id of Object.keys(ENDPOINTS)) if (!served.has(id)) faults.push(`endpoint ${id} has no route`)
    if (faults.length > 0) throw new Error(`The endpoint table and the routes differ:\n  ${faults.join('\n  ')}`)
  }

  private *routes(faults: string[]): Generator<{ name: string; id: string }> {
    for (const { instance, metatype } of this.discovery.getControllers()) {
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const route = prototype[method]
        if (!route || Reflect.getMetadata('method', route) === undefined) continue
        const name = `${metatype?.name}.${method}`
        const id = endpointOf(route)
        if (id) yield { name, id }
        else faults.push(`${RequestMethod[Reflect.getMetadata('method', route) as number]} ${name} has no entry`)
      }
    }
  }
}
