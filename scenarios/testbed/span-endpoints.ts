import { endpointText } from '../../core/endpoint.ts'
import type { NewEvent } from '../../proof/history/event.ts'
import type { ScenarioPlan } from '../../proof/history/plan.ts'
import { SpanObserver } from '../../proof/observers/otlp/span-observer.ts'
import type { Stack, Viewpoint } from '../../stacks/stack.ts'
import { placeholdersOf } from '../../subjects/contract/placeholders.ts'

/** Where services export their spans, by OTLP over HTTP and over gRPC. */
export interface SpanEndpoints {
  http(from: Viewpoint): string
  grpc(from: Viewpoint): string
}

/** Whether somebody asks for spans: elsewhere they are taken, and forgotten. */
export function isAboutTraces({ controls }: Pick<ScenarioPlan, 'controls'>): boolean {
  return controls.includes('O4')
}

/**
 * What takes spans, where one of these texts asks for its address. It ends with `parts`.
 * @param texts of services that may have placeholders
 */
export async function openSpanEndpoints(
  stack: Stack,
  texts: readonly string[],
  { plan, record }: { readonly plan: ScenarioPlan; readonly record: (event: NewEvent) => void },
  parts: AsyncDisposableStack,
): Promise<SpanEndpoints | undefined> {
  const named = texts.flatMap(placeholdersOf)
  if (!named.includes('otlp.endpoint') && !named.includes('otlp.grpc')) return undefined
  const [http, grpc] = [parts.use(await stack.listener()), parts.use(await stack.listener())]
  const asked = isAboutTraces(plan)
  parts.use(await SpanObserver.open({ http: http.bind, grpc: grpc.bind, record: asked ? record : () => {} }))
  return {
    http: (from) => `http://${endpointText(http.endpoint(from))}`,
    grpc: (from) => `http://${endpointText(grpc.endpoint(from))}`,
  }
}
