/** A setting that the service can't do without. @throws {Error} that names it. */
export function required(name: string, env: NodeJS.ProcessEnv = process.env): string {
  const value = env[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}

/** A whole number ≥ 0. @throws {Error} that names the setting and what was found. */
export function whole(name: string, byDefault: number, env: NodeJS.ProcessEnv = process.env): number {
  const text = env[name] ?? ''
  if (text === '') return byDefault
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} is '${text}', not a whole number`)
  return value
}

/** Where to listen: on this machine for nobody else; in a container, whose image says so, for whoever reaches it. */
export const host = process.env.HOST ?? '127.0.0.1'
