import type { Stack } from '../../stacks/stack.ts'
import { placeholdersOf } from '../../subjects/contract/placeholders.ts'
import { HttpStub, type HttpStubOptions } from './http-stub.ts'

/** The stub that answers outside calls and takes alerts. It ends with `parts`. */
export async function openStub(
  stack: Stack,
  options: Omit<HttpStubOptions, 'listener'>,
  parts: AsyncDisposableStack,
): Promise<HttpStub> {
  const listener = parts.use(await stack.listener())
  return parts.use(await HttpStub.open({ ...options, listener }))
}

/** Whether one of these texts asks for the stub's address. */
export function namesStub(texts: readonly string[]): boolean {
  const named = texts.flatMap(placeholdersOf)
  return named.includes('stub.url') || named.includes('alerts.url')
}
