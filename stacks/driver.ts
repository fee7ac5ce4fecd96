import type { ReportProgress } from '../core/progress.ts'
import type { ExternalParts } from './external/external-parts.ts'
import type { ComponentName, ConnectOptions, Stack } from './stack.ts'

/** One way to run a stack. A driver is a folder `drivers/<name>`, whose `driver.ts` exports it as `driver`. */
export interface Driver {
  /**
   * A stack on which nothing is obtained or started before it is asked for. When this process ends, however it ends,
   * what was started ends with it.
   */
  open(options: StackOptions): Promise<Stack>
  /** Looks at everything that this driver needs of this machine; changes nothing. */
  diagnose(options: DiagnoseOptions): Promise<readonly DoctorLine[]>
  /** Where nobody chose, the driver of the highest rank that is able is taken. Default 0. */
  readonly rank?: number
  /** Whether it could run these components now: looked at within a second or so, and changing nothing. */
  offer?(components: readonly ComponentName[]): Promise<Offer>
  /** What its components are images of, where they are. */
  images?(options: Pick<StackOptions, 'cache' | 'onProgress'>): Promise<Images>
  /** Removes what runs left behind whose process is gone, and tells it, one line each. */
  collect?(): Promise<readonly string[]>
}

export interface Offer {
  readonly able: boolean
  /** In words, for either. */
  readonly why: string
}

/** Images that are built here, or brought along. */
export interface Images {
  /**
   * Builds what is missing.
   * @param options.cluster also a cluster's node where its programs are not obtained yet: that takes half an hour
   * @returns their names
   */
  build(options?: { readonly cluster?: boolean }): Promise<readonly string[]>
  /** Writes all of them into one archive, built first where missing. @returns their names */
  export(file: string): Promise<readonly string[]>
  import(file: string): Promise<void>
}

export interface StackOptions {
  /** Folder of the log files; made where absent. */
  readonly logs: string
  readonly onProgress?: ReportProgress
  /** Where artifacts are kept; default: the user's cache folder. */
  readonly cache?: string
  readonly connect?: ConnectOptions
  readonly cluster?: ClusterOptions
  /** A cluster stays when the stack ends, for the next one, where the driver can have one that outlives it. */
  readonly keep?: boolean
}

/** How a stack is opened: what its driver is told, and what somebody else runs of it. */
export interface OpenOptions extends StackOptions {
  readonly external?: ExternalParts
}

export interface ClusterOptions {
  /** Milliseconds between two looks of the horizontal pod autoscaler; Kubernetes' own default is 15 s. */
  readonly autoscalerSync?: number
}

export interface DiagnoseOptions {
  readonly cache?: string
  /** Read and hash every cached file, instead of looking at sizes: takes longer than five seconds. */
  readonly thorough?: boolean
  readonly env?: NodeJS.ProcessEnv
}

export interface DoctorLine {
  readonly subject: string
  readonly state: 'ok' | 'warn' | 'missing'
  /** What was found. */
  readonly found: string
  /** What cannot be judged because of it. */
  readonly costs?: string
  /** Controls that can not be judged because of it, where it is not all. */
  readonly controls?: readonly string[]
  /** A command, or a change. */
  readonly fix?: string
}
