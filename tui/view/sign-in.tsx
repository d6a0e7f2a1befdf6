import { Box, Text } from 'ink'
import type { SigningIn } from '../use-sign-in.js'

/** Who is to sign in, where, and what it waits for. */
export const SignInPanel = ({ state, height }: { readonly state: SigningIn; readonly height: number }) => (
  <Box flexDirection="column" height={height}>
    {state.kind === 'out' && (
      <>
        <Text bold color="yellow">{`! ${state.why}`}</Text>
        {state.failure !== null && <Text color="red">{`✗ ${state.failure}`}</Text>}
        <Text> </Text>
        <Text>enter: sign in by a browser, here or on another machine</Text>
        <Text dimColor>What you were at stays as it is meanwhile.</Text>
      </>
    )}
    {state.kind === 'waiting' && state.where === null && <Text>Asking the service for a code …</Text>}
    {state.kind === 'waiting' && state.where !== null && (
      <>
        <Text>Open this address in a browser, on any machine:</Text>
        <Text bold>{state.where.address}</Text>
        <Text> </Text>
        {state.where.code !== null && (
          <Text>
            {'Let the console in only where it shows '}
            <Text bold>{state.where.code}</Text>
          </Text>
        )}
        <Text dimColor>Waiting until somebody lets it in …</Text>
      </>
    )}
  </Box>
)
