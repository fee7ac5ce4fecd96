/** A scenario as it is written in a feature; each row of an outline is one. */
export interface Pickle {
  readonly title: string
  /** The title of its feature. */
  readonly feature: string
  /** Relative to `root`. */
  readonly uri: string
  /** Absolute. */
  readonly root: string
  /** Of the scenario, or of the outline's row. */
  readonly line: number
  /** What stands below its title and is no step. */
  readonly description: string
  /** Without @. */
  readonly tags: readonly string[]
  readonly steps: readonly PickleStep[]
}

export interface PickleStep {
  readonly text: string
  /** 'Context', 'Action' or 'Outcome'. */
  readonly type: string
  readonly line: number
  /** The steps that are defined for it, each as `pattern (file:line)`: there must be one. */
  readonly defined: readonly StepSource[]
}

export interface StepSource {
  readonly pattern: string
  /** `file:line` of its definition. */
  readonly place: string
}

/** The parts of Cucumber's messages that are read here. */
export interface FeatureMessages {
  readonly gherkinDocument?: {
    readonly uri?: string
    readonly feature?: { readonly name: string; readonly children: readonly Child[] }
  }
  readonly pickle?: {
    readonly id: string
    readonly name: string
    readonly uri: string
    readonly astNodeIds: readonly string[]
    readonly tags: readonly { readonly name: string }[]
    readonly steps: readonly {
      readonly id: string
      readonly text: string
      readonly type?: string
      readonly astNodeIds: readonly string[]
    }[]
  }
  readonly stepDefinition?: {
    readonly id: string
    readonly pattern: { readonly source: string }
    readonly sourceReference: { readonly uri?: string; readonly location?: { readonly line: number } }
  }
  readonly testCase?: {
    readonly pickleId: string
    readonly testSteps: readonly {
      readonly pickleStepId?: string
      readonly stepDefinitionIds?: readonly string[]
    }[]
  }
}

interface Node {
  readonly id: string
  readonly location: { readonly line: number }
}

interface Child {
  readonly rule?: { readonly children: readonly Child[] }
  readonly background?: { readonly steps: readonly Node[] }
  readonly scenario?: Node & {
    readonly description: string
    readonly steps: readonly Node[]
    readonly examples: readonly { readonly tableBody: readonly Node[] }[]
  }
}

/** Puts together what Cucumber says about features piece by piece. */
export class Pickles {
  readonly #root: string
  readonly #pickles: NonNullable<FeatureMessages['pickle']>[] = []
  /** By uri. */
  readonly #titles = new Map<string, string>()
  /** By the id of a scenario, a row or a step. */
  readonly #lines = new Map<string, number>()
  /** By the id of a scenario. */
  readonly #descriptions = new Map<string, string>()
  readonly #sources = new Map<string, StepSource>()
  /** By the id of a pickle's step. */
  readonly #defined = new Map<string, readonly string[]>()

  constructor(root: string) {
    this.#root = root
  }

  add({ gherkinDocument, pickle, stepDefinition, testCase }: FeatureMessages): void {
    if (gherkinDocument?.feature) {
      this.#titles.set(gherkinDocument.uri ?? '', gherkinDocument.feature.name)
      for (const child of gherkinDocument.feature.children) this.#read(child)
    }
    if (pickle) this.#pickles.push(pickle)
    if (stepDefinition) {
      const { id, pattern, sourceReference } = stepDefinition
      const place = `${sourceReference.uri ?? '?'}:${sourceReference.location?.line ?? '?'}`
      this.#sources.set(id, { pattern: pattern.source, place })
    }
    for (const { pickleStepId, stepDefinitionIds = [] } of testCase?.testSteps ?? [])
      if (pickleStepId !== undefined) this.#defined.set(pickleStepId, stepDefinitionIds)
  }

  get all(): Pickle[] {
    return this.#pickles.map(({ name, uri, astNodeIds, tags, steps }) => ({
      title: name,
      feature: this.#titles.get(uri) ?? uri,
      uri,
      root: this.#root,
      line: this.#line(astNodeIds),
      description: this.#descriptions.get(astNodeIds[0] ?? '') ?? '',
      tags: tags.map((tag) => tag.name.slice(1)),
      steps: steps.map((step) => ({
        text: step.text,
        type: step.type ?? 'Unknown',
        line: this.#line(step.astNodeIds.slice(0, 1)),
        defined: (this.#defined.get(step.id) ?? []).flatMap((id) => this.#sources.get(id) ?? []),
      })),
    }))
  }

  /** Of the last node: an outline's row comes after its scenario. */
  #line(nodes: readonly string[]): number {
    return this.#lines.get(nodes.at(-1) ?? '') ?? 1
  }

  #read({ rule, background, scenario }: Child): void {
    for (const child of rule?.children ?? []) this.#read(child)
    if (scenario) this.#descriptions.set(scenario.id, scenario.description)
    const rows = scenario?.examples.flatMap(({ tableBody }) => tableBody) ?? []
    const nodes = [...(scenario ? [scenario] : []), ...rows]
    for (const { id, location } of [...nodes, ...(scenario?.steps ?? []), ...(background?.steps ?? [])])
      this.#lines.set(id, location.line)
  }
}
