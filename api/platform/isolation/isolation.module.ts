import { Global, Module } from '@nestjs/common'
import { CONFIG, type Config } from '../config/config.js'
import { Isolation } from './isolation.js'

/** Global: whoever launches foreign code does it behind the same wall. */
@Global()
@Module({
  providers: [
    {
      provide: Isolation,
      inject: [CONFIG],
      useFactory: ({ GATEHOUSE_WEAK_ISOLATION }: Config) => Isolation.find(GATEHOUSE_WEAK_ISOLATION),
    },
  ],
  exports: [Isolation],
})
export class IsolationModule {}
