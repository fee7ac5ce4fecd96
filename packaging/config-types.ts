import { fileURLToPath } from 'node:url'
import {
  API,
  type Checker,
  type Symbol as Named,
  NodeBuilderFlags,
  type Project,
  SymbolFlags,
  type Type,
  TypeFlags,
} from 'typescript/unstable/sync'

/** The folder of tsconfig.json, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

/** One field of a config, as an editor shows it. */
export interface Field {
  readonly name: string
  readonly optional: boolean
  /** The comment that stands above it in the schema. */
  readonly comment: string
  /** As TypeScript writes it, on one line. */
  readonly type: string
  /** Of an object: its own fields. */
  readonly fields: readonly Field[]
  /** Of an object with names that are not known beforehand: what stands under each of them. */
  readonly each: readonly Field[]
}

/** What the compiler knows of the types of this package. */
export class ConfigTypes implements Disposable {
  readonly #api: API
  readonly #project: Project

  constructor() {
    this.#api = new API({ cwd: ROOT })
    const [project] = this.#api.updateSnapshot({ openProjects: [`${ROOT}/tsconfig.json`] }).getProjects()
    if (!project) throw new Error(`${ROOT}/tsconfig.json is no project`)
    this.#project = project
  }

  /** Fields of an exported interface. @param path of its module, from the root on */
  fieldsOf(path: string, name: string): readonly Field[] {
    const { checker, program } = this.#project
    const file = program.getSourceFile(`${ROOT}/${path}`)
    const module = file && checker.getSymbolAtLocation(file)
    const found = module && checker.getExportsOfModule(module).find((one) => one.name === name)
    if (!found) throw new Error(`${path} exports no ${name}`)
    return fieldsOf(checker.getDeclaredTypeOfSymbol(found), checker)
  }

  [Symbol.dispose](): void {
    this.#api.close()
  }
}

/** Fields of a config, as users write it. */
export function configFields(): readonly Field[] {
  using types = new ConfigTypes()
  return types.fieldsOf('scenarios/config.ts', 'SubjectConfig')
}

function fieldsOf(type: Type, checker: Checker): readonly Field[] {
  return checker.getPropertiesOfType(type).map((property) => fieldOf(property, checker))
}

function fieldOf(property: Named, checker: Checker): Field {
  const declared = checker.getTypeOfSymbol(property)
  if (!declared) throw new Error(`${property.name} has no type`)
  const known = (declared.flags & TypeFlags.Unknown) === 0
  const type = (known ? checker.getNonNullableType(declared) : undefined) ?? declared
  const [index] = isObject(type, checker) ? checker.getIndexInfosOfType(type) : []
  return {
    name: property.name,
    optional: (property.flags & SymbolFlags.Optional) !== 0,
    comment: property.getDocumentationComment(checker),
    type: checker.typeToString(type, undefined, NodeBuilderFlags.NoTruncation),
    fields: isObject(type, checker) ? fieldsOf(type, checker) : [],
    each: index && isObject(index.valueType, checker) ? fieldsOf(index.valueType, checker) : [],
  }
}

/** Whether its fields are ours to tell, and not a list's or a regular expression's. */
function isObject(type: Type, checker: Checker): boolean {
  return type.isObjectType() && !checker.isArrayType(type) && type.getSymbol()?.name !== 'RegExp'
}
