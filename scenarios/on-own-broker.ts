import type { OwnBroker, Stack } from '../stacks/stack.ts'
import type { Opened } from './opened.ts'
import type { RunContext } from './run-context.ts'
import type { Testbed } from './testbed.ts'

/** Brings a subject up on a broker of its own, which ends after all of its parts. */
export async function onOwnBroker<T extends Testbed>(
  context: RunContext,
  open: (context: RunContext) => Promise<Opened<T>>,
): Promise<Opened<T>> {
  await using parts = new AsyncDisposableStack()
  const broker = parts.use(await context.brokers.take())
  const opened = await open({ ...context, stack: withBroker(context.stack, broker) })
  parts.use(opened.parts)
  return { ...opened, parts: parts.move() }
}

/** The same stack to the eye of one scenario, with that broker in the place of the shared one. */
function withBroker(stack: Stack, broker: OwnBroker): Stack {
  return {
    driver: stack.driver,
    capabilities: stack.capabilities,
    lacking: stack.lacking,
    lost: stack.lost,
    get versions() {
      return stack.versions
    },
    prepare: (components) => stack.prepare(components),
    need: (components) => stack.need(components.filter((component) => component !== 'kafka')),
    kafka: broker.kafka,
    get connect() {
      return stack.connect
    },
    get schemaRegistry() {
      return stack.schemaRegistry
    },
    get kubernetes() {
      return stack.kubernetes
    },
    broker: () => stack.broker(),
    database: (name, options) => stack.database(name, options),
    link: (name, target, by) => (target === 'kafka' ? broker.link(name, by) : stack.link(name, target, by)),
    prometheus: (spec) => stack.prometheus(spec),
    listener: () => stack.listener(),
    viewpoint: (program) => stack.viewpoint(program),
    port: (program) => stack.port(program),
    service: (spec) => stack.service(spec),
    [Symbol.asyncDispose]: async () => {},
  }
}
