import { z } from 'zod'
import type { CommonConfig } from './config.ts'
import type { WrongField } from './explain.ts'
import { name as subjectName } from './words.ts'

/** Names of subjects → what is declared of each. */
export type Subjects<T> = Readonly<Record<string, T>>

/** Topics that a service is declared to write and to read for a subject; a connector is no service of the config. */
export interface TopicUse {
  readonly service?: string
  readonly writes: readonly string[]
  readonly reads: readonly string[]
}

/** The section of the config in which subjects of one kind are declared. */
export interface ConfigSection<N extends string = string, T = unknown> {
  /** The field of the config: `publishers`. */
  readonly name: N
  readonly schema: z.ZodType<Subjects<T>>
  /** Its part of a config; empty where it declares none. */
  of(config: CommonConfig): Subjects<T>
  /** What its fields, each right by itself, get wrong about each other and about the rest of the config. */
  wrongIn(config: CommonConfig): readonly WrongField[]
  /** Which topics its subjects write and read, each by its services. */
  uses(config: CommonConfig): Subjects<readonly TopicUse[]>
}

/** The field that a section is in a config's type. */
export type InConfig<S extends ConfigSection> =
  S extends ConfigSection<infer N, infer T> ? { readonly [Name in N]?: Subjects<T> } : never

interface SectionDefinition<N extends string, T> {
  readonly name: N
  /** What is declared of one subject. */
  readonly subject: z.ZodType<T>
  /** References from one subject to other fields. @param at its path: `publishers.orders` */
  references?(at: string, subject: T, config: CommonConfig): readonly WrongField[]
  uses?(subject: T): readonly TopicUse[]
}

export function section<N extends string, T>(definition: SectionDefinition<N, T>): ConfigSection<N, T> {
  const { name, subject, references, uses } = definition
  const schema = z.record(subjectName, subject)
  // A config that was made by code and never parsed is checked here, so that its type is true anyway.
  const of = (config: CommonConfig): Subjects<T> => schema.parse(Reflect.get(config, name) ?? {})
  return {
    name,
    schema,
    of,
    wrongIn: (config) =>
      Object.entries(of(config)).flatMap(([one, declared]) =>
        references === undefined ? [] : references(`${name}.${one}`, declared, config),
      ),
    uses: (config) =>
      Object.fromEntries(Object.entries(of(config)).map(([one, declared]) => [one, uses?.(declared) ?? []])),
  }
}
