/** How a scenario's topics begin: the names that its plan declares have it, and the service was told to put it there. */
const PREFIX = /^s\d+\./

/** As the config has it. */
export function withoutPrefix(topic: string): string {
  return topic.replace(PREFIX, '')
}
